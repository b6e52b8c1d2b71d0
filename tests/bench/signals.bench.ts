/**
 * SIGTERM and SIGKILL at random moments of 200 sales, once with webhooks and once where nothing reaches the bridge; judged by what both
 * providers' emulators were asked for.
 *
 *     node --import tsx tests/bench/signals.bench.ts [--sales 200] [--mode webhooks|polling] [--seed 1] [--kill-seconds 420]
 *
 * Must hold: every sale ends, each upscale is bought once or explained by an attempt that was unknown, each charge and refund is made once,
 * no attempt is unknown that was never sent unless SIGKILL came just after its begin, each SIGTERM ends within 8 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { median } from './support/numbers.ts';
import { seeded } from './support/random.ts';
import { atCheckout, json, openShop, order, rows, type Row, type Shop } from './support/shop.ts';
import { listAll } from './support/stripe-ledger.ts';
import { check, load, say } from './support/verdict.ts';

const { values } = parseArgs( {
	options: {
		sales: { type: 'string' },
		mode: { type: 'string' },
		seed: { type: 'string' },
		'kill-seconds': { type: 'string' },
	},
} );
const SALES = Number( values.sales ?? 200 );
const SEED = Number( values.seed ?? 1 );
/** It is killed until nine in ten sales have ended, but so long at most after the last order. */
const KILL_S = Number( values[ 'kill-seconds' ] ?? 420 );
const MODES = values.mode === undefined ? [ 'webhooks', 'polling' ] : [ values.mode ];
/** The bridge submits no faster than 50 a minute. */
const PACE_MS = 1_200;
const STOP_MS = 8_000;
/** One in so many upscales fails, and its buyer gets the money back. */
const FAILS_EVERY = 9;
/** What is left when the last kill is over must end by itself: leases, half hours that last a minute here, retries. */
const PATIENCE_S = 420;
const TELL_EVERY_MS = 30_000;
/** Between the begin and the call lies nothing that takes time: a riddle whose begin is longer before a kill is unexplained. */
const BETWEEN_S = 3;

interface Kill {
	signal: 'SIGTERM' | 'SIGKILL';
	/** Unix milliseconds. */
	at: number;
	ms: number;
}

interface Attempt {
	uuid: string;
	job_id: string;
	provider_id: string;
	/** Unix seconds; 0 when it was not sent. */
	sent: number;
	wasUnknown: boolean;
}

for ( const mode of MODES ) {
	const shop = await openShop( {
		hasPublicUrl: mode === 'webhooks',
		times: { LEASE: 30, SUBMIT_UNKNOWN: 60, RETRY_FIRST: 2, RETRY_SECOND: 4, ATTEMPT_POLL: 5 },
		stripe: { latency_ms: [ 20, 150 ] },
		upsampler: { latency_ms: [ 50, 400 ] },
		pictures: { count: SALES, width: 300, height: 200 },
	} );
	try {
		await run( shop, mode );
	} finally {
		await shop.stop();
	}
}

async function run( shop: Shop, mode: string ): Promise< void > {
	const startedAt = performance.now();
	const [ quiet, over ] = [ new AbortController(), new AbortController() ];
	const killing = killAtRandom( shop, quiet.signal );
	const paying = payAll( shop, over.signal );
	const orders = await orderAll( shop );
	say( `${ mode }: ${ orders.length } sales are begun, ${ load() }` );
	await settle( shop, 0.9, KILL_S );
	quiet.abort();
	const kills = await killing;
	const jobs = await settle( shop, 1, PATIENCE_S );
	over.abort();
	await paying;
	const took = ( performance.now() - startedAt ) / 1000;
	const terms = kills.filter( ( { signal } ) => signal === 'SIGTERM' ).map( ( { ms } ) => ms );
	const killed = `${ kills.length - terms.length } SIGKILL and ${ terms.length } SIGTERM`;
	say( `${ mode }: over after ${ took.toFixed( 0 ) } s, ${ killed }, ${ load() }` );
	const longest = Math.max( 0, ...terms );
	check(
		`${ mode }: each SIGTERM ended within 8 s`,
		longest <= STOP_MS,
		`longest ${ longest.toFixed( 0 ) } ms, median ${ median( terms ).toFixed( 0 ) } ms`
	);
	await judge( shop, mode, jobs, orders, kills );
}

