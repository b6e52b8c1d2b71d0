/**
 * Small helpers to make elements; text always goes in as text.
 */

type Attributes = Record< string, string | boolean | number >;

/**
 * Makes an element.
 *
 * @param tag        Its name.
 * @param attributes Attributes; `true` sets an empty one, `false` none.
 * @param children   Elements and text.
 */
export function el< K extends keyof HTMLElementTagNameMap >(
	tag: K,
	attributes: Attributes = {},
	...children: ( Node | string )[]
): HTMLElementTagNameMap[ K ] {
	const element = document.createElement( tag );
	Object.entries( attributes ).forEach( ( [ name, value ] ) => {
		if ( value !== false ) {
			element.setAttribute( name, value === true ? '' : String( value ) );
		}
	} );
	element.append( ...children );
	return element;
}

/**
 * A price in the reader's way of writing.
 *
 * @param amount   Decimal string.
 * @param currency ISO code.
 */
export function price( amount: string, currency: string ): string {
	try {
		return new Intl.NumberFormat( document.documentElement.lang || undefined, {
			style: 'currency',
			currency,
		} ).format( Number( amount ) );
	} catch {
		return `${ amount } ${ currency }`;
	}
}

/**
 * A whole number in the reader's way of writing.
 *
 * @param value The number.
 */
export const count = ( value: number ): string =>
	new Intl.NumberFormat( document.documentElement.lang || undefined ).format( value );
