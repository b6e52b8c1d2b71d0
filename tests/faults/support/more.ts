/** More that the later faults need: rows made older, the owner's other screens, and books over a whole shop. */
import assert from 'node:assert/strict';
import type Stripe from 'stripe';
import { STRIPE_KEY } from '../../helpers/bridge-process.ts';
import { until } from '../../helpers/until.ts';
import type { Gate } from './gate.ts';
import { upscales } from './ledger.ts';
import { job, json, PATIENCE, stats, type Sale } from './shop.ts';
import { control, type World } from './world.ts';

/** Columns of our tables that hold a time which passes. */
const TIMES = {
	jobs: [ 'created_at', 'updated_at', 'paid_at', 'processing_started_at', 'completed_at', 'failed_at' ],
	attempts: [ 'created_at', 'sent_at', 'unknown_at', 'started_at', 'ended_at' ],
	refunds: [ 'created_at', 'updated_at', 'settled_at' ],
	commands: [ 'due_at', 'leased_until' ],
};

/** Makes all rows of these tables older. */
export async function ageRows(
	{ site }: World,
	seconds: number,
	...tables: ( keyof typeof TIMES )[]
): Promise< void > {
	const older = ( column: string ) => `${ column } = ${ column } - INTERVAL ${ seconds } SECOND`;
	const lines = tables.map(
		( table ) => `UPDATE wp_smi_${ table } SET ${ TIMES[ table ].map( older ).join( ', ' ) };`
	);
	await site.sql( lines.join( '\n' ) );
}

/** What waits for its time comes now. */
export const makeDue = ( { site }: World, kind: string ) =>
	site.sql( `UPDATE wp_smi_commands SET due_at = UTC_TIMESTAMP(), done_at = NULL WHERE kind = '${ kind }';` );

/** Leases that somebody holds end. */
export const endLeases = ( { site }: World, kind: string ) =>
	site.sql(
		`UPDATE wp_smi_commands SET leased_until = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE kind = '${ kind }' AND leased_until IS NOT NULL;`
	);

/** Codes of what stands above every screen of the owner's. */
export const notices = async ( world: World ): Promise< string[] > =>
	( await stats( world ) ).notices.map( ( { code } ) => code );

/** Waits until the owner reads, or does not read any more, such a notice. */
export const untilNotice = ( world: World, code: string, isThere = true ) =>
	until( `the notice ${ code } is ${ isThere ? 'there' : 'gone' }`, PATIENCE, async () => {
		return ( await notices( world ) ).includes( code ) === isThere;
	} );

interface Problem {
	code: string;
	message: string;
	remedy: string;
}

/** What the connection screen says is wrong, in words. */
export const problems = async ( { owner }: World ): Promise< Problem[] > =>
	( await json< { problems: Problem[] } >( owner( '/wp-json/smi/v1/connection' ) ) ).problems;

export interface Mail {
	to: string;
	subject: string;
	text: string;
}

export const mails = ( { mailbox }: World ) => control< Mail[] >( `${ mailbox }/messages`, undefined, 'GET' );

/** An object at Stripe, as it is there. */
export async function fromStripe< T >( { stripe }: World, path: string, key = STRIPE_KEY ): Promise< T > {
	const answer = await fetch( `${ stripe }/v1/${ path }`, { headers: { authorization: `Bearer ${ key }` } } );
	assert.equal( answer.status, 200, path );
	return ( await answer.json() ) as T;
}

export const sessionOf = ( world: World, { session }: Sale, key = STRIPE_KEY ) =>
	fromStripe< Stripe.Checkout.Session >( world, `checkout/sessions/${ session }`, key );

/** Number of the payment intent of a sale that was paid. */
export const intentOf = async ( world: World, sale: Sale, key = STRIPE_KEY ): Promise< string > =>
	String( ( await sessionOf( world, sale, key ) ).payment_intent );

/** All refunds of a sale, failed ones too, newest first. */
export const refundsOf = async ( world: World, sale: Sale, key = STRIPE_KEY ): Promise< Stripe.Refund[] > => {
	const path = `refunds?limit=100&payment_intent=${ await intentOf( world, sale, key ) }`;
	return ( await fromStripe< Stripe.ApiList< Stripe.Refund > >( world, path, key ) ).data;
};

