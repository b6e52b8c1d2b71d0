/** bridge/Dockerfile, step by step, in a temporary folder: what goes in, what comes out, and that it runs. */
import assert from 'node:assert/strict';
import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, imageEnvironment } from './support/build.ts';
import { copyContext, isTaken, readRules } from './support/context.ts';
import { environmentOf, lastOf, readDockerfile, type Stage } from './support/dockerfile.ts';

const ROOT = fileURLToPath( new URL( '../../', import.meta.url ) );
const PLANTED = 'sk_live_planted_where_the_guide_says';
const ENV_FILE = `STRIPE_SECRET_KEY=${ PLANTED }\n`;
/** What lies around in a real checkout, each with the key in it. */
const AROUND = [
	'.env',
	'bridge/.env',
	'bridge/.env.production',
	'bridge/src/.env',
	'bridge/dist/old.js',
	'.git/config',
	'.sandbox/state.json',
	'node_modules/react/index.js',
	'bridge/node_modules/x/index.js',
	'tests/bridge/x.test.ts',
	'tools/x.mjs',
	'plugin/x.php',
];

let folder = '';
let stages: Stage[] = [];
let taken: string[] = [];
let roots: Record< string, string > = {};
let env: Record< string, string > = {};

before( async () => {
	folder = await mkdtemp( join( tmpdir(), 'smi-container-' ) );
	const checkout = join( folder, 'checkout' );
	for ( const path of [ '.dockerignore', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'README.md' ] ) {
		await cp( join( ROOT, path ), join( checkout, path ) );
	}
	for ( const path of [ 'package.json', 'tsconfig.json', 'src', 'Dockerfile', '.env.example' ] ) {
		await cp( join( ROOT, 'bridge', path ), join( checkout, 'bridge', path ), { recursive: true } );
	}
	for ( const path of AROUND ) {
		await mkdir( dirname( join( checkout, path ) ), { recursive: true } );
		await writeFile( join( checkout, path ), ENV_FILE );
	}
	stages = readDockerfile( await readFile( join( ROOT, 'bridge/Dockerfile' ), 'utf8' ) );
	taken = await copyContext( checkout, join( folder, 'context' ) );
	env = await imageEnvironment( folder );
	roots = await build( stages, join( folder, 'context' ), join( folder, 'stages' ), env );
} );

after( () => rm( folder, { recursive: true, force: true } ) );

test( 'the rules of .dockerignore are read as Docker reads them', () => {
	const rules = readRules( '# no\n*\n!a\na/*\n!a/b\n**/.env*\n' );
	const of = ( ...paths: string[] ) => paths.map( ( path ) => isTaken( path, rules ) );
	assert.deepEqual( of( 'x', 'a/c', 'a/c/d', 'c/a/b' ), [ false, false, false, false ] );
	assert.deepEqual( of( 'a', 'a/b', 'a/b/c/d' ), [ true, true, true ] );
	assert.deepEqual( of( '.env', 'a/b/.env', 'a/b/.env.live', 'a/b/c/.env' ), [ false, false, false, false ] );
} );

test( 'only the bridge’s own source and the lock go into the context', () => {
	const others = taken.filter( ( path ) => ! path.startsWith( 'bridge/src/' ) );
	assert.deepEqual( others, [
		'bridge/package.json',
		'bridge/tsconfig.json',
		'package-lock.json',
		'package.json',
		'tsconfig.base.json',
	] );
	assert.ok( taken.includes( 'bridge/src/cli.ts' ) );
} );

test( 'a key that lies in bridge/.env is in no stage', async () => {
	const found: string[] = [];
	for ( const root of [ join( folder, 'context' ), ...Object.values( roots ) ] ) {
		for ( const file of await filesIn( root ) ) {
			if ( /(^|\/)\.env/.test( file ) || ( await readFile( file ) ).includes( PLANTED ) ) {
				found.push( file );
			}
		}
	}
	assert.deepEqual( found, [] );
} );

test( 'every stage stands on Node 24', () => {
	assert.deepEqual(
		stages.map( ( { image } ) => image ),
		[ 'node:24-bookworm-slim', 'node:24-bookworm-slim' ]
	);
} );

