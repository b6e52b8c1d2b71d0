import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runChecks } from '../../bridge/src/check/run.ts';
import { World } from './support/world.ts';

let world: World;

before( async () => {
	world = await World.create();
} );
after( () => world.close() );

async function check( env: Record< string, string > = {} ): Promise< { code: number; text: string } > {
	const lines: string[] = [];
	const code = await runChecks( { ...world.env(), ...env }, ( line ) => void lines.push( line ) );
	return { code, text: lines.join( '\n' ) };
}

describe( 'smi-bridge check', () => {
	it( 'is content when everything works, and buys nothing', async () => {
		const { code, text } = await check( { BRIDGE_PUBLIC_URL: world.url } );
		assert.equal( code, 0, text );
		assert.doesNotMatch( text, /FAIL|WARN/ );
		const calls = [ ...( await world.calls( world.stripeUrl ) ), ...( await world.calls( world.upsamplerUrl ) ) ];
		assert.deepEqual( [ ...new Set( calls.map( ( { method } ) => method ) ) ], [ 'GET' ] );
	} );

	it( 'says how to mend each broken hop', async () => {
		await world.control( world.upsamplerUrl, '/faults', {
			match: { path: '/api/' },
			effect: { status: 401 },
			times: 1,
		} );
		const wrongSecret = world.wordpress.connectionString.replace( /:[^:@]+@/, ':wrong@' );
		const { code, text } = await check( {
			SMI_SITE: wrongSecret,
			STRIPE_API_BASE: 'http://127.0.0.1:1',
			BRIDGE_PUBLIC_URL: world.wordpress.url,
		} );
		assert.equal( code, 1 );
		for ( const part of [ 'WordPress', 'Stripe', 'Upsampler', 'Public address' ] ) {
			assert.match( text, new RegExp( `FAIL ${ part }: .*\\n {7}\\S` ) );
		}
	} );

	it( 'notices a password in front of the site', async () => {
		world.wordpress.isLocked = true;
		const { code, text } = await check();
		world.wordpress.isLocked = false;
		assert.match( text, /WARN Pictures: a password/ );
		assert.equal( code, 0, text );
	} );

	it( 'lists every mistake of the settings', async () => {
		const { code, text } = await check( { STRIPE_SECRET_KEY: '', UPSAMPLER_API_KEY: '' } );
		assert.equal( code, 1 );
		assert.match( text, /FAIL Settings: STRIPE_SECRET_KEY[^]*FAIL Settings: UPSAMPLER_API_KEY/ );
	} );
} );

describe( 'smi-bridge start', () => {
	it( 'says what is missing instead of starting', async () => {
		const cli = fileURLToPath( new URL( '../../bridge/src/cli.ts', import.meta.url ) );
		const env = { PATH: process.env[ 'PATH' ] ?? '' };
		const [ code, errors ] = await new Promise< [ number | undefined, string ] >( ( go ) => {
			const args = [ '--import', 'tsx', cli, 'start' ];
			const child = execFile( process.execPath, args, { env }, ( _error, _out, text ) =>
				go( [ child.exitCode ?? undefined, text ] )
			);
		} );
		assert.equal( code, 1 );
		assert.match( errors, /The bridge cannot start:\n- SMI_SITE is not set\./ );
	} );
} );
