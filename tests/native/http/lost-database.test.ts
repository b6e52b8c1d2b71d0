import assert from 'node:assert/strict';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { notBesideHostile } from './support/neighbour.ts';

// The database's connection is ended in the middle of each kind of route. Whoever asked hears in JSON what became of it, and when to come again; or
// the work is run again, and he hears nothing of it.
const url = process.env.SMI_URL ?? '';
const asOwner = {
	Authorization: `Basic ${ Buffer.from( `admin:${ process.env.SMI_APP_PASSWORD }` ).toString( 'base64' ) }`,
};
const asBridge = { 'X-Test-Sign': '1' };
const plugin = join( process.env.SMI_WP_DIR ?? '', 'wp-content/mu-plugins/lost-database.php' );

type Request = { method: string; path: string; as?: Record< string, string >; body?: unknown };

/** One of each kind; `JOB` is a failed job that was paid for. */
const REQUESTS: Record< string, Request > = {
	list: { method: 'GET', path: '/jobs', as: asOwner },
	stats: { method: 'GET', path: '/jobs/stats?report=1', as: asOwner },
	job: { method: 'GET', path: '/jobs/JOB', as: asOwner },
	preview: { method: 'GET', path: '/jobs/JOB/preview', as: asOwner },
	export: { method: 'GET', path: '/jobs/export?format=csv', as: asOwner },
	status: { method: 'PATCH', path: '/jobs/JOB', as: asOwner, body: { status: 'failed', reason: 'x' } },
	retry: { method: 'POST', path: '/jobs/JOB/retry', as: asOwner, body: {} },
	refund: { method: 'POST', path: '/jobs/JOB/refunds', as: asOwner, body: { amount: '1.00' } },
	refresh: { method: 'POST', path: '/jobs/JOB/refresh', as: asOwner },
	batch: {
		method: 'POST',
		path: '/jobs/batch',
		as: asOwner,
		body: { action: 'refresh', ids: [ 'JOB' ], dry_run: true },
	},
	settings: { method: 'POST', path: '/settings', as: asOwner, body: { input_type: 'anime' } },
	connection: { method: 'GET', path: '/connection', as: asOwner },
	offers: { method: 'GET', path: '/offers?attachment_id=1&post_id=1' },
	'checkout’s status': { method: 'GET', path: '/checkouts/JOB?key=x' },
	click: { method: 'POST', path: '/clicks', body: { attachment_id: 1, post_id: 1 } },
	download: { method: 'GET', path: `/download/${ 'x'.repeat( 43 ) }` },
	sync: {
		method: 'POST',
		path: '/bridge/sync',
		as: asBridge,
		body: { hints: [], reports: [], want: { submit: 1, other: 1 } },
	},
};

before( async () => {
	await mkdir( join( plugin, '..' ), { recursive: true } );
	await copyFile( join( import.meta.dirname, 'support/lost-database.php' ), plugin );
} );

after( async () => {
	await fetch( `${ url }/?smi_test_world=0` );
	await rm( plugin, { force: true } );
} );

async function newJob(): Promise< string > {
	const answer = await fetch( `${ url }/?smi_test_world=1` );
	return ( ( await answer.json() ) as { job: string } ).job;
}

async function ask( { method, path, as, body }: Request, job: string, faults: Record< string, string > ) {
	const fill = ( text: string ) => text.replaceAll( 'JOB', job );
	// Where the REST API is closed to them, buyers go in by the side door.
	const isClosed = process.env.SMI_NEIGHBOUR === 'hostile' && as === undefined;
	const address = isClosed ? `/?smi-api=${ path.replace( '?', '&' ) }` : `/wp-json/smi/v1${ path }`;
	const answer = await fetch( url + fill( address ), {
		method,
		headers: {
			Accept: 'application/json',
			...( body ? { 'Content-Type': 'application/json' } : {} ),
			...as,
			...faults,
		},
		...( body ? { body: fill( JSON.stringify( body ) ) } : {} ),
	} );
	return { answer, text: await answer.text() };
}

function assertItSays( { answer, text }: Awaited< ReturnType< typeof ask > >, when: string ) {
	assert.notEqual( answer.status, 500, `${ when }: ${ text }` );
	if ( answer.status === 503 ) {
		const { code, message } = JSON.parse( text ) as { code: string; message: string };
		assert.ok( [ 'smi_database_unavailable', 'smi_channel_busy' ].includes( code ), `${ when }: ${ text }` );
		assert.ok( message );
		assert.match( answer.headers.get( 'Retry-After' ) ?? '', /^\d+$/, when );
	}
}

for ( const [ name, request ] of Object.entries( REQUESTS ) ) {
	test( `${ name }: a connection lost in the middle is no page in HTML`, async () => {
		const usual = ( await ask( request, await newJob(), {} ) ).answer.status;
		assert.ok( usual < 500, `${ name }: ${ usual }` );
		let killed = 0;
		for ( const at of [ '1', '2', '3', '5', '8', '12', '17', '23', 'commit' ] ) {
			const heard = await ask( request, await newJob(), { 'X-Test-Kill': at } );
			if ( ! heard.answer.headers.get( 'X-Test-Killed' ) ) {
				continue;
			}
			killed++;
			assertItSays( heard, `${ name }, killed at ${ at }` );
			assert.ok(
				[ usual, 503 ].includes( heard.answer.status ),
				`${ name }, killed at ${ at }: ${ heard.answer.status }`
			);
		}
		assert.ok( killed > 0, 'Nothing was killed: the test proves nothing.' );
	} );
}

const skipNeighbours = notBesideHostile( 'the neighbour’s own statement ends the request with WordPress’s page' );

for ( const name of [ 'list', 'refund', 'offers', 'sync' ] ) {
	test( `${ name }: a database that stays away is a 503 with Retry-After`, { skip: skipNeighbours }, async () => {
		const heard = await ask( REQUESTS[ name ]!, await newJob(), { 'X-Test-Kill': '2', 'X-Test-Away': '1' } );
		assert.equal( heard.answer.status, 503, heard.text );
		assertItSays( heard, name );
	} );
}
