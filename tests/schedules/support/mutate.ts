/** Takes each rule away in a copy of the tree, and sees which seed notices. By hand: it takes a while. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../../../tools/native/root.ts';
import { MUTATIONS, type Mutation } from '../mutations.ts';

const PARTS = [ 'plugin', 'bridge', 'tools', 'tests', 'languages' ];
const FILES = [
	'sell-my-images.php',
	'uninstall.php',
	'readme.txt',
	'package.json',
	'tsconfig.base.json',
	'tsconfig.json',
	'tsconfig.node.json',
];

async function copyTree(): Promise< string > {
	const dir = await mkdtemp( join( tmpdir(), 'smi-mutation-' ) );
	const isOurs = ( path: string ) => ! path.includes( 'node_modules' );
	for ( const part of [ ...PARTS, ...FILES ] ) {
		await cp( join( REPOSITORY, part ), join( dir, part ), { recursive: true, filter: isOurs } );
	}
	await symlink( join( REPOSITORY, 'node_modules' ), join( dir, 'node_modules' ) );
	await symlink( join( REPOSITORY, 'bridge/node_modules' ), join( dir, 'bridge/node_modules' ) ).catch( () => {} );
	return dir;
}

async function apply( dir: string, { name, edits }: Mutation ): Promise< void > {
	for ( const { file, search, replace } of edits ) {
		const text = await readFile( join( dir, file ), 'utf8' );
		if ( text.split( search ).length !== 2 ) {
			throw new Error( `${ name }: ${ file } does not hold once: ${ search }` );
		}
		await writeFile(
			join( dir, file ),
			text.replace( search, () => replace )
		);
	}
}

function run( dir: string, args: string[] ): Promise< string > {
	return new Promise( ( done ) => {
		const child = spawn(
			process.execPath,
			[ '--import', 'tsx', 'tests/schedules/cli.ts', '--stop-at-first', '--workers=1', ...args ],
			{
				cwd: dir,
			}
		);
		process.once( 'exit', () => child.kill() );
		let text = '';
		child.stdout.on( 'data', ( part: Buffer ) => ( text += part.toString() ) );
		child.stderr.on( 'data', ( part: Buffer ) => ( text += part.toString() ) );
		child.on( 'close', () => done( text ) );
	} );
}

async function caughtBy( mutation: Mutation, args: string[] ): Promise< string > {
	const dir = await copyTree();
	try {
		await apply( dir, mutation );
		const text = await run( dir, [ `--theme=${ mutation.theme }`, ...args ] );
		const found = /^seed (\d+): BROKEN\n\s+(.*)$/m.exec( text );
		if ( found === null && ! /"seeds":/.test( text ) ) {
			return `did not run: ${ text.slice( -500 ) }`;
		}
		return found === null
			? 'not caught'
			: `--theme ${ mutation.theme } --seed ${ found[ 1 ] }: ${ found[ 2 ]?.split( ': job' )[ 0 ] }`;
	} finally {
		await rm( dir, { recursive: true, force: true } );
	}
}

/** @return Whether each was caught, or another rule stands in for it. */
export async function tryMutations( names: string, args: string[] ): Promise< boolean > {
	let isGood = true;
	const wanted = MUTATIONS.filter( ( { name } ) => names === 'all' || names.split( ',' ).includes( name ) );
	for ( const mutation of wanted ) {
		const verdict = await caughtBy( mutation, args );
		isGood &&= verdict.startsWith( '--theme' ) || mutation.standsIn !== undefined;
		console.log(
			`${ mutation.name } | ${ mutation.rule } | ${ verdict }${ mutation.standsIn ? ` (${ mutation.standsIn })` : '' }`
		);
	}
	return isGood;
}
