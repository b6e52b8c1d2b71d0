import { __ } from '@wordpress/i18n';

/** About a word that the plugin learnt while this page was open. */
export const newerWords = (): string =>
	__( 'The plugin was updated while this page was open. Reload the page to see what this means.', 'sell-my-images' );
