/**
 * A reconcile of 100,000 sessions at Stripe while the bridge is killed every 30 s, and what 1,000 of them cost.
 *
 *     node --import tsx tests/bench/reconcile.bench.ts [--sessions 100000] [--kill-every 30] [--live]
 *
 * Of the sessions 70 % are nobody's we know, 10 % another site's, 18 % as the site has them, and 2 % expired without the site hearing of
 * it. Must hold: it ends, though killed; each job that was forgotten is abandoned (they lie evenly among all).
 * With --live the key is a live one: Stripe takes 100 calls a second, not 25. --kill-every 0 kills nobody.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { json, openShop, soon, STRIPE_KEY, type Shop } from './support/shop.ts';
import { check, load, say } from './support/verdict.ts';

const { values } = parseArgs( {
	options: { sessions: { type: 'string' }, 'kill-every': { type: 'string' }, live: { type: 'boolean' } },
} );
const SESSIONS = Number( values.sessions ?? 100_000 );
const KILL_EVERY_MS = Number( values[ 'kill-every' ] ?? 30 ) * 1000;
const MODE = values.live ? 'live' : 'test';
const AT_ONCE = 1_000;
const DAYS = 25;
const LONGEST_S = 7_200;
const TELL_EVERY_MS = 30_000;

type Kind = 'nobody' | 'other' | 'known' | 'forgotten';

const FORGOTTEN = "status = 'awaiting_payment'";
let killed = 0;
const over = new AbortController();
// Nothing else than the pass itself may find what was forgotten.
const times = { SWEEP: 86_400, CHECKOUT_POLL: 86_400, PAYMENT_POLL: 86_400 };
const stripeKey = values.live ? 'sk_live_benchbench' : STRIPE_KEY;
const startedAt = { seed: performance.now(), pass: 0 };
const shop = await openShop( { hasWebhooks: false, times, stripeKey, before: seed } );
startedAt.pass = performance.now();
say(
	`${ SESSIONS } sessions seeded in ${ ( ( startedAt.pass - startedAt.seed ) / 1000 ).toFixed( 0 ) } s, ${ load() }`
);
const killing = killNowAndThen();
try {
	const first = await shop.calls();
	const seen = await waitForTheEnd();
	const seconds = ( performance.now() - startedAt.pass ) / 1000;
	over.abort();
	await killing;
	check( 'the pass ends', seen !== null, `${ killed } kills, ${ seconds.toFixed( 0 ) } s, ${ load() }` );
	const left = async () => Number( await shop.site.sql( `SELECT COUNT(*) FROM wp_smi_jobs WHERE ${ FORGOTTEN };` ) );
	await soon( 600, async () => ( await left() ) === 0, 2_000 );
	check( 'each job that was forgotten is abandoned', ( await left() ) === 0, `${ await left() } are not` );
	const last = await shop.calls();
	const per = ( n: number ) => ( ( n * 1000 ) / SESSIONS ).toFixed( 1 );
	const all = ( performance.now() - startedAt.pass ) / 1000;
	say(
		`1,000 sessions cost ${ per( all ) } s, ${ per( last.stripe - first.stripe ) } calls at Stripe, ${ per( last.php - first.php ) } requests to PHP`
	);
	say(
		`memory of the bridge ${ ( await shop.bridge.memory( 'most' ) ).toFixed( 0 ) } MB at most since it last started`
	);
} finally {
	over.abort();
	await killing.catch( () => {} );
	await shop.stop();
}

function kindOf( n: number ): Kind {
	const bounds: [ number, Kind ][] = [
		[ 70, 'nobody' ],
		[ 80, 'other' ],
		[ 98, 'known' ],
	];
	return bounds.find( ( [ bound ] ) => n % 100 < bound )?.[ 1 ] ?? 'forgotten';
}

async function seed( { site, stripe }: Pick< Shop, 'site' | 'stripe' > ): Promise< void > {
	const own = ( await site.wp( 'echo \\SellMyImages\\Plugin::instance()->site_identity()->uuid();' ) ).trim();
	const now = Math.floor( Date.now() / 1000 );
	for ( let from = 0; from < SESSIONS; from += AT_ONCE ) {
		const some = Array.from( { length: Math.min( AT_ONCE, SESSIONS - from ) }, ( _, at ) =>
			one( from + at, own, now )
		);
		await json( `${ stripe }/_emulator/seed`, { sales: some.map( ( { sale } ) => sale ) } );
		const jobs = some.filter( ( { kind } ) => kind === 'known' || kind === 'forgotten' );
		await site.sql(
			`INSERT INTO wp_smi_jobs
				( job_id, image_url, resolution, email, livemode, status, stripe_checkout_session_id, created_at, updated_at, email_domain )
			VALUES ${ jobs.map( rowOf ).join( ',\n' ) };`
		);
	}
}

interface Seeded {
	kind: Kind;
	job: string;
	sale: { session_id: string; created: number; [ field: string ]: unknown };
}

function one( n: number, own: string, now: number ): Seeded {
	const [ kind, job ] = [ kindOf( n ), randomUUID() ];
	const site = kind === 'other' ? randomUUID() : own;
	const created = now - 7_200 - Math.floor( ( n * DAYS * 86_400 ) / SESSIONS );
	const metadata = kind === 'nobody' ? {} : { smi_job: job, smi_site: site };
	const session_id = `cs_${ MODE }_${ job.replaceAll( '-', '' ) }`;
	return { kind, job, sale: { session_id, amount_minor: 500, currency: 'usd', created, metadata, state: 'expired' } };
}

function rowOf( { kind, job, sale }: Seeded ): string {
	const at = `FROM_UNIXTIME( ${ sale.created } )`;
	const status = kind === 'known' ? 'abandoned' : 'awaiting_payment';
	const livemode = MODE === 'live' ? 1 : 0;
	const fields = [
		`'${ job }'`,
		"'http://127.0.0.1/a.jpg', '4x', 'a@example.org'",
		livemode,
		`'${ status }'`,
		`'${ sale.session_id }'`,
		at,
		at,
	];
	return `( ${ fields.join( ', ' ) }, 'example.org' )`;
}

/** How many were seen, once the pass is through; null when it does not end. */
async function waitForTheEnd(): Promise< number | null > {
	let toldAt = performance.now();
	return soon(
		LONGEST_S,
		async () => {
			const stored = await shop.site.sql(
				"SELECT option_value FROM wp_options WHERE option_name = 'smi_reconcile';"
			);
			const seen = Number( /s:4:"seen";i:(\d+)/.exec( stored )?.[ 1 ] ?? 0 );
			if ( performance.now() - toldAt > TELL_EVERY_MS ) {
				toldAt = performance.now();
				say( `${ seen } seen, ${ killed } kills, ${ load() }` );
			}
			return /"objects";i:\d+/.test( stored ) ? SESSIONS : null;
		},
		1_000
	);
}

async function killNowAndThen(): Promise< void > {
	while ( KILL_EVERY_MS > 0 && ! over.signal.aborted ) {
		await sleep( KILL_EVERY_MS, undefined, { signal: over.signal } ).catch( () => {} );
		if ( ! over.signal.aborted ) {
			await shop.bridge.end( 'SIGKILL' );
			killed++;
			await shop.bridge.start( false );
		}
	}
}
