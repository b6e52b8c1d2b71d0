import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sign } from '../../bridge/support/check-signature.ts';

// Who may send an attempt to the upscaler, asked over HTTP as the bridge asks, by many at once.
const url = process.env.SMI_URL ?? '';
const plugin = join( process.env.SMI_WP_DIR ?? '', 'wp-content/mu-plugins/turns.php' );

interface World {
	attempt: string;
	key: { id: string; secret: string };
	lease: number;
}

interface Asked {
	method?: string;
	query?: string;
	body?: unknown;
	/** What the signature says instead of the method. */
	signedAs?: string;
	headers?: Record< string, string >;
}

async function ask( { key }: Pick< World, 'key' >, path: string, asked: Asked ) {
	const { method = 'POST', query = '', body, signedAs = method, headers = {} } = asked;
	const bytes = Buffer.from( body === undefined ? '' : JSON.stringify( body ) );
	const route = `/smi/v1/bridge${ path }${ query }`;
	const answer = await fetch( `${ url }/wp-json${ route }`, {
		method,
		headers: {
			...sign( { method: signedAs, route, body: bytes }, key.id, key.secret ),
			...( body === undefined ? {} : { 'Content-Type': 'application/json' } ),
			...headers,
		},
		...( body === undefined ? {} : { body: bytes } ),
	} );
	const data = ( await answer.json() ) as { code?: string; state?: string; data?: { details?: { reason?: string } } };
	return `${ answer.status } ${ data.state ?? data.data?.details?.reason ?? data.code }`;
}

async function handedOut(): Promise< World > {
	const made = ( await ( await fetch( `${ url }/?smi_test_turn=1` ) ).json() ) as Omit< World, 'lease' >;
	const body = Buffer.from( JSON.stringify( { hints: [], reports: [], want: { submit: 4, other: 0 } } ) );
	const { key } = made;
	const answer = await fetch( `${ url }/wp-json/smi/v1/bridge/sync`, {
		method: 'POST',
		headers: {
			...sign( { method: 'POST', route: '/smi/v1/bridge/sync', body }, key.id, key.secret ),
			'Content-Type': 'application/json',
		},
		body,
	} );
	const { commands } = ( await answer.json() ) as { commands: { object: string; lease_no: number }[] };
	const command = commands.find( ( { object } ) => object === made.attempt );
	assert.ok( command, 'The submit was not handed out.' );
	return { ...made, lease: command.lease_no };
}

const begin = ( world: World, turn: string ) =>
	ask( world, `/attempts/${ world.attempt }/begin`, { body: { lease_no: world.lease, turn } } );

before( async () => {
	await mkdir( join( plugin, '..' ), { recursive: true } );
	await copyFile( join( import.meta.dirname, 'support/turns.php' ), plugin );
} );

after( async () => {
	await fetch( `${ url }/?smi_test_turn=0` );
	await rm( plugin, { force: true } );
} );

test( 'a hundred begins at once are a yes for one turn, each time it asks', async () => {
	const world = await handedOut();
	const turns = Array.from( { length: 20 }, () => randomUUID() );
	const asked = Array.from( { length: 100 }, ( _, n ) => turns[ n % 20 ] ?? '' );
	const heard = await Promise.all( asked.map( async ( turn ) => ( { turn, said: await begin( world, turn ) } ) ) );
	const yes = heard.filter( ( { said } ) => said === '200 sent' );
	assert.equal( new Set( yes.map( ( { turn } ) => turn ) ).size, 1, JSON.stringify( heard ) );
	assert.equal( yes.length, 5 );
	assert.deepEqual( [ ...new Set( heard.map( ( { said } ) => said ) ) ].sort(), [ '200 sent', '409 other_turn' ] );
} );

for ( const [ name, way ] of Object.entries( {
	'DELETE with a body': ( pair: object ) => ( { method: 'DELETE', body: pair } ),
	'DELETE with a query': ( pair: object ) => ( {
		method: 'DELETE',
		query: `?${ new URLSearchParams( pair as Record< string, string > ) }`,
	} ),
	'a POST that says DELETE': ( pair: object ) => ( {
		body: pair,
		signedAs: 'DELETE',
		headers: { 'X-HTTP-Method-Override': 'DELETE' },
	} ),
} ) as [ string, ( pair: object ) => Asked ][] ) {
	test( `a turn is given back by ${ name }, as often as it is said`, async () => {
		const world = await handedOut();
		const path = `/attempts/${ world.attempt }/begin`;
		assert.equal( await begin( world, 'mine' ), '200 sent' );
		assert.equal( await ask( world, path, way( { lease_no: world.lease, turn: 'other' } ) ), '409 other_turn' );
		assert.equal( await ask( world, path, way( { lease_no: world.lease, turn: 'mine' } ) ), '200 queued' );
		assert.equal( await ask( world, path, way( { lease_no: world.lease, turn: 'mine' } ) ), '200 queued' );
		assert.equal( await begin( world, 'mine' ), '409 given_back' );
		assert.equal( await begin( world, 'mine-again' ), '200 sent' );
	} );
}

test( 'nobody on the way makes a give-back of a begin', async () => {
	const world = await handedOut();
	const path = `/attempts/${ world.attempt }/begin`;
	const body = { lease_no: world.lease, turn: 'mine' };
	assert.equal( await begin( world, 'mine' ), '200 sent' );
	const headers = { 'X-HTTP-Method-Override': 'DELETE' };
	assert.equal( await ask( world, path, { body, headers } ), '401 smi_signature_mismatch' );
	assert.equal( await begin( world, 'mine' ), '200 sent' );
} );

test( 'what is no pair, or about no attempt, is refused in words', async () => {
	const world = await handedOut();
	const path = `/attempts/${ world.attempt }/begin`;
	for ( const body of [ {}, { lease_no: 1 }, { lease_no: 0, turn: 'a' }, { lease_no: 1, turn: 'a b' } ] ) {
		assert.equal( await ask( world, path, { body } ), '400 rest_invalid_param', JSON.stringify( body ) );
	}
	assert.equal( await ask( world, path, { method: 'DELETE' } ), '400 rest_invalid_param' );
	const body = { lease_no: 1, turn: 'a' };
	assert.equal( await ask( world, `/attempts/${ randomUUID() }/begin`, { body } ), '404 smi_attempt_not_found' );
	const unsigned = await fetch( `${ url }/wp-json/smi/v1/bridge${ path }`, {
		method: 'POST',
		body: JSON.stringify( body ),
	} );
	assert.equal( unsigned.status, 401 );
} );
