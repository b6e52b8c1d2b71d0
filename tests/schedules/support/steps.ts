/** What may happen next. */
import type Stripe from 'stripe';
import { EVENT_TYPES as HEARD } from '../../../bridge/src/stripe/event-types.ts';
import type { Fault, Plan } from './gateway.ts';
import type { Random } from './random.ts';
import { SOURCES } from './site.ts';
import type { Name, World } from './world.ts';

export type Step = ( world: World, random: Random ) => Promise< void >;

const either = ( random: Random ): Name => ( random.chance( 0.7 ) ? 'A' : 'B' );

/** Where things go wrong most dearly. */
const DEAR = [
	/sync$/,
	/begin$/,
	/precise-upscale/,
	/\/v1\/refunds$/,
	/POST \/v1\/refunds$/,
	/checkout\/sessions/,
	/file$/,
	/payment-completed$/,
];

function aPlan( random: Random, share: number, dear: readonly RegExp[] = DEAR ): Plan | null {
	if ( ! random.chance( share ) ) {
		return null;
	}
	const fault = aFault( random );
	const only = dear !== DEAR || random.chance( 0.5 ) ? random.of( dear ) : undefined;
	return only === undefined ? { at: random.of( [ 1, 1, 2, 2, 3, 4, 6 ] ) ?? 1, fault } : { at: 1, only, fault };
}

function aFault( random: Random ): Fault {
	const kind = random.weighed< Fault[ 'kind' ] >( [
		[ 2, 'die-before' ],
		[ 3, 'die-after' ],
		[ 1, 'cut-before' ],
		[ 2, 'cut-after' ],
		[ 1, 'hold-before' ],
		[ 3, 'hold-after' ],
		[ 2, 'php-before' ],
		[ 3, 'php-after' ],
	] );
	return kind === 'php-before' || kind === 'php-after' ? { kind, commit: random.whole( 1, 4 ) } : { kind };
}

const aKill = ( random: Random, share: number ) =>
	random.chance( share ) ? `${ random.of( [ 'before', 'after' ] ) }:${ random.whole( 1, 3 ) }` : undefined;

export const buy: Step = async ( world, random ) => {
	const what = SOURCES[ random.chance( 0.85 ) ? 'upscaled' : 'local' ];
	const made = await world.act< { job: string } >( 'buy', { ...what, price: random.whole( 4, 20 ) * 100 } );
	if ( made !== null ) {
		world.jobs.push( made.job );
	}
};

const beat: Step = async ( world, random ) => {
	await world.beat( either( random ), aPlan( random, 0.6 ) );
};

/** A heartbeat in which something dear goes wrong. */
const beatAt =
	( ...dear: RegExp[] ): Step =>
	async ( world, random ) => {
		await world.beat( either( random ), aPlan( random, 0.8, dear ) );
	};

const beats: Step = async ( world, random ) => {
	for ( let n = random.whole( 2, 4 ); n > 0; n-- ) {
		await world.beat( either( random ), aPlan( random, 0.3 ) );
	}
};

/** The buyer, or his bank, does something at the payment page. */
const pay: Step = async ( world, random ) => {
	const sessions = await world.providers.list< Stripe.Checkout.Session >( 'checkout/sessions' );
	const open = sessions.filter(
		( { status, payment_status: payment } ) => status !== 'expired' && payment === 'unpaid'
	);
	const session = random.of( open );
	if ( session === undefined ) {
		return;
	}
	const outcome = random.weighed( [
		[ 12, 'pay' ],
		[ 1, 'decline' ],
		[ 1, 'pay_later' ],
		[ 1, 'settle' ],
		[ 0.5, 'fail' ],
		[ 0.5, 'expire' ],
	] );
	await world.outside( 'stripe', `checkout/sessions/${ session.id }`, { outcome } );
};

const hear: Step = async ( world, random ) => {
	const { waiting } = world.providers;
	// The order of Stripe's deliveries is nobody's promise.
	const heard = waiting.filter( ( { event } ) => ( HEARD as readonly string[] ).includes( event.type ) );
	const told = random.chance( 0.5 ) ? heard[ 0 ] : random.of( heard );
	if ( told === undefined ) {
		return;
	}
	if ( random.chance( 0.15 ) ) {
		world.tell( `lost: ${ told.event.type }` );
		world.providers.waiting = waiting.filter( ( one ) => one !== told );
		return;
	}
	const status = await world.deliver( either( random ), told.event, aPlan( random, 0.3 ) );
	told.times++;
	// One that was acknowledged may come again all the same.
	if ( status === 200 && ! random.chance( 0.2 ) ) {
		world.providers.waiting = world.providers.waiting.filter( ( one ) => one !== told );
	}
};

const hearOfUpscale: Step = async ( world, random ) => {
	if ( world.providers.purchases.length > 0 ) {
		const n = random.whole( 0, world.providers.purchases.length - 1 );
		await world.tellOfPurchase( either( random ), n, aPlan( random, 0.3 ) );
	}
};

