import Stripe from 'stripe';

/** One right of a restricted key, and a call that needs it and can change nothing. */
export interface Right {
	/** Stripe's name, as in the link that makes a key. */
	name: string;
	/** As the dashboard calls it. */
	words: string;
	/** Whether nothing can be sold without it. */
	isNeeded: boolean;
	/** What is not known without it; for rights that are not needed. */
	without?: string;
	look: ( stripe: Stripe ) => Promise< unknown >;
}

/** Objects that are nowhere: a key with the right hears "no such", one without hears 403. */
const NO_SESSION = 'cs_test_smi_check_of_rights';
const NO_INTENT = 'pi_smi_check_of_rights';
const ONE = { limit: 1 };
/** As the contract of a sync has it: a message that is refused for it would stop the channel. */
const MOST_NAME = 80;

export const RIGHTS: readonly Right[] = [
	{
		name: 'rak_checkout_session_write',
		words: 'Checkout Sessions: write',
		isNeeded: true,
		look: ( stripe ) => stripe.checkout.sessions.expire( NO_SESSION ),
	},
	{
		name: 'rak_payment_intent_read',
		words: 'PaymentIntents: read',
		isNeeded: true,
		look: ( stripe ) => stripe.paymentIntents.list( ONE ),
	},
	{
		name: 'rak_charge_read',
		words: 'Charges and Refunds: read',
		isNeeded: true,
		look: ( stripe ) => stripe.charges.list( ONE ),
	},
	{
		name: 'rak_charge_write',
		words: 'Charges and Refunds: write',
		isNeeded: true,
		look: ( stripe ) => stripe.refunds.create( { payment_intent: NO_INTENT, amount: 100 } ),
	},
	{
		name: 'rak_dispute_read',
		words: 'Disputes: read',
		isNeeded: true,
		look: ( stripe ) => stripe.disputes.list( ONE ),
	},
	{
		name: 'rak_event_read',
		words: 'Events: read',
		isNeeded: true,
		look: ( stripe ) => stripe.events.list( ONE ),
	},
	{
		name: 'rak_balance_read',
		words: 'Balance: read',
		isNeeded: false,
		without: 'what Stripe keeps of a sale stays unknown, and margins stand without it',
		look: ( stripe ) => stripe.balanceTransactions.list( ONE ),
	},
	{
		name: 'rak_connected_account_read',
		words: 'Accounts: read',
		isNeeded: false,
		without: 'nobody notices when the key of another account is set by mistake',
		look: ( stripe ) => stripe.accounts.retrieveCurrent(),
	},
	{
		name: 'rak_webhook_read',
		words: 'Webhook Endpoints: read',
		isNeeded: false,
		without: 'whether Stripe sends its webhooks here cannot be seen',
		look: ( stripe ) => stripe.webhookEndpoints.list( ONE ),
	},
];

/** Whether Stripe refused the key, and not the request. */
export function isKeyRefused( error: unknown ): error is Stripe.errors.StripeError {
	return error instanceof Stripe.errors.StripeError && ( error.statusCode === 401 || error.statusCode === 403 );
}

/**
 * Stripe's refusal of the key for this right; null when it is there.
 *
 * @throws Whatever else went wrong: then nothing is known.
 */
export async function refusalOf( right: Right, stripe: Stripe ): Promise< Stripe.errors.StripeError | null > {
	try {
		await right.look( stripe );
		return null;
	} catch ( error ) {
		if ( isKeyRefused( error ) ) {
			return error;
		}
		if ( isHeard( error ) ) {
			return null;
		}
		throw error;
	}
}

/** "There is no such object", "such a parameter is wrong": the key was good enough to be told so. */
function isHeard( error: unknown ): boolean {
	const status = error instanceof Stripe.errors.StripeError ? error.statusCode : undefined;
	return status !== undefined && status >= 400 && status < 500 && status !== 429;
}

/** The right that Stripe's sentence names, with or without its `rak_`; null when it names none. */
export function rightNamed( sentence: string ): string | null {
	const named = /['"(]\s*(?:rak_)?([a-z]+(?:_[a-z]+)*_(?:read|write))\b/.exec( sentence )?.[ 1 ];
	return named === undefined || named.length > MOST_NAME ? null : `rak_${ named }`;
}

/** Stripe's page for a new restricted key, all rights ticked; in the mode that the dashboard shows. */
export function newKeyLink(): string {
	const names = RIGHTS.map( ( { name } ) => name );
	// Who may write may read, and the page takes one of the two.
	const rights = names.filter(
		( name ) => ! names.includes( name.replace( /_read$/, '_write' ) ) || name.endsWith( '_write' )
	);
	return `https://dashboard.stripe.com/apikeys/create?name=Sell+My+Images${ rights.map( ( name ) => `&permissions[]=${ name }` ).join( '' ) }`;
}
