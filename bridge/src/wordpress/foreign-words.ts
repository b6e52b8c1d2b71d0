import type { HttpAnswer } from '../http.ts';

const MOST = 120;

/**
 * How a foreign answer shows whose it is: where it redirects to, or how its text begins. For the log; an address goes
 * without its query.
 */
export function foreignWords( { headers, text }: Pick< HttpAnswer, 'headers' | 'text' > ): string {
	const location = headers[ 'location' ];
	if ( typeof location === 'string' && location !== '' ) {
		return `, which leads to ${ short( location.replace( /[?#].*$/s, '' ) ) }`;
	}
	const words = text
		.replace( /<(style|script)\b.*?(<\/\1>|$)/gis, ' ' )
		.replace( /<[^>]*>/g, ' ' )
		.replace( /[\s\p{C}]+/gu, ' ' )
		.trim();
	return words === '' ? '' : `, which begins: ${ short( words ) }`;
}

function short( text: string ): string {
	const letters = [ ...text ];
	return letters.length > MOST ? `${ letters.slice( 0, MOST ).join( '' ) }…` : letters.join( '' );
}