/** Orders at a steady pace, whether or not the bridge is there; the jobs, in the order of their pictures. */
async function orderAll( shop: Shop ): Promise< string[] > {
	const orders: Promise< string >[] = [];
	for ( let at = 0; at < SALES; at++ ) {
		orders.push( order( shop, at ).then( ( { job_id } ) => job_id ) );
		if ( at % FAILS_EVERY === FAILS_EVERY - 1 ) {
			await json( `${ shop.upsampler }/_emulator/next`, { outcome: 'fail', times: 1 } );
		}
		await sleep( PACE_MS );
	}
	return Promise.all( orders );
}

/** Each buyer pays as soon as there is a page. */
async function payAll( shop: Shop, over: AbortSignal ): Promise< void > {
	const paid = new Set< string >();
	while ( ! over.aborted ) {
		await payWhatCanBePaid( shop, paid );
		await sleep( PACE_MS );
	}
}

async function payWhatCanBePaid( shop: Shop, paid: Set< string > ): Promise< void > {
	const payable = "payment_status = 'pending' AND stripe_checkout_session_id IS NOT NULL";
	for ( const { job_id, session } of await rows( shop, payable ) ) {
		if ( ! paid.has( job_id ) ) {
			paid.add( job_id );
			await atCheckout( shop, session, 'pay' );
		}
	}
}

async function killAtRandom( { bridge }: Shop, over: AbortSignal ): Promise< Kill[] > {
	const random = seeded( SEED );
	const kills: Kill[] = [];
	while ( ! over.aborted ) {
		await sleep( 3_000 + random() * 12_000, undefined, { signal: over } ).catch( () => {} );
		if ( over.aborted ) {
			break;
		}
		const signal = random() < 0.5 ? 'SIGTERM' : 'SIGKILL';
		const at = Date.now();
		kills.push( { signal, at, ms: await bridge.end( signal ) } );
		await sleep( random() * 1_500 );
		await bridge.start( false );
	}
	return kills;
}

function isOver( { status, payment }: Row ): boolean {
	return status === 'completed' || ( status === 'failed' && payment === 'refunded' );
}

/** Waits until a share of the jobs has ended. */
async function settle( shop: Shop, share: number, patienceS: number ): Promise< Row[] > {
	const end = performance.now() + patienceS * 1000;
	let toldAt = performance.now();
	for (;;) {
		const jobs = await rows( shop );
		if ( jobs.filter( isOver ).length >= jobs.length * share || performance.now() > end ) {
			return jobs;
		}
		await sleep( 1_000 );
		if ( performance.now() - toldAt > TELL_EVERY_MS ) {
			toldAt = performance.now();
			const open = jobs.filter( ( job ) => ! isOver( job ) );
			say(
				`${ jobs.length - open.length } of ${ jobs.length } ended; ${ JSON.stringify( await commandsOf( shop, open ) ) }`
			);
		}
	}
}

/** What the first jobs that have not ended wait for. */
async function commandsOf( { site }: Shop, open: Row[] ): Promise< string[] > {
	const ids = open.slice( 0, 3 ).map( ( { job_id } ) => `'${ job_id }'` );
	const printed = await site.sql(
		`SELECT c.kind, c.lease_no, c.tries, TIMESTAMPDIFF( SECOND, UTC_TIMESTAMP(), c.due_at ),
			COALESCE( TIMESTAMPDIFF( SECOND, UTC_TIMESTAMP(), c.leased_until ), '-' ), j.status
		FROM wp_smi_commands c JOIN wp_smi_jobs j USING ( job_id ) WHERE c.done_at IS NULL AND c.job_id IN ( ${ [ ...ids, "''" ].join() } );`
	);
	return printed.trim().replaceAll( '\t', ' ' ).split( '\n' );
}

async function attemptsOf( { site }: Shop ): Promise< Attempt[] > {
	const printed = await site.sql(
		`SELECT a.uuid, a.job_id, COALESCE( a.provider_id, '' ),
			COALESCE( TIMESTAMPDIFF( SECOND, '1970-01-01', a.sent_at ), 0 ),
			( SELECT COUNT(*) FROM wp_smi_job_events e WHERE e.type = 'attempt' AND e.to_value = 'unknown' AND e.ref = a.uuid )
		FROM wp_smi_attempts a ORDER BY a.id;`
	);
	return printed
		.split( '\n' )
		.filter( Boolean )
		.map( ( line ) => {
			const [ uuid = '', job_id = '', provider_id = '', sent, unknown ] = line.split( '\t' );
			return { uuid, job_id, provider_id, sent: Number( sent ), wasUnknown: Number( unknown ) > 0 };
		} );
}