const waitFor =
	( ...times: number[] ): Step =>
	async ( world, random ) =>
		world.jump( random.of( times ) ?? 1 );

const wait = waitFor( 6, 6, 15, 35, 35, 70, 190, 190, 190, 320, 700, 1_900, 3_700, 12_000, 90_000 );

const work: Step = async ( world, random ) => {
	await world.act( 'work', {}, aKill( random, 0.4 ) );
};

/** Rather one that was paid for. */
async function aJob( world: World, random: Random ): Promise< string | undefined > {
	const intents = await world.providers.list< Stripe.PaymentIntent >( 'payment_intents' );
	const paid = intents
		.filter( ( { status } ) => status === 'succeeded' )
		.map( ( { metadata } ) => metadata[ 'smi_job' ] ?? '' );
	return random.chance( 0.85 ) ? random.of( paid ) : random.of( world.jobs );
}

const makeAgain: Step = async ( world, random ) => {
	const job = await aJob( world, random );
	if ( job === undefined ) {
		return;
	}
	const context = { admin_override: true };
	const kill = aKill( random, 0.2 );
	const asked = random.chance( 0.5 )
		? await world.act( 'fire', { job, context }, kill )
		: await world.act( 'rest', { method: 'POST', route: `/smi/v1/jobs/${ job }/retry`, params: {} }, kill );
	world.tell( `owner: ${ JSON.stringify( asked ).slice( 0, 200 ) }` );
	world.again.set( job, ( world.again.get( job ) ?? 0 ) + 1 );
};

async function ask( world: World, method: string, path: string, params: object, kill?: string ): Promise< void > {
	const answer = await world.act< { status: number; data: unknown } >(
		'rest',
		{ method, route: `/smi/v1/jobs/${ path }`, params },
		kill
	);
	if ( answer !== null && answer.status >= 500 ) {
		world.wrongs.push( `${ method } ${ path } was answered with ${ answer.status }` );
	}
	world.tell( `owner: hears ${ answer?.status }` );
}

const returnMoney: Step = async ( world, random ) => {
	const job = await aJob( world, random );
	if ( job !== undefined ) {
		const params = random.chance( 0.5 ) ? {} : { amount: `${ random.whole( 1, 4 ) }.00` };
		await ask( world, 'POST', `${ job }/refunds`, params, aKill( random, 0.2 ) );
	}
};

const otherOwner: Step = async ( world, random ) => {
	const job = await aJob( world, random );
	if ( job === undefined ) {
		return;
	}
	await random.weighed< () => Promise< void > >( [
		[ 1, () => ask( world, 'POST', `${ job }/download-token`, { notify: false } ) ],
		[ 1, () => ask( world, 'POST', `${ job }/refresh`, {} ) ],
		[ 1, () => ask( world, 'PATCH', job, { status: 'failed', reason: 'So it is.' } ) ],
		[ 0.5, () => ask( world, 'PATCH', job, { status: 'abandoned', reason: 'So it is.' } ) ],
		[ 0.5, () => ask( world, 'PATCH', job, { status: 'completed', reason: 'So it is.' } ) ],
	] )();
};

/** In Stripe's dashboard, and at banks. */
const elsewhere: Step = async ( world, random ) => {
	const paid = ( await world.providers.list< Stripe.PaymentIntent >( 'payment_intents' ) ).filter(
		( { status } ) => status === 'succeeded'
	);
	const intent = random.of( paid );
	const refund = random.of( await world.providers.list< Stripe.Refund >( 'refunds' ) );
	if ( intent === undefined ) {
		return;
	}
	await random.weighed< () => Promise< unknown > >( [
		[
			1,
			() =>
				world.outside( 'stripe', 'refunds', {
					default_status: random.of( [ 'pending', 'succeeded', 'failed' ] ),
				} ),
		],
		[ 1, () => dashboardRefund( world, intent.id, random.whole( 1, 4 ) * 100 ) ],
		[
			1,
			() =>
				world.outside( 'stripe', 'disputes', {
					payment_intent: intent.id,
					outcome: random.of( [ 'needs_response', 'lost', 'won', 'warning_needs_response' ] ),
				} ),
		],
		[
			2,
			async () =>
				refund &&
				world.outside( 'stripe', `refunds/${ refund.id }`, { status: random.of( [ 'succeeded', 'failed' ] ) } ),
		],
	] )();
};

async function dashboardRefund( world: World, intent: string, amount: number ): Promise< void > {
	const answer = await world.providers.stripe.inject( {
		method: 'POST',
		url: '/v1/refunds',
		headers: { authorization: 'Bearer sk_test_dashboard', 'content-type': 'application/x-www-form-urlencoded' },
		payload: `payment_intent=${ intent }&amount=${ amount }`,
	} );
	world.tell( `dashboard: returns ${ amount } of ${ intent } → ${ answer.statusCode }` );
	await world.providers.collectEvents();
}

