/**
 * How older versions of the API show what newer ones show otherwise: only the changes that this emulator's objects have.
 */
type Json = Record< string, unknown >;

interface Change {
	/** The first version that shows it as now. */
	since: string;
	object: string;
	/** Changes it, in place, to what was shown before. */
	before: ( shown: Json, look: Look ) => void;
}

/** How to find what an older version shows inside another object. */
export interface Look {
	charges: ( intentId: string ) => Json[];
	refunds: ( chargeId: string ) => Json[];
}

const listed = ( data: Json[], url: string ): Json => ( { object: 'list', data, has_more: false, url } );

const CHANGES: readonly Change[] = [
	{
		since: '2026-03-25',
		object: 'checkout.session',
		before: ( session ) => {
			session[ 'ui_mode' ] = session[ 'ui_mode' ] === 'hosted_page' ? 'hosted' : session[ 'ui_mode' ];
		},
	},
	{
		since: '2022-11-15',
		object: 'payment_intent',
		before: ( intent, look ) => {
			const id = String( intent[ 'id' ] );
			intent[ 'charges' ] = listed( look.charges( id ), `/v1/charges?payment_intent=${ id }` );
			delete intent[ 'latest_charge' ];
		},
	},
	{
		since: '2022-11-15',
		object: 'charge',
		before: ( charge, look ) => {
			const id = String( charge[ 'id' ] );
			charge[ 'refunds' ] ??= listed( look.refunds( id ), `/v1/charges/${ id }/refunds` );
		},
	},
];

/** Changes a copy of what is answered, and all within it, in place, to how a version shows it. */
export function showAs( version: string, shown: unknown, look: Look ): void {
	if ( shown === null || typeof shown !== 'object' ) {
		return;
	}
	const { object, api_version: own } = shown as Json;
	// An event keeps the version it was made in, whoever asks for it.
	const inside = object === 'event' ? String( own ) : version;
	for ( const change of CHANGES ) {
		if ( change.object === object && version.slice( 0, 10 ) < change.since ) {
			change.before( shown as Json, look );
		}
	}
	// Afterwards, so that what came in is shown in the same version.
	Object.values( shown ).forEach( ( child ) => showAs( inside, child, look ) );
}
