/** "12,345", "12.345", "12 345": the marks between groups of three, as this screen itself writes them. */
const GROUP_MARK = /[\s.,'’٬](?=\d{3}(?!\d))/g;
/** As people type numbers where this screen writes them so. */
const ARABIC_DIGIT = /[٠-٩۰-۹]/g;

/**
 * The page that was meant, within those there are; null when what was typed is no number.
 *
 * @param text As typed.
 * @param last The last page.
 */
export function typedPage( text: string, last: number ): number | null {
	const western = text.replace( ARABIC_DIGIT, ( digit ) => String( digit.charCodeAt( 0 ) % 16 ) );
	const page = parseInt( western.trim().replace( GROUP_MARK, '' ), 10 );
	return Number.isNaN( page ) ? null : Math.max( 1, Math.min( page, last ) );
}
