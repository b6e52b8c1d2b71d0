import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

const ROOT = join( import.meta.dirname, '../..' );

interface Violation {
	from: string;
	to: string;
	rule: { name: string };
}

let folder = '';

before( async () => {
	folder = await mkdtemp( join( tmpdir(), 'smi-layers-' ) );
	for ( const path of [
		'bridge/src',
		'bridge/package.json',
		'package.json',
		'.dependency-cruiser.cjs',
		'tsconfig.node.json',
		'tsconfig.base.json',
		'tools/build/bridge-layers.cjs',
	] ) {
		await cp( join( ROOT, path ), join( folder, path ), { recursive: true } );
	}
	await symlink( join( ROOT, 'node_modules' ), join( folder, 'node_modules' ) );
} );

after( () => rm( folder, { recursive: true, force: true } ) );

/** What the rules say about the bridge with some files of a test's own in it. */
async function violations( planted: Record< string, string > = {} ): Promise< Violation[] > {
	for ( const [ path, text ] of Object.entries( planted ) ) {
		await mkdir( dirname( join( folder, 'bridge/src', path ) ), { recursive: true } );
		await writeFile( join( folder, 'bridge/src', path ), text );
	}
	try {
		const { summary } = JSON.parse( await cruise() ) as {
			summary: { violations: Violation[]; totalCruised: number };
		};
		assert.ok( summary.totalCruised > 60 );
		return summary.violations;
	} finally {
		for ( const path of Object.keys( planted ) ) {
			await rm( join( folder, 'bridge/src', path ) );
			await cp( join( ROOT, 'bridge/src', path ), join( folder, 'bridge/src', path ) ).catch( () => {} );
		}
	}
}

function cruise(): Promise< string > {
	const program = join( ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs' );
	const args = [ program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'bridge/src' ];
	return new Promise( ( done ) =>
		// It ends with a code when it found something; what it found is what is asked for.
		execFile( process.execPath, args, { cwd: folder, maxBuffer: 50_000_000 }, ( _error, stdout ) => done( stdout ) )
	);
}

const named = ( list: Violation[] ) =>
	list.map( ( { from, to, rule } ) => `${ rule.name }: ${ from } > ${ to }`.replaceAll( 'bridge/src/', '' ) ).sort();

test( 'the bridge keeps its floors', async () => {
	assert.deepEqual( named( await violations() ), [] );
} );

test( 'a circle of folders is refused, also one by types alone and one through a new file', async () => {
	const found = await violations( {
		'stripe/planted.ts': "import type { Context } from '../commands/context.ts';\nexport type Planted = Context;\n",
		'commands/planted.ts': "import { backoff } from '../sync/backoff.ts';\nexport const planted = backoff;\n",
		'sync/planted.ts': "import { commands } from '../routes/commands.ts';\nexport const planted = commands;\n",
	} );
	assert.deepEqual( named( found ), [
		'bridge-floor-commands: commands/planted.ts > sync/backoff.ts',
		'bridge-floor-stripe-upsampler-wordpress: stripe/planted.ts > commands/context.ts',
		'bridge-floor-sync: sync/planted.ts > routes/commands.ts',
	] );
} );

test( 'neighbours, the ground, the wiring and a folder without a floor are looked at too', async () => {
	const uses = ( path: string ) => `import * as used from '${ path }';\nexport const planted = used;\n`;
	const found = await violations( {
		'upsampler/planted.ts': uses( '../stripe/read.ts' ),
		'planted.ts': uses( './stripe/read.ts' ),
		'results/planted.ts': uses( '../server.ts' ),
		'extras/planted.ts': uses( '../version.ts' ),
		'commands/planted.ts': uses( '../upsampler/client.ts' ),
	} );
	assert.deepEqual(
		found
			.map( ( { rule } ) => rule.name )
			.filter( ( name ) => name.startsWith( 'bridge-' ) )
			.sort(),
		[
			'bridge-folders-have-a-floor',
			'bridge-ground',
			'bridge-neighbours-stripe-upsampler-wordpress',
			'bridge-upscaler-is-a-port',
			'bridge-wiring-is-last',
		]
	);
} );