async function judge( shop: Shop, mode: string, jobs: Row[], orders: string[], kills: Kill[] ): Promise< void > {
	const open = jobs.filter( ( job ) => ! isOver( job ) );
	const completed = jobs.filter( ( { status } ) => status === 'completed' );
	check( `${ mode }: all ${ SALES } sales ended`, open.length === 0 && jobs.length === SALES, open );
	say( `${ mode }: ${ completed.length } completed, ${ jobs.length - completed.length } failed` );

	const attempts = await attemptsOf( shop );
	const upscales = orders.map( ( job_id, at ) => {
		const own = attempts.filter( ( attempt ) => attempt.job_id === job_id );
		const bought = shop.bought.filter(
			( { id, imageUrl } ) => id !== null && imageUrl.endsWith( `/bench/${ at }.jpg` )
		).length;
		const unknown = own.filter( ( { wasUnknown } ) => wasUnknown );
		const lost = bought - own.filter( ( { provider_id } ) => provider_id !== '' ).length;
		const silent = unknown.filter( ( { provider_id } ) => provider_id === '' );
		return { job_id, bought, unknown: unknown.length, lost, silent };
	} );
	const twice = upscales.filter( ( { bought } ) => bought > 1 );
	const unexplained = upscales.filter( ( { bought, unknown } ) => bought > 1 + unknown || bought < 1 );
	check( `${ mode }: each upscale bought once or explained`, unexplained.length === 0, {
		bought: upscales.reduce( ( sum, { bought } ) => sum + bought, 0 ),
		twice: twice.length,
		unexplained,
	} );
	const forgotten = upscales.filter( ( { lost, silent } ) => lost > silent.length );
	check(
		`${ mode }: whatever was bought is known, or its attempt says that it may be`,
		forgotten.length === 0,
		forgotten
	);

	// Of a job's attempts without an id, as many as it bought without the site hearing of it were sent.
	const neverSent = upscales.flatMap( ( { lost, silent } ) => silent.slice( Math.max( 0, lost ) ) );
	const told = neverSent.map( ( { uuid, sent } ) => ( { uuid, ...endOf( sent, kills ) } ) );
	const riddles = told.filter( ( { signal, afterS } ) => signal !== 'SIGKILL' || afterS > BETWEEN_S );
	check( `${ mode }: no unknown that was never sent but between begin and call`, riddles.length === 0, {
		unknown: attempts.filter( ( { wasUnknown } ) => wasUnknown ).length,
		neverSent: told,
		riddles: riddles.length,
	} );
	await judgeMoney( shop, mode, jobs );
	const complaints = await shop.site.complaints();
	check( `${ mode }: PHP has nothing to complain of`, complaints.length === 0, complaints.slice( 0, 3 ) );
}

/** How the process ended in which something was begun, and how long after. */
function endOf( sent: number, kills: Kill[] ): { signal: string; afterS: number } {
	const next = kills.find( ( { at } ) => at / 1000 >= sent );
	return { signal: next?.signal ?? 'none', afterS: next === undefined ? 0 : next.at / 1000 - sent };
}

async function judgeMoney( shop: Shop, mode: string, jobs: Row[] ): Promise< void > {
	const [ sessions, charges, refunds ] = [
		await listAll( shop, 'checkout/sessions' ),
		await listAll( shop, 'charges' ),
		await listAll( shop, 'refunds' ),
	];
	const sessionsOf = ( job: string ) => sessions.filter( ( { metadata } ) => metadata[ 'smi_job' ] === job );
	const wrong = jobs.filter( ( { job_id, status } ) => {
		const intents = sessionsOf( job_id ).map( ( { payment_intent } ) => payment_intent );
		const paid = charges.filter( ( one ) => one.status === 'succeeded' && intents.includes( one.payment_intent ) );
		const back = refunds.filter( ( { payment_intent } ) => intents.includes( payment_intent ) );
		const owed = status === 'failed' ? [ paid[ 0 ]?.amount ] : [];
		return (
			intents.length !== 1 ||
			paid.length !== 1 ||
			JSON.stringify( back.map( ( { amount } ) => amount ) ) !== JSON.stringify( owed )
		);
	} );
	const counts = { sessions: sessions.length, charges: charges.length, refunds: refunds.length };
	check( `${ mode }: each charge and each refund once`, wrong.length === 0, { ...counts, wrong } );
}
