/**
 * Parameters of a session that change what is charged, when, or to whom. The plugin lets no code on the site set them; should one come all
 * the same, no payment page is made of it.
 */
const NEVER = [
	'allow_promotion_codes',
	'automatic_tax',
	'currency',
	'customer',
	'customer_account',
	'discounts',
	'managed_payments',
	'optional_items',
	'setup_intent_data',
	'shipping_options',
	'subscription_data',
];

/** The plugin's own, and what its filter may add (`payment_intent_data` of checkout-session-options). */
const OF_THE_INTENT = [ 'capture_method', 'description', 'metadata', 'statement_descriptor_suffix' ];

type Values = Record< string, unknown >;

const values = ( value: unknown ): Values => ( typeof value === 'object' && value !== null ? ( value as Values ) : {} );

/**
 * The first parameter that is not a shop's that sells one picture at one price; null: there is none.
 *
 * @param session Parameters for `checkout.sessions.create`.
 * @param job     The job's UUID.
 */
export function foreignTerm( session: Values, job: string ): string | null {
	const intent = values( session[ 'payment_intent_data' ] );
	const foreign = [
		...NEVER.filter( ( name ) => name in session ),
		...Object.keys( intent )
			.filter( ( name ) => ! OF_THE_INTENT.includes( name ) )
			.map( ( name ) => `payment_intent_data[${ name }]` ),
		...( [ undefined, 'automatic' ].includes( intent[ 'capture_method' ] as string | undefined )
			? []
			: [ 'payment_intent_data[capture_method]' ] ),
		...( values( session[ 'adaptive_pricing' ] )[ 'enabled' ] === true ? [ 'adaptive_pricing[enabled]' ] : [] ),
		...( [ session, intent ].some( ( one ) => isOfAnother( one, job ) ) ? [ 'metadata[smi_job]' ] : [] ),
	];
	return foreign[ 0 ] ?? null;
}

function isOfAnother( { metadata }: Values, job: string ): boolean {
	const named = values( metadata )[ 'smi_job' ];
	return named !== undefined && named !== job;
}
