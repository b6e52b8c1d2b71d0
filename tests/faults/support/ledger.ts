/** The emulators' books, which judge: whose money and whose credits went where. */
import assert from 'node:assert/strict';
import type Stripe from 'stripe';
import type { Job } from '../../../admin-src/api/contracts.generated.ts';
import { STRIPE_KEY } from '../../helpers/bridge-process.ts';
import { until } from '../../helpers/until.ts';
import { job, PATIENCE, type Sale } from './shop.ts';
import { control, CREDITS, type World } from './world.ts';

export interface Call {
	at: string;
	method: string;
	path: string;
	idempotency_key: string | null;
	status: number | null;
	fault: unknown;
}

const SUBMIT = '/api/v1/precise-upscale';

/** Calls that an emulator received, oldest first. */
export const calls = async ( world: World, at: 'stripe' | 'upsampler', method: string, path: string ) =>
	( await control< Call[] >( `${ world[ at ] }/_emulator/calls`, undefined, 'GET' ) ).filter(
		( call ) => call.method === method && call.path.split( '?' )[ 0 ] === path
	);

/** How often Upsampler took a picture; those refused or cut off before are not among them. */
export const upscales = async ( world: World ) =>
	( await calls( world, 'upsampler', 'POST', SUBMIT ) ).filter( ( { status } ) => status === 200 ).length;

/** Credits that are gone: one for each small picture that Upsampler made. */
export const creditsSpent = async ( { upsampler }: World ) =>
	CREDITS - ( await control< { left: number } >( `${ upsampler }/_emulator/credits`, undefined, 'GET' ) ).left;

/** An object at Stripe; the emulator does not count who asks with another key. */
async function atStripe< T >( { stripe }: World, path: string ): Promise< T > {
	const answer = await fetch( `${ stripe }/v1/${ path }`, { headers: { authorization: `Bearer ${ STRIPE_KEY }` } } );
	assert.equal( answer.status, 200, path );
	return ( await answer.json() ) as T;
}

/** The newest objects of a kind. */
export const listAtStripe = async < T >( world: World, path: string ): Promise< T[] > =>
	( await atStripe< { data: T[] } >( world, path ) ).data;

export interface Money {
	/** Minor units that Stripe took of the buyer, over all that was ever paid for this job. */
	charged: number;
	/** Minor units that went back, or are on their way. */
	returned: number;
	/** Refund objects that did not fail. */
	refunds: number;
}

/** What Stripe holds of a sale: each payment intent that carries the job's UUID. */
export async function moneyOf( world: World, sale: Pick< Sale, 'job_id' > ): Promise< Money > {
	const intents = await listAtStripe< Stripe.PaymentIntent >( world, 'payment_intents?limit=100' );
	const money = { charged: 0, returned: 0, refunds: 0 };
	for ( const intent of intents.filter( ( { metadata } ) => metadata[ 'smi_job' ] === sale.job_id ) ) {
		const path = `refunds?limit=100&payment_intent=${ intent.id }`;
		const all = await listAtStripe< Stripe.Refund >( world, path );
		const alive = all.filter( ( { status } ) => status !== 'failed' && status !== 'canceled' );
		money.charged += intent.amount_received;
		money.returned += alive.reduce( ( sum, { amount } ) => sum + amount, 0 );
		money.refunds += alive.length;
	}
	return money;
}

export interface Expected {
	status: Job[ 'status' ];
	payment_status: Job[ 'payment_status' ];
	/** All that the owner's attention is called to; none unless told. */
	attention?: string[];
	/** Pictures that Upsampler took for this job. */
	upscales: number;
	/** Attempts that keep "may have been paid"; none unless told. */
	perhaps?: number;
	/** Refunds at Stripe; what went back is then all of it, unless `returned` says how much. */
	refunds?: number;
	returned?: number;
}

/** Waits until nothing of a job is due or in anybody's hands: whoever would do a thing twice has had the chance. */
const atRest = ( { site }: World, { job_id }: Pick< Sale, 'job_id' > ) =>
	until( `${ job_id } is at rest`, PATIENCE, async () => {
		const open = await site.sql(
			`SELECT COUNT(*) FROM wp_smi_commands WHERE job_id = '${ job_id }' AND done_at IS NULL
			AND ( due_at <= UTC_TIMESTAMP() OR leased_until > UTC_TIMESTAMP() )`
		);
		return open.trim() === '0';
	} );

/**
 * What every test ends with: the job in the right state, the money where the state says, no upscale that no attempt answers for, and the
 * owner's attention called to what is to be done.
 *
 * @param before How many pictures Upsampler had taken when the test began.
 */
export async function judge( world: World, sale: Sale, before: number, expected: Expected ): Promise< void > {
	await atRest( world, sale );
	const seen = await job( world, sale );
	const { status, payment_status, attention = [], refunds = 0 } = expected;
	assert.deepEqual(
		{ status: seen.status, payment_status: seen.payment_status, attention: seen.attention_all },
		{ status, payment_status, attention }
	);
	const money = await moneyOf( world, sale );
	const returned = expected.returned ?? ( refunds > 0 ? money.charged : 0 );
	assert.deepEqual(
		{ refunds: money.refunds, returned: money.returned },
		{ refunds, returned },
		'refunds at Stripe'
	);
	assert.equal( minor( seen.refund_amount ), returned, 'the site knows what went back' );
	if ( payment_status === 'paid' ) {
		assert.equal( money.charged, minor( seen.amount_charged ), 'the site knows what was paid' );
	}
	const sessions = await listAtStripe< Stripe.Checkout.Session >( world, 'checkout/sessions?limit=100' );
	const own = sessions.filter( ( { metadata } ) => metadata?.[ 'smi_job' ] === sale.job_id );
	assert.equal( own.length, 1, 'pages at which this can be paid' );
	assert.equal( ( await upscales( world ) ) - before, expected.upscales, 'pictures that Upsampler took' );
	const answering = seen.attempts.filter( ( { provider_id } ) => provider_id !== null ).length;
	const unexplained = expected.upscales - answering;
	const perhaps = seen.attempts.filter( ( one ) => one.provider_id === null && one.may_cost_credits > 0 ).length;
	assert.ok( unexplained >= 0, 'an attempt has an id that Upsampler never gave' );
	assert.ok( perhaps >= unexplained, 'no attempt answers for an upscale that was bought' );
	assert.equal( perhaps, expected.perhaps ?? 0, 'attempts of which nobody knows whether they cost anything' );
}

/** Of a currency with two decimals. */
const minor = ( amount: string | null ) => Math.round( Number( amount ?? '0' ) * 100 );
