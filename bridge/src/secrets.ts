/**
 * Keeps secrets out of what leaves this process as text. Nothing secret is written on purpose; but providers, proxies
 * and exceptions quote what they were sent, and quoting is all that it takes.
 */

const HIDDEN = '[hidden]';
/** Anything shorter is no key, and might be a word of every sentence. */
const SHORTEST = 8;

/** What is nobody's business in a log, whoever says it. */
const PATTERNS: [ RegExp, string ][] = [
	[ /\b((?:sk|rk)_(?:test|live)|whsec)_\w+/g, `$1_${ HIDDEN }` ],
	[ /\b(Bearer|Basic) [\w.~+/=-]{6,}/gi, `$1 ${ HIDDEN }` ],
	[ /(\/webhooks\/upsampler\/)[\w.~-]+/g, `$1${ HIDDEN }` ],
	[ /[^\s<>"'()[\]{},;:=@\\/]{1,64}(?:@|%40)[^\s<>"'()[\]{},;:@\\/]{1,255}/g, HIDDEN ],
];

export type Hide = ( text: string ) => string;

/** What machines read must stay as it is: a short password may be a word of an address there. */
const SHORTEST_FOR_MACHINES = 16;

/** Takes known secrets out of a message, in each way in which it may quote them. */
export function hideKnown( secrets: string[], shortest = SHORTEST_FOR_MACHINES ): Hide {
	const known = secrets.filter( ( { length } ) => length >= shortest ).flatMap( spellings );
	known.sort( ( a, b ) => b.length - a.length );
	return ( text ) => known.reduce( ( kept, secret ) => kept.replaceAll( secret, HIDDEN ), text );
}

/** The same for what people read (logs, a console): addresses, tokens and keys that are not ours, too. */
export function hideAll( secrets: string[] ): Hide {
	const hide = hideKnown( secrets, SHORTEST );
	return ( text ) =>
		PATTERNS.reduce( ( kept, [ pattern, instead ] ) => kept.replace( pattern, instead ), hide( text ) );
}

function spellings( secret: string ): string[] {
	const bytes = Buffer.from( secret );
	const all = [
		secret,
		JSON.stringify( secret ).slice( 1, -1 ),
		encodeURIComponent( secret ),
		bytes.toString( 'base64' ),
		bytes.toString( 'base64url' ),
	];
	return [ ...new Set( all ) ];
}
