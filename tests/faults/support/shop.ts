/** What a buyer, the owner and the providers' controls do. */
import assert from 'node:assert/strict';
import type { Job, JobDetail, JobStats } from '../../../admin-src/api/contracts.generated.ts';
import { signatureHeader } from '../../../tools/emulators/stripe/webhooks.ts';
import { WEBHOOK_SECRET } from '../../helpers/bridge-process.ts';
import { breaches } from '../../helpers/contracts.ts';
import { until } from '../../helpers/until.ts';
import type { PictureName } from './site.ts';
import { control, type World } from './world.ts';

/** After how many seconds something hangs. Nothing is measured by it. */
export const PATIENCE = 90;

export interface Sale {
	job_id: string;
	key: string;
	/** At Stripe. */
	session: string;
}

export interface Seen {
	status: Job[ 'status' ];
	payment_status: Job[ 'payment_status' ];
	checkout_url?: string;
	download_url?: string;
	message: string;
}

const rest = ( path: string ) => `/wp-json/smi/v1${ path }`;

export async function json< T >( asked: Promise< Response >, status = 200 ): Promise< T > {
	const answer = await asked;
	const text = await answer.text();
	assert.equal( answer.status, status, text.slice( 0, 1000 ) );
	return JSON.parse( text ) as T;
}

/** A checkout, ready to be paid. */
export async function buy( world: World, picture: PictureName = 'small' ): Promise< Sale > {
	const { url, pictures, post } = world.site;
	const { job_id, key } = await control< Sale >( url + rest( '/checkouts' ), {
		attachment_id: pictures[ picture ],
		post_id: post,
		resolution: '4x',
		email: 'buyer@example.org',
	} );
	const session = await until( `${ job_id } can be paid`, PATIENCE, async () => {
		const { checkout_url = '' } = await look( world, { job_id, key } );
		return /cs_[A-Za-z0-9_]+/.exec( checkout_url )?.[ 0 ];
	} );
	return { job_id, key, session };
}

/** What Stripe's payment page comes to: pay, pay_later, settle, fail, decline, expire … */
export const atCheckout = ( { stripe }: World, { session }: Sale, outcome: string ) =>
	control( `${ stripe }/_emulator/checkout/sessions/${ session }`, { outcome } );

export const pay = ( world: World, sale: Sale ) => atCheckout( world, sale, 'pay' );

/** Bought and paid. */
export async function sell( world: World, picture: PictureName = 'small' ): Promise< Sale > {
	const sale = await buy( world, picture );
	await pay( world, sale );
	return sale;
}

/** What the buyer is told. */
export const look = ( { site }: World, { job_id, key }: Pick< Sale, 'job_id' | 'key' > ) =>
	json< Seen >( fetch( `${ site.url }${ rest( `/checkouts/${ job_id }` ) }?key=${ encodeURIComponent( key ) }` ) );

export const waitFor = ( world: World, sale: Sale, status: Job[ 'status' ], seconds = PATIENCE ) =>
	until( `${ sale.job_id } is ${ status }`, seconds, async () => {
		const seen = await look( world, sale );
		return seen.status === status && seen;
	} );

/** Everything that the owner can read of a job; it must fit its contract. */
export async function job( world: World, { job_id }: Pick< Sale, 'job_id' > ): Promise< JobDetail > {
	const detail = await json< JobDetail >( world.owner( rest( `/jobs/${ job_id }` ) ) );
	assert.deepEqual( breaches( 'job-detail', detail ), [] );
	return detail;
}

/** Waits until the owner sees it so. */
export const jobUntil = ( world: World, sale: Sale, what: string, isSo: ( seen: JobDetail ) => boolean ) =>
	until( `${ sale.job_id }: ${ what }`, PATIENCE, async () => {
		const seen = await job( world, sale );
		return isSo( seen ) && seen;
	} );

/** The event log as `type from>to (reason)`, oldest first. */
export const story = ( { events }: JobDetail ): string[] =>
	[ ...events ]
		.sort( ( a, b ) => a.at.localeCompare( b.at ) )
		.map(
			( { type, from, to, reason } ) =>
				`${ type } ${ from ?? '' }>${ to ?? '' }${ reason ? ` (${ reason })` : '' }`
		);

/** Counts and notices of the Jobs screen. */
export const stats = ( { owner }: World ) => json< JobStats >( owner( rest( '/jobs/stats' ) ) );

/** The owner's own doing: retry, refunds, refresh … */
export const ownerDoes = < T >( { owner }: World, sale: Sale, what: string, body: unknown = {}, status = 202 ) =>
	json< T >(
		owner( rest( `/jobs/${ sale.job_id }/${ what }` ), { method: 'POST', body: JSON.stringify( body ) } ),
		status
	);

/** An event as Stripe would send it: signed by the endpoint's secret, right now. Answers the status. */
export async function deliver( { gates }: World, event: unknown ): Promise< number > {
	const body = JSON.stringify( event );
	const signature = signatureHeader( body, WEBHOOK_SECRET, Math.floor( Date.now() / 1000 ) );
	const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
	return ( await fetch( `${ gates.front.url }/webhooks/stripe`, { method: 'POST', headers, body } ) ).status;
}

/** Orders the fate of the next pictures at Upsampler. */
export const nextUpscale = ( { upsampler }: World, outcome: string, more: Record< string, unknown > = {} ) =>
	control( `${ upsampler }/_emulator/next`, { outcome, ...more } );

/** Orders a fault at a provider. */
export const fault = (
	world: World,
	at: 'stripe' | 'upsampler',
	match: { method?: string; path?: string },
	effect: unknown,
	times = 1
) => control( `${ world[ at ] }/_emulator/faults`, { match, effect, times } );

/** Makes everything at a provider older. */
export const age = ( world: World, at: 'stripe' | 'upsampler', seconds: number ) =>
	control( `${ world[ at ] }/_emulator/clock`, { advance_s: seconds } );
