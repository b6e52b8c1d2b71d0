import { addFilter } from '@wordpress/hooks';
import { __, _n, _nx, _x } from '@wordpress/i18n';

const OURS = 'sell-my-images';

/**
 * DataViews is bundled, and its strings use WordPress's own text domain, whose
 * script translations core loads for its own scripts only. Whatever came back
 * untranslated is looked up in ours, which carries those strings as well.
 */
/* eslint-disable @wordpress/i18n-no-variables, @wordpress/i18n-text-domain -- the strings are DataViews' own. */
export function translateDataViews() {
	const filter = ( name: string, look: ( ...args: never[] ) => string ) =>
		addFilter( `i18n.${ name }_default`, `${ OURS }/dataviews`, look );
	filter( 'gettext', ( said: string, text: string ) => ( said === text ? __( text, OURS ) : said ) );
	filter( 'gettext_with_context', ( said: string, text: string, context: string ) =>
		said === text ? _x( text, context, OURS ) : said
	);
	filter( 'ngettext', ( said: string, one: string, many: string, count: number ) =>
		said === one || said === many ? _n( one, many, count, OURS ) : said
	);
	filter( 'ngettext_with_context', ( said: string, one: string, many: string, count: number, context: string ) =>
		said === one || said === many ? _nx( one, many, count, context, OURS ) : said
	);
}
/* eslint-enable @wordpress/i18n-no-variables, @wordpress/i18n-text-domain */
