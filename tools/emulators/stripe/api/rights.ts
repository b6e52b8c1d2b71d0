import { StripeError } from '../errors.ts';
import { masked, type Keys, type Resource } from '../keys.ts';
import { ACCOUNT_ID } from '../objects/account.ts';
import { expandedResources } from './expand.ts';

/** Which right a path needs, and which object it answers with (for what may be expanded in it). */
const PATHS: ReadonlyArray< [ path: RegExp, resource: Resource, object: string ] > = [
	[ /^\/v1\/checkout\/sessions\/[^/]+\/line_items$/, 'checkout_sessions', 'item' ],
	[ /^\/v1\/checkout\/sessions\b/, 'checkout_sessions', 'checkout.session' ],
	[ /^\/v1\/payment_pages\b/, 'checkout_sessions', 'checkout.session' ],
	[ /^\/v1\/payment_intents\b/, 'payment_intents', 'payment_intent' ],
	[ /^\/v1\/payment_methods\b/, 'payment_methods', 'payment_method' ],
	[ /^\/v1\/charges\b/, 'charges', 'charge' ],
	[ /^\/v1\/refunds\b/, 'refunds', 'refund' ],
	[ /^\/v1\/disputes\b/, 'disputes', 'dispute' ],
	[ /^\/v[12]\/(core\/)?events\b/, 'events', 'event' ],
	[ /^\/v1\/balance(_transactions)?\b/, 'balance', 'balance_transaction' ],
	[ /^\/v1\/account\b/, 'account', 'account' ],
	[ /^\/v1\/webhook_endpoints\b/, 'webhook_endpoints', 'webhook_endpoint' ],
	[ /^\/v1\/products\b/, 'products', 'product' ],
	[ /^\/v1\/prices\b/, 'prices', 'price' ],
	[ /^\/v1\/customers\b/, 'customers', 'customer' ],
];

/** Stripe's own names: a refund goes with charges, prices are plans, and the own account is one of the connected. */
const RAK: Record< Resource, string > = {
	account: 'connected_account',
	balance: 'balance',
	charges: 'charge',
	checkout_sessions: 'checkout_session',
	customers: 'customer',
	disputes: 'dispute',
	events: 'event',
	payment_intents: 'payment_intent',
	payment_methods: 'payment_method',
	prices: 'plan',
	products: 'product',
	refunds: 'charge',
	webhook_endpoints: 'webhook',
};

function need( keys: Keys, key: string, resource: Resource, right: 'read' | 'write' ): void {
	if ( ! keys.may( key, resource, right ) ) {
		throw new StripeError(
			403,
			`The provided key '${ masked( key ) }' does not have the required permissions for this endpoint on account '${ ACCOUNT_ID }'. Having the 'rak_${ RAK[ resource ] }_${ right }' permission would allow this request to continue.`,
			{ isSaved: false }
		);
	}
}

/** Refuses what a restricted key may not do or see, expanded objects too. @throws StripeError 403 */
export function checkRights(
	keys: Keys,
	key: string,
	request: { method: string; path: string; expand: string[] }
): void {
	const [ , resource, object ] = PATHS.find( ( [ path ] ) => path.test( request.path ) ) ?? [];
	if ( resource === undefined || object === undefined ) {
		return;
	}
	need( keys, key, resource, request.method === 'GET' ? 'read' : 'write' );
	for ( const expanded of request.expand.flatMap( ( path ) => expandedResources( object, path ) ) ) {
		need( keys, key, expanded, 'read' );
	}
}
