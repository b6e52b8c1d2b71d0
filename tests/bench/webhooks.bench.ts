/**
 * Stripe's webhooks at a steady rate: when each is acknowledged, and that none is lost. Then how many go through at most, beside one
 * request to PHP for each of them on the same site.
 *
 *     node --import tsx tests/bench/webhooks.bench.ts [--seconds 60] [--rate 50]
 *
 * Budget: p99 below 250 ms, at least 10 times as many a second as with a request each. Must hold: whatever was acknowledged had been
 * committed, and each one's effect is in the database.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Stripe from 'stripe';
import { sign } from '../bridge/support/check-signature.ts';
import { line, quantile } from './support/numbers.ts';
import { json, openShop, soon, WEBHOOK_SECRET, type Shop } from './support/shop.ts';
import { check, load, say } from './support/verdict.ts';

const { values } = parseArgs( { options: { seconds: { type: 'string' }, rate: { type: 'string' } } } );
const SECONDS = Number( values.seconds ?? 60 );
const RATE = Number( values.rate ?? 50 );
const JOBS = 300;
const P99_MS = 250;
const TIMES_AS_MANY = 10;
/** How long each way goes as fast as it can, and how many at once. */
const FASTEST_S = 10;
const AT_ONCE = { bridge: 100, php: 12 };
const ROUNDS = 3;
/** How long nothing can be committed. */
const LOCKED_S = 3;

const sdk = new Stripe( 'sk_test_bench' );
const shop = await openShop( { hasWebhooks: false } );
try {
	const jobs = await seed( shop );
	await steadily( jobs );
	await whileLocked( jobs );
	await atMost( jobs );
} finally {
	await shop.stop();
}

/** Jobs that wait for their payment, known at Stripe. */
async function seed( { site, stripe }: Shop ): Promise< string[] > {
	const ids = Array.from( { length: JOBS }, () => randomUUID() );
	const created = Math.floor( Date.now() / 1000 );
	const sales = ids.map( ( id ) => ( {
		session_id: sessionOf( id ),
		amount_minor: 500,
		currency: 'usd',
		created,
		metadata: { smi_job: id },
		state: 'open',
	} ) );
	await json( `${ stripe }/_emulator/seed`, { sales } );
	await site.sql(
		`INSERT INTO wp_smi_jobs
			( job_id, image_url, resolution, email, image_width, image_height, livemode, stripe_checkout_session_id, created_at, updated_at )
		VALUES ${ ids
			.map(
				( id ) =>
					`( '${ id }', 'http://127.0.0.1/a.jpg', '4x', 'a@example.org', 100, 80, 0, '${ sessionOf( id ) }', UTC_TIMESTAMP(), UTC_TIMESTAMP() )`
			)
			.join( ',\n' ) };`
	);
	return ids;
}

function sessionOf( job: string ): string {
	return `cs_test_${ job.replaceAll( '-', '' ) }`;
}

interface Webhook {
	id: string;
	body: string;
	headers: Record< string, string >;
}

function webhookAbout( job: string ): Webhook {
	const id = `evt_${ randomUUID().replaceAll( '-', '' ) }`;
	const session = {
		id: sessionOf( job ),
		object: 'checkout.session',
		livemode: false,
		metadata: { smi_job: job },
		payment_intent: null,
	};
	const body = JSON.stringify( {
		id,
		object: 'event',
		api_version: '2026-10-28.endive',
		created: Math.floor( Date.now() / 1000 ),
		livemode: false,
		type: 'checkout.session.completed',
		data: { object: session },
	} );
	const signature = sdk.webhooks.generateTestHeaderString( { payload: body, secret: WEBHOOK_SECRET } );
	return { id, body, headers: { 'content-type': 'application/json', 'stripe-signature': signature } };
}

async function deliver( { body, headers }: Webhook ): Promise< number > {
	const answer = await fetch( `${ shop.bridge.url }/webhooks/stripe`, { method: 'POST', headers, body } );
	await answer.arrayBuffer();
	return answer.status;
}

/** Which of the events are committed. */
async function committed(): Promise< Set< string > > {
	return new Set(
		( await shop.site.sql( 'SELECT id FROM wp_smi_provider_events;' ) ).split( '\n' ).filter( Boolean )
	);
}

/** How often somebody asked for a look at each job. */
async function looks(): Promise< Map< string, number > > {
	const printed = await shop.site.sql( "SELECT object, wanted FROM wp_smi_commands WHERE kind = 'refresh_payment';" );
	return new Map(
		printed
			.split( '\n' )
			.filter( Boolean )
			.map( ( row ) => [ row.split( '\t' )[ 0 ] ?? '', Number( row.split( '\t' )[ 1 ] ) ] )
	);
}

