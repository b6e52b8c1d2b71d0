import { addFilter } from '@wordpress/hooks';
import { __, _n } from '@wordpress/i18n';

/**
 * DataViews is bundled, and its strings use WordPress's own text domain, whose
 * script translations core loads for its own scripts only. Whatever came back
 * untranslated is looked up in ours, which carries those strings as well.
 */
/* eslint-disable @wordpress/i18n-no-variables -- the strings are DataViews' own. */
export function translateDataViews() {
	addFilter( 'i18n.gettext_default', 'sell-my-images/dataviews', ( translation: string, text: string ) =>
		translation === text ? __( text, 'sell-my-images' ) : translation
	);
	addFilter(
		'i18n.ngettext_default',
		'sell-my-images/dataviews',
		( translation: string, one: string, many: string, count: number ) =>
			translation === one || translation === many ? _n( one, many, count, 'sell-my-images' ) : translation
	);
}
/* eslint-enable @wordpress/i18n-no-variables */
