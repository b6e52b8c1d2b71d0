import { jsonObject } from '../json.ts';
import type { HttpAnswer } from './call.ts';

/** How much of a stranger's page is told: enough to know a proxy by. */
const MOST = 120;

/** Where something lies, without what may be secret about it: no name, no password, no query. */
export function plainAddress( address: string ): string {
	const { origin, pathname } = URL.canParse( address )
		? new URL( address )
		: { origin: '', pathname: address.replace( /[?#].*$/s, '' ) };
	return cut( ( origin === 'null' ? '' : origin ) + pathname );
}

/** How a page begins, as plain words on one line. JSON says nothing here: it may hold anything. */
export function beginningOf( text: string ): string {
	const page = text.slice( 0, 4_096 );
	if ( jsonObject( text ) !== null ) {
		return '';
	}
	return cut(
		page
			.replace( /<(script|style)\b.*?<\/\1>|<[^>]*>/gis, ' ' )
			.replace( /[\p{C}\s]+/gu, ' ' )
			.trim()
	);
}

/** What support needs to know of an answer that was not what we asked for: ` It leads to … It begins: "…"`. */
export function describeAnswer( { headers, text }: Pick< HttpAnswer, 'headers' | 'text' > ): string {
	const { location } = headers;
	const leads = typeof location === 'string' ? ` It leads to ${ plainAddress( location ) }.` : '';
	const words = beginningOf( text );
	return leads + ( words === '' ? '' : ` It begins: "${ words }".` );
}

function cut( text: string ): string {
	const signs = [ ...text ];
	return signs.length > MOST ? `${ signs.slice( 0, MOST ).join( '' ) }…` : text;
}
