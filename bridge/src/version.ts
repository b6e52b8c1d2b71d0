/** This service's version, told to WordPress and shown by `/healthz`. */
export const VERSION = '0.1.0';

/** The newest protocol of the channel that this bridge speaks; one older is understood too. */
export const PROTOCOL = 1;
