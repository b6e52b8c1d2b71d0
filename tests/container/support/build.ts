/** Builds a Dockerfile's stages into folders, with nothing but Node 24, npm and a shell: no engine is needed. */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { node24 } from '../../../tools/build/node-24.mjs';
import { lastOf, type Stage, type Step } from './dockerfile.ts';

const run = promisify( execFile );
const TIMEOUT_MS = 110_000;
/** How this machine reaches the registry: certificates and proxies. */
const WAY_OUT = /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|(https?|no)_proxy|npm_config_registry)$/i;

/** The environment of an image: a path with node and npm, a home without anything, npm's own settings of this machine. */
export async function imageEnvironment( folder: string ): Promise< Record< string, string > > {
	const bin = join( folder, 'bin' );
	const npm = await npmFolder();
	await mkdir( bin, { recursive: true } );
	await mkdir( join( folder, 'home' ), { recursive: true } );
	await script( join( bin, 'node' ), `exec '${ await node24() }' "$@"` );
	for ( const name of [ 'npm', 'npx' ] ) {
		await script(
			join( bin, name ),
			`exec '${ join( bin, 'node' ) }' '${ join( npm, `${ name }-cli.js` ) }' "$@"`
		);
	}
	const wayOut = Object.entries( process.env ).filter( ( [ name ] ) => WAY_OUT.test( name ) );
	return {
		...( Object.fromEntries( wayOut ) as Record< string, string > ),
		PATH: `${ bin }:/usr/bin:/bin`,
		HOME: join( folder, 'home' ),
		npm_config_cache: ( await run( 'npm', [ 'config', 'get', 'cache' ] ) ).stdout.trim(),
		npm_config_userconfig: join( homedir(), '.npmrc' ),
	};
}

/** Runs every step; where each stage's files then lie, by its name. The last one is called `image`. */
export async function build(
	stages: Stage[],
	context: string,
	folder: string,
	env: Record< string, string >
): Promise< Record< string, string > > {
	const roots: Record< string, string > = {};
	for ( const [ at, stage ] of stages.entries() ) {
		const name = at === stages.length - 1 ? 'image' : stage.name;
		const root = join( folder, name );
		const work = join( root, lastOf( stage, 'WORKDIR' ) );
		await mkdir( work, { recursive: true } );
		roots[ name ] = root;
		for ( const step of stage.steps ) {
			if ( step.word === 'RUN' ) {
				await run( 'sh', [ '-c', step.rest ], { cwd: work, env, timeout: TIMEOUT_MS } );
			} else if ( step.word === 'COPY' ) {
				await copy( step, step.flags[ 'from' ] ? String( roots[ step.flags[ 'from' ] ] ) : context, work );
			}
		}
	}
	return roots;
}

/** COPY: the contents of a folder, or files into a folder. */
async function copy( { rest }: Step, from: string, work: string ): Promise< void > {
	const paths = rest.split( /\s+/ );
	const target = paths.pop() ?? '.';
	for ( const path of paths ) {
		const source = join( from, path );
		const isFile = ( await stat( source ) ).isFile();
		const isInto = target.endsWith( '/' ) || target === '.';
		const to = isFile && isInto ? join( work, target, String( path.split( '/' ).at( -1 ) ) ) : join( work, target );
		await mkdir( dirname( to ), { recursive: true } );
		await cp( source, to, { recursive: true, verbatimSymlinks: true } );
	}
}

async function npmFolder(): Promise< string > {
	const { stdout } = await run( 'sh', [ '-c', 'readlink -f "$(command -v npm)"' ] );
	return dirname( stdout.trim() );
}

async function script( file: string, body: string ): Promise< void > {
	await writeFile( file, `#!/bin/sh\n${ body }\n` );
	await chmod( file, 0o755 );
}