/** A provider has a bad moment. */
const trouble: Step = async ( world, random ) => {
	const answers = ( path: string, method: string, status: number ) => ( {
		match: { path, method },
		effect: { status },
		times: 1,
	} );
	await random.weighed< () => Promise< unknown > >( [
		[ 2, () => world.outside( 'stripe', 'faults', answers( '/v1/refunds', 'POST', 500 ) ) ],
		[ 1, () => world.outside( 'stripe', 'faults', answers( '/v1/checkout/sessions', 'POST', 500 ) ) ],
		[
			1,
			() =>
				world.outside(
					'upsampler',
					'faults',
					answers( '/api/v1/precise-upscale', 'POST', random.of( [ 402, 429, 503 ] ) ?? 503 )
				),
		],
		[
			3,
			() =>
				world.outside( 'upsampler', 'next', {
					outcome: random.of( [ 'fail', 'fail', 'fail_at_submit', 'html', 'wrong_size' ] ),
				} ),
		],
	] )();
};

const end: Step = async ( world, random ) => {
	const name = either( random );
	if ( random.chance( 0.5 ) ) {
		world.tell( `${ name }: is killed` );
		await world.kill( name );
	} else {
		await world.stop( name );
	}
};

const goOn: Step = ( world ) => world.release();

/** What an upscaler may make of the next pictures. */
const spoil: Step = async ( world, random ) => {
	const outcome = random.of( [ 'fail', 'fail', 'fail_at_submit', 'wrong_size', 'html' ] );
	await world.outside( 'upsampler', 'next', { outcome } );
};

/** All that buyers have opened is paid for, and heard of. */
const sell: Step = async ( world ) => {
	await world.beat( 'A' );
	await world.beat( 'A' );
	for ( const { id } of await world.providers.list< Stripe.Checkout.Session >( 'checkout/sessions' ) ) {
		await world.outside( 'stripe', `checkout/sessions/${ id }`, { outcome: 'pay' } );
	}
	for ( const { event } of world.providers.waiting.filter(
		( one ) => one.event.type === 'checkout.session.completed'
	) ) {
		await world.deliver( 'A', event );
	}
	await world.beat( 'A' );
};

export interface Theme {
	/** What comes first, when the buyers have asked for their pages. */
	opening: Step[];
	steps: readonly ( readonly [ number, Step ] )[];
}

/** Where the dear things happen, seeds look closer. */
export const THEMES: Record< string, Theme > = {
	anything: {
		opening: [ beat, beat, pay, pay ],
		steps: [
			[ 7, beat ],
			[ 3, beats ],
			[ 2, pay ],
			[ 4, hear ],
			[ 1.5, hearOfUpscale ],
			[ 4, wait ],
			[ 1, work ],
			[ 1.5, makeAgain ],
			[ 1, returnMoney ],
			[ 0.7, otherOwner ],
			[ 1, elsewhere ],
			[ 1.2, trouble ],
			[ 0.7, end ],
			[ 1.5, goOn ],
			[ 0.4, buy ],
		],
	},
	payment: {
		opening: [ beat, beat, pay ],
		steps: [
			[ 6, beatAt( /sync$/, /checkout\/sessions/ ) ],
			[ 2, pay ],
			[ 6, hear ],
			[ 4, waitFor( 6, 35, 190, 320, 700, 1_900 ) ],
			[ 2, work ],
			[ 1.5, makeAgain ],
			[ 1, otherOwner ],
			[ 0.7, end ],
			[ 2, goOn ],
		],
	},
	submit: {
		opening: [ beatAt( /begin$/, /precise-upscale/ ), pay, sell ],
		steps: [
			[ 7, beatAt( /begin$/, /precise-upscale/, /precise-upscale/, /sync$/, /status/, /file$/ ) ],
			[ 5, waitFor( 6, 35, 190, 190, 1_900 ) ],
			[ 2, hearOfUpscale ],
			[ 1.5, makeAgain ],
			[ 0.7, end ],
			[ 2, goOn ],
			[ 0.5, spoil ],
			[ 0.5, work ],
		],
	},
	refund: {
		opening: [ sell, returnMoney ],
		steps: [
			[ 7, beatAt( /v1\/refunds/, /POST \/v1\/refunds/, /sync$/ ) ],
			[ 2.5, returnMoney ],
			[ 4, waitFor( 6, 35, 190, 190, 90_000 ) ],
			[ 2, elsewhere ],
			[ 2, hear ],
			[ 0.5, end ],
			[ 2, goOn ],
			[ 1, makeAgain ],
			[ 0.7, trouble ],
		],
	},
	failure: {
		opening: [ spoil, sell, beat, waitFor( 6, 35 ) ],
		steps: [
			[ 7, beatAt( /status/, /v1\/refunds/, /sync$/, /payment-completed$/ ) ],
			[ 2, spoil ],
			[ 4, waitFor( 6, 15, 70, 190, 1_900 ) ],
			[ 3, makeAgain ],
			[ 0.7, returnMoney ],
			[ 1.5, hearOfUpscale ],
			[ 1, hear ],
			[ 0.7, end ],
			[ 2, goOn ],
			[ 0.5, work ],
		],
	},
};