/** A refund made by hand in Stripe's dashboard. */
export async function refundInDashboard(
	world: World,
	sale: Sale,
	amount: number,
	key = STRIPE_KEY
): Promise< string > {
	const body = new URLSearchParams( {
		payment_intent: await intentOf( world, sale, key ),
		amount: String( amount ),
	} );
	const headers = { authorization: `Bearer ${ key }` };
	const answer = await fetch( `${ world.stripe }/v1/refunds`, { method: 'POST', headers, body } );
	assert.equal( answer.status, 200 );
	return ( ( await answer.json() ) as { id: string } ).id;
}

/** Moves a dispute, or opens it. */
export const dispute = async ( world: World, sale: Sale, outcome: string ) =>
	control( `${ world.stripe }/_emulator/disputes`, { payment_intent: await intentOf( world, sale ), outcome } );

/**
 * The books of several sales: what Stripe took and gave back is what the owner reads, one refund for each row, and never more than was
 * paid; every picture that Upsampler took stands with an attempt; and PHP complained of nothing.
 *
 * @param before How many pictures Upsampler had taken when the first of them was sold; null: they are not counted.
 */
export async function assertBooks(
	world: World,
	sales: Sale[],
	before: number | null,
	key = STRIPE_KEY
): Promise< void > {
	let answering = 0;
	for ( const sale of sales ) {
		const seen = await job( world, sale );
		answering += seen.attempts.filter( ( { provider_id } ) => provider_id !== null ).length;
		const { payment_status, amount_total } = await sessionOf( world, sale, key );
		assert.equal( seen.paid_at !== null, payment_status === 'paid', `${ sale.job_id } is paid, here and there` );
		if ( payment_status === 'paid' ) {
			assert.equal( minor( seen.amount_charged ), amount_total, `${ sale.job_id } was charged` );
			const made = await refundsOf( world, sale, key );
			const sum = ( ...states: string[] ) =>
				made.reduce(
					( all, { status, amount } ) => all + ( states.includes( String( status ) ) ? amount : 0 ),
					0
				);
			assert.ok(
				sum( 'succeeded', 'pending', 'requires_action' ) <= Number( amount_total ),
				`${ sale.job_id } gave too much back`
			);
			assert.equal( minor( seen.refund_amount ), sum( 'succeeded' ), `${ sale.job_id } gave back` );
			const known = seen.refunds
				.map( ( { stripe_refund_id } ) => stripe_refund_id )
				.filter( ( id ) => id !== null );
			assert.deepEqual( known.sort(), made.map( ( { id } ) => id ).sort(), `${ sale.job_id }, refund by refund` );
		}
	}
	if ( before !== null ) {
		assert.equal( ( await upscales( world ) ) - before, answering, 'An upscale stands with no attempt.' );
	}
	assert.deepEqual( await world.site.complaints(), [] );
}

/** Of a currency with two decimals. */
export const minor = ( amount: string | null ): number => Math.round( Number( amount ?? '0' ) * 100 );

/** How many pictures Upsampler still works on, of those that the site knows. */
export async function unfinished( { site, upsampler }: World ): Promise< number > {
	const ids = ( await site.sql( 'SELECT provider_id FROM wp_smi_attempts WHERE provider_id IS NOT NULL;' ) )
		.split( '\n' )
		.filter( Boolean );
	const states = await Promise.all(
		ids.map( async ( id ) => {
			const headers = { authorization: 'Bearer anybody' };
			const answer = await fetch( `${ upsampler }/api/v1/status/${ id }`, { headers } );
			return ( ( await answer.json() ) as { status?: string } ).status;
		} )
	);
	return states.filter( ( status ) => status === 'IN_QUEUE' || status === 'IN_PROGRESS' ).length;
}

/** A moment in which nothing may happen: so many syncs that came through a gate and were answered. */
export async function beats( { passages }: Gate, count: number ): Promise< void > {
	const beaten = () => passages.filter( ( { path, status } ) => /bridge.sync/.test( path ) && status === 200 ).length;
	const from = beaten();
	await until( `${ count } syncs`, PATIENCE, async () => beaten() >= from + count );
}