async function steadily( jobs: string[] ): Promise< void > {
	const [ times, late, statuses, sent ] = [ [] as number[], [] as number[], [] as number[], [] as string[] ];
	const asked: Promise< void >[] = [];
	const startedAt = performance.now();
	for ( let n = 0; n < SECONDS * RATE; n++ ) {
		const dueAt = startedAt + ( n * 1000 ) / RATE;
		if ( dueAt > performance.now() ) {
			await sleep( dueAt - performance.now() );
		}
		const webhook = webhookAbout( jobs[ n % jobs.length ] ?? '' );
		sent.push( webhook.id );
		const sentAt = performance.now();
		late.push( sentAt - dueAt );
		asked.push(
			deliver( webhook ).then( ( status ) => {
				times.push( performance.now() - sentAt );
				statuses.push( status );
			} )
		);
	}
	await Promise.all( asked );
	const p99 = quantile( times, 0.99 );
	say( `${ line( `${ RATE } a second for ${ SECONDS } s, ${ load() }`, times ) }   p99 ${ p99.toFixed( 0 ) } ms` );
	say(
		`this program itself was late by ${ quantile( late, 0.5 ).toFixed( 0 ) } ms, p99 ${ quantile( late, 0.99 ).toFixed( 0 ) } ms`
	);
	const there = await committed();
	check(
		'each is acknowledged',
		statuses.every( ( status ) => status === 200 ),
		`${ statuses.length }`
	);
	check(
		'none is lost',
		sent.every( ( id ) => there.has( id ) ),
		`${ there.size } rows`
	);
	const wanted = await looks();
	const unseen = jobs.filter( ( job ) => ( wanted.get( job ) ?? 0 ) < 1 );
	check( 'each had its job looked at', unseen.length === 0, unseen );
	check( `p99 below ${ P99_MS } ms`, p99 < P99_MS, `${ p99.toFixed( 0 ) } ms` );
}

/** Nothing is acknowledged as long as nothing can be committed, and nothing is lost for it. */
async function whileLocked( jobs: string[] ): Promise< void > {
	let isLocked = true;
	const lock = shop.site
		.sql( `LOCK TABLES wp_smi_provider_events WRITE; DO SLEEP( ${ LOCKED_S } ); UNLOCK TABLES;` )
		.then( () => ( isLocked = false ) );
	await sleep( 700 );
	const webhooks = jobs.slice( 0, 20 ).map( webhookAbout );
	const answers = webhooks.map( async ( webhook ) => {
		const status = await deliver( webhook );
		return { status, isEarly: isLocked };
	} );
	await lock;
	const seen = await Promise.all( answers );
	check(
		'none is acknowledged before it is committed',
		! seen.some( ( { status, isEarly } ) => status === 200 && isEarly ),
		seen.map( ( { status } ) => status ).join( ' ' )
	);
	const isThere = async () => {
		const there = await committed();
		return webhooks.every( ( { id } ) => there.has( id ) );
	};
	check( 'and all of them are, soon after', ( await soon( 60, isThere, 500 ) ) !== null );
}

/** Both ways as fast as they go, in turn. */
async function atMost( jobs: string[] ): Promise< void > {
	const rates = { bridge: [] as number[], php: [] as number[] };
	for ( let round = 0; round < ROUNDS; round++ ) {
		rates.bridge.push(
			await fastest( AT_ONCE.bridge, ( n ) => deliver( webhookAbout( jobs[ n % jobs.length ] ?? '' ) ) )
		);
		rates.php.push(
			await fastest( AT_ONCE.php, ( n ) => askPhp( webhookAbout( jobs[ n % jobs.length ] ?? '' ) ) )
		);
	}
	const told = ( all: number[] ) => all.map( ( one ) => one.toFixed( 1 ) ).join( ', ' );
	say( `a second at most, ${ load() }: ${ told( rates.bridge ) } through the bridge` );
	say( `                    ${ told( rates.php ) } with a request to PHP each` );
	const ratio = quantile( rates.bridge, 0.5 ) / quantile( rates.php, 0.5 );
	check( `at least ${ TIMES_AS_MANY } times as many`, ratio >= TIMES_AS_MANY, `${ ratio.toFixed( 1 ) }x` );
}

/** How many a second are answered with 200. */
async function fastest( atOnce: number, send: ( n: number ) => Promise< number > ): Promise< number > {
	let [ n, taken ] = [ 0, 0 ];
	const startedAt = performance.now();
	const lane = async () => {
		while ( performance.now() - startedAt < FASTEST_S * 1000 ) {
			taken += ( await send( n++ ) ) === 200 ? 1 : 0;
		}
	};
	await Promise.all( Array.from( { length: atOnce }, lane ) );
	return taken / ( ( performance.now() - startedAt ) / 1000 );
}

/** The hint of a webhook in a message of its own, as a site without a bridge between would be asked. */
async function askPhp( { id, body }: Webhook ): Promise< number > {
	const route = '/smi/v1/bridge/sync';
	const { metadata, id: session } = (
		JSON.parse( body ) as { data: { object: { metadata: { smi_job: string }; id: string } } }
	 ).data.object;
	const hint = {
		id,
		provider: 'stripe',
		type: 'checkout.session.completed',
		livemode: false,
		job_id: metadata.smi_job,
		session,
	};
	const message = Buffer.from( JSON.stringify( { hints: [ hint ], reports: [], want: { submit: 0, other: 0 } } ) );
	const { username, password } = new URL( shop.bridge.env[ 'SMI_SITE' ] ?? '' );
	const answer = await fetch( `${ shop.site.url }/wp-json${ route }`, {
		method: 'POST',
		headers: {
			...sign( { method: 'POST', route, body: message }, username, decodeURIComponent( password ) ),
			'content-type': 'application/json',
		},
		body: message,
	} );
	await answer.arrayBuffer();
	return answer.status;
}
