import { __, _x } from '@wordpress/i18n';

import type { ExportSeparator } from '../../api/export';

export const separatorWords = (): Record< ExportSeparator, string > => ( {
	comma: _x( 'Comma', 'separator of a table', 'sell-my-images' ),
	semicolon: __( 'Semicolon (Excel in most of Europe)', 'sell-my-images' ),
	tab: _x( 'Tab', 'separator of a table', 'sell-my-images' ),
} );

export const isSeparator = ( value: unknown ): value is ExportSeparator =>
	value === 'comma' || value === 'semicolon' || value === 'tab';

/**
 * A spreadsheet goes by the country of its computer, as the browser does; the language
 * of WordPress says nothing about it. Where decimals have a comma, cells have a semicolon.
 */
export function usualSeparator(): ExportSeparator {
	const parts = new Intl.NumberFormat().formatToParts( 1.5 );
	return parts.some( ( { type, value } ) => type === 'decimal' && value === ',' ) ? 'semicolon' : 'comma';
}