test( 'the image holds the bridge, what it needs, and nothing of the rest', async () => {
	const app = join( String( roots[ 'image' ] ), 'app' );
	assert.deepEqual( await readdir( app ), [ 'bridge', 'node_modules' ] );
	assert.deepEqual( ( await readdir( join( app, 'bridge' ) ) ).sort(), [ 'dist', 'node_modules', 'package.json' ] );
	assert.deepEqual( await unneeded( app ), [] );
} );

test( 'the image runs, is healthy, and stops when it is told to', async () => {
	const image = stages.at( -1 ) as Stage;
	assert.equal( lastOf( image, 'STOPSIGNAL' ), 'SIGTERM' );
	assert.equal( lastOf( image, 'USER' ), 'node' );
	const port = await freePort();
	const { child, output, runEnv } = start( image, port );
	try {
		await isHealthy( port, child, output );
		const [ program = '', ...args ] = JSON.parse( lastOf( image, 'HEALTHCHECK' ).replace( /^CMD /, '' ) );
		await promisify( execFile )( program, args, { env: runEnv } );
		child.kill( 'SIGTERM' );
		const [ code ] = await once( child, 'exit', { signal: AbortSignal.timeout( 10_000 ) } );
		assert.equal( code, 0, output() );
	} finally {
		child.kill( 'SIGKILL' );
	}
} );

function start( image: Stage, port: number ) {
	const app = join( String( roots[ 'image' ] ), lastOf( image, 'WORKDIR' ) );
	const [ program = '', ...args ] = JSON.parse( lastOf( image, 'CMD' ) ) as string[];
	assert.equal( environmentOf( image )[ 'HOST' ], '0.0.0.0' );
	const runEnv = {
		...env,
		...environmentOf( image ),
		HOST: '127.0.0.1',
		PORT: String( port ),
		// Nobody is there: the container starts all the same, and says so.
		SMI_SITE: 'http://key:a-secret@127.0.0.1:9/?rest=/wp-json/',
		STRIPE_SECRET_KEY: 'sk_test_container',
		STRIPE_WEBHOOK_SECRET: 'whsec_container',
		UPSAMPLER_API_KEY: 'key',
	};
	let said = '';
	const child = spawn( program, args, { cwd: app, env: runEnv } );
	child.stdout.on( 'data', ( chunk ) => ( said += chunk ) );
	child.stderr.on( 'data', ( chunk ) => ( said += chunk ) );
	return { child, runEnv, output: () => said };
}

async function isHealthy( port: number, child: ChildProcess, output: () => string ): Promise< void > {
	for ( let tries = 0; tries < 200 && child.exitCode === null; tries++ ) {
		const answer = await fetch( `http://127.0.0.1:${ port }/healthz` ).catch( () => null );
		if ( answer?.status === 200 ) {
			return;
		}
		await sleep( 100 );
	}
	assert.fail( `It is not healthy.\n${ output() }` );
}

async function freePort(): Promise< number > {
	const server = createServer().listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	const { port } = server.address() as { port: number };
	server.close();
	await once( server, 'close' );
	return port;
}

async function filesIn( root: string ): Promise< string[] > {
	const all = await readdir( root, { recursive: true, withFileTypes: true } );
	return all.filter( ( entry ) => entry.isFile() ).map( ( entry ) => join( entry.parentPath, entry.name ) );
}

/** Packages at the top that the bridge reaches by no chain of dependencies, as the lock has them. */
async function unneeded( app: string ): Promise< string[] > {
	const { packages } = JSON.parse( await readFile( join( ROOT, 'package-lock.json' ), 'utf8' ) );
	const needed = new Set( [ '@sell-my-images/bridge' ] );
	const walk = ( { dependencies = {}, optionalDependencies = {} }: Record< string, object > ): void => {
		for ( const name of Object.keys( { ...dependencies, ...optionalDependencies } ) ) {
			if ( ! needed.has( name ) ) {
				needed.add( name );
				walk( packages[ `node_modules/${ name }` ] ?? {} );
			}
		}
	};
	walk( packages.bridge );
	const modules = join( app, 'node_modules' );
	const all = await readdir( modules, { recursive: true } );
	return all.filter( ( path ) => /^(@[^/]+\/)?[^/@.][^/]*$/.test( path ) && ! needed.has( path ) );
}
