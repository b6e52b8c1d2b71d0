/** Nothing secret comes out of a bridge: a real process, providers that repeat all they hear, every log line, its crash. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { BridgeCommand } from '../../bridge/src/contracts.generated.ts';
import { hideAll, hideKnown } from '../../bridge/src/secrets.ts';
import { Echoes } from './support/echoes.ts';
import { FakeWordPress, KEY_ID, SECRET, until } from './support/fake-wordpress.ts';
import { leased, sessionParameters } from './support/world.ts';

const CLI = fileURLToPath( new URL( '../../bridge/src/cli.ts', import.meta.url ) );
const BASIC = 'stage:pass+word/of"stage';

const PLANTED = {
	stripe: 'sk_test_PLANTEDstripekey0001',
	webhook: 'whsec_PLANTEDwebhooksecret0002',
	older: 'whsec_PLANTEDolderwebhooksecret0003',
	upsampler: 'PLANTED-upsampler-key-0004',
	connection: SECRET,
	basic: BASIC,
	metrics: 'PLANTED-metrics-token-0005',
	buyer: 'planted.buyer@example.org',
	attempt: 'PLANTEDattempttoken0006',
	otherKey: 'rk_live_PLANTEDofsomebodyelse0007',
};
/** The keys: not even WordPress is told them. */
const KEYS = [ 'stripe', 'webhook', 'older', 'upsampler', 'connection', 'basic', 'metrics' ] as const;

const basicHeader = Buffer.from( BASIC ).toString( 'base64' );
const spellings = ( secret: string ) => [
	secret,
	JSON.stringify( secret ).slice( 1, -1 ),
	encodeURIComponent( secret ),
];
const all = [ ...Object.values( PLANTED ).flatMap( spellings ), basicHeader ];
const keys = [ ...KEYS.flatMap( ( name ) => spellings( PLANTED[ name ] ) ), basicHeader ];

const found = ( text: string, secrets = all ) => [
	...new Set( secrets.filter( ( secret ) => text.includes( secret ) ) ),
];

let port = 0;
const wordpress = new FakeWordPress();
const providers = new Echoes( `${ PLANTED.buyer } ${ PLANTED.otherKey }` );
let env: Record< string, string > = {};

before( async () => {
	await wordpress.listen();
	const echoes = await providers.listen();
	port = await freePort();
	env = {
		PATH: String( process.env[ 'PATH' ] ),
		SMI_SITE: wordpress.connectionString,
		SMI_SITE_BASIC_AUTH: BASIC,
		STRIPE_SECRET_KEY: PLANTED.stripe,
		STRIPE_WEBHOOK_SECRET: `${ PLANTED.webhook }, ${ PLANTED.older }`,
		STRIPE_API_BASE: echoes,
		UPSAMPLER_API_KEY: PLANTED.upsampler,
		UPSAMPLER_API_BASE: `${ echoes }/api/v1`,
		SMI_METRICS_TOKEN: PLANTED.metrics,
		BRIDGE_PUBLIC_URL: `http://127.0.0.1:${ port }`,
		PORT: String( port ),
		LOG_LEVEL: 'trace',
	};
} );
after( async () => {
	providers.close();
	await wordpress.close();
} );

/** The bridge as a process; what it says is kept. */
function start( args: string[] = [ 'start' ], more: Record< string, string > = {}, preload = '' ) {
	const loaded = preload === '' ? [] : [ '--import', `data:text/javascript,${ encodeURIComponent( preload ) }` ];
	const child = spawn( process.execPath, [ '--import', 'tsx', ...loaded, CLI, ...args ], {
		env: { ...env, ...more },
	} );
	let said = '';
	child.stdout.on( 'data', ( chunk ) => ( said += chunk ) );
	child.stderr.on( 'data', ( chunk ) => ( said += chunk ) );
	return { child, said: () => said };
}

async function end( child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM' ): Promise< number | null > {
	if ( child.exitCode === null ) {
		child.kill( signal );
		await once( child, 'exit' );
	}
	return child.exitCode;
}

const url = ( path: string ) => `http://127.0.0.1:${ port }${ path }`;

