export type FormValue = string | FormValue[] | { [ key: string ]: FormValue };
export type FormObject = { [ key: string ]: FormValue };

type Draft = Map< string, Draft | string >;

/** `a[b][]` → `['a', 'b', '']`. */
function segments( key: string ): string[] {
	const open = key.indexOf( '[' );
	if ( open < 0 ) {
		return [ key ];
	}
	const inner = [ ...key.slice( open ).matchAll( /\[([^\]]*)\]/g ) ].map( ( match ) => match[ 1 ] ?? '' );
	return [ key.slice( 0, open ), ...inner ];
}

function put( draft: Draft, path: string[], value: string ): void {
	const [ head = '', ...rest ] = path;
	const key = head === '' ? String( draft.size ) : head;
	if ( rest.length === 0 ) {
		draft.set( key, value );
		return;
	}
	const child = draft.get( key );
	const next: Draft = child instanceof Map ? child : new Map();
	draft.set( key, next );
	put( next, rest, value );
}

function finish( draft: Draft ): FormValue {
	const entries = [ ...draft ].map(
		( [ key, value ] ) => [ key, value instanceof Map ? finish( value ) : value ] as const
	);
	if ( entries.length > 0 && entries.every( ( [ key ], index ) => key === String( index ) ) ) {
		return entries.map( ( [ , value ] ) => value );
	}
	// A null prototype: `__proto__` in a body is then a key like any other.
	return Object.assign( Object.create( null ), Object.fromEntries( entries ) ) as FormObject;
}

/** Parses the bracketed form encoding that Stripe's API speaks. Values stay strings. */
export function parseForm( encoded: string ): FormObject {
	const draft: Draft = new Map();
	for ( const [ key, value ] of new URLSearchParams( encoded ) ) {
		put( draft, segments( key ), value );
	}
	const parsed = finish( draft );
	return Array.isArray( parsed ) || typeof parsed === 'string' ? {} : parsed;
}
