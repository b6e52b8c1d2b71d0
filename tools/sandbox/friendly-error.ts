/** An error whose message is meant for the person at the terminal: it is shown without a stack. */
export class FriendlyError extends Error {}