describe( 'a bridge whose providers and whose proxy repeat what they hear', () => {
	let bridge: ReturnType< typeof start >;
	const seen: string[] = [];

	before( async () => {
		let pages = 0;
		wordpress.trouble = ( path ) =>
			path.endsWith( '/hello' ) && pages++ < 2
				? { status: 403, body: `<h1>Blocked</h1> authorization: Basic ${ basicHeader } ${ BASIC } ${ SECRET }` }
				: null;
		bridge = start();
		await until( () => wordpress.syncs.length > 0 || bridge.child.exitCode !== null, 'the first sync', 20_000 );
		assert.equal( bridge.child.exitCode, null, bridge.said() );
	} );
	after( () => end( bridge.child, 'SIGKILL' ) );

	it( 'carries out every kind of command, in vain', async () => {
		for ( const status of [ 401, 400, 402, 500 ] ) {
			providers.status = status;
			for ( const command of everyCommand() ) {
				wordpress.commands = [ command ];
				await nudge();
				const report = await wordpress.reportOf( command, 20_000 );
				assert.notEqual( report.outcome, 'ok' );
			}
		}
		assert.ok( providers.calls >= 24 );
		assert.deepEqual( found( JSON.stringify( wordpress.syncs ), keys ), [] );
	} );

	it( 'is called by strangers and by those who know a token', async () => {
		const token = `/webhooks/upsampler/${ PLANTED.attempt }`;
		const big = 'x'.repeat( 2_000_000 );
		const calls: [ string, RequestInit ][] = [
			[ token, { method: 'POST', body: `{"id":"1","error":"${ PLANTED.buyer }"}` } ],
			[ token, { method: 'POST', body: big } ],
			[ token, { method: 'PUT', body: PLANTED.buyer } ],
			[ `${ token }/more`, {} ],
			[ `${ token }%zz`, {} ],
			[
				'/webhooks/stripe',
				{ method: 'POST', body: `{"email":"${ PLANTED.buyer }"}`, headers: { 'stripe-signature': 't=1,v1=0' } },
			],
			[ '/commands', { method: 'POST', body: `{"key":"${ PLANTED.otherKey }"}` } ],
			[ `/nothing?token=${ PLANTED.attempt }`, {} ],
			[ '/metrics', { headers: { authorization: 'Bearer wrong' } } ],
			[ '/metrics', { headers: { authorization: `Bearer ${ PLANTED.metrics }` } } ],
			[ '/readyz', {} ],
			[ '/healthz', {} ],
		];
		for ( const [ path, init ] of calls ) {
			const answer = await fetch( url( path ), init ).catch( ( error: Error ) => new Response( error.message ) );
			seen.push( await answer.text() );
		}
		seen.push( await raw( `GET ${ token } HTTP/1.1\r\nbroken header ${ PLANTED.buyer }\r\n\r\n` ) );
		assert.match( seen.join( '\n' ), /smi_commands_total\{kind="refund"/ );
		assert.deepEqual( found( seen.join( '\n' ) ), [] );
	} );

	it( 'has said nothing of it, at LOG_LEVEL=trace, to the end', async () => {
		assert.equal( await end( bridge.child ), 0, bridge.said() );
		const said = bridge.said();
		assert.match( said, /Refused: / );
		assert.match( said, /Command not carried out/ );
		assert.deepEqual( found( said ), [] );
		// Bytes as numbers are as good as text.
		assert.doesNotMatch( said, /"type":"Buffer"|rawPacket/ );
		const lines = said.trim().split( '\n' );
		assert.deepEqual(
			lines.filter( ( line ) => ! isJson( line ) ),
			[],
			'Hiding leaves each line readable.'
		);
	} );
} );

it( 'a bridge that breaks tells its exception without what it quotes', async () => {
	const quoted = `process.env.STRIPE_SECRET_KEY + ' ' + process.env.SMI_SITE + ' ${ PLANTED.buyer }'`;
	for ( const how of [ `throw new Error( ${ quoted } )`, `Promise.reject( new Error( ${ quoted } ) )` ] ) {
		const { child, said } = start( [ 'start' ], {}, `setTimeout( () => { ${ how } }, 3000 )` );
		await once( child, 'exit' );
		assert.notEqual( child.exitCode, 0 );
		assert.match( said(), /The bridge broke/ );
		assert.deepEqual( found( said() ), [] );
	}
} );

it( 'a bridge that cannot start, and a check that fails, keep it to themselves too', async () => {
	const runs: [ string[], Record< string, string > ][] = [
		[ [ 'check' ], {} ],
		[ [ 'start' ], { HOST: PLANTED.upsampler } ],
		[ [ 'start' ], { SMI_SITE: PLANTED.otherKey, STRIPE_SECRET_KEY: PLANTED.metrics, PORT: 'no' } ],
		[ [ 'check' ], { STRIPE_WEBHOOK_SECRET: PLANTED.upsampler, SMI_SITE_BASIC_AUTH: PLANTED.metrics } ],
	];
	providers.status = 401;
	for ( const [ args, more ] of runs ) {
		const { child, said } = start( args, more );
		await once( child, 'exit' );
		assert.notEqual( child.exitCode, 0 );
		assert.ok( said().length > 40 );
		assert.deepEqual( found( said() ), [], said() );
	}
} );

it( 'hiding knows how a secret is quoted, and leaves the rest of a sentence', () => {
	const hide = hideAll( [ 'a"secret/with+signs', 'short', 'long-enough' ] );
	assert.equal( hide( 'x long-enough y short z' ), 'x [hidden] y short z' );
	assert.equal( hide( JSON.stringify( { a: 'a"secret/with+signs' } ) ), '{"a":"[hidden]"}' );
	assert.equal( hide( encodeURIComponent( 'a"secret/with+signs' ) ), '[hidden]' );
	assert.equal( hide( 'to josé@example.org, then' ), 'to [hidden], then' );
	assert.equal( hide( 'POST /webhooks/upsampler/abcdefgh?x=1' ), 'POST /webhooks/upsampler/[hidden]?x=1' );
	const told = hideKnown( [ 'photography', 'a-key-of-a-machine' ] );
	assert.equal( told( '{"email":"a@example.org"}' ), '{"email":"a@example.org"}' );
	assert.equal( told( 'https://photography.example/ a-key-of-a-machine' ), 'https://photography.example/ [hidden]' );
} );

function everyCommand(): BridgeCommand[] {
	const job = randomUUID();
	const attempt = randomUUID();
	const { buyer, attempt: token } = PLANTED;
	const session = { ...sessionParameters( job, wordpress.site.uuid ), customer_email: buyer };
	const source = `${ wordpress.url }/wp-content/gone.png`;
	const size = { width: 10, height: 10, mime: 'image/png' } as const;
	const ids = { job_id: job, attempt, source_url: source, ...size, is_ready: false };
	return [
		leased( 'open_checkout', { job_id: job, idempotency_key: job, session } ),
		leased( 'refund', {
			...{ job_id: job, refund: randomUUID(), payment_intent: 'pi_1', amount_minor: 500, currency: 'usd' },
			...{ reason: null, metadata: { note: buyer }, idempotency_key: job },
		} ),
		leased( 'submit', { job_id: job, attempt, token, image_url: source, factor: 4, input_type: 'realism' } ),
		leased( 'refresh_attempt', { ...ids, provider: 'upsampler', provider_id: 'up_1' } ),
		leased( 'resolve', { payment_intent: 'pi_1', session: null } ),
		leased( 'reconcile', { mode: 'objects', since: 1 } ),
	];
}

/** An empty signed push: the bridge comes for its commands at once. */
async function nudge(): Promise< void > {
	const { sign } = await import( './support/check-signature.ts' );
	const headers = sign( { method: 'POST', route: '/commands', body: Buffer.alloc( 0 ) }, KEY_ID, SECRET );
	assert.equal( ( await fetch( url( '/commands' ), { method: 'POST', headers } ) ).status, 202 );
}

/** Bytes as no client sends them. */
async function raw( text: string ): Promise< string > {
	const socket = connect( port, '127.0.0.1' );
	let answer = '';
	socket.on( 'data', ( chunk ) => ( answer += chunk ) );
	socket.end( text );
	await once( socket, 'close' );
	return answer;
}

async function freePort(): Promise< number > {
	const server = createServer().listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	const { port: free } = server.address() as { port: number };
	server.close();
	await once( server, 'close' );
	return free;
}

function isJson( line: string ): boolean {
	try {
		return typeof JSON.parse( line ) === 'object';
	} catch {
		return false;
	}
}
