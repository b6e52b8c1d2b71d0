/**
 * Writes the TypeScript types of plugin/contracts/*.schema.json for the two parts that need them, since those two
 * share nothing else: all for the screens, for the bridge those of bridge-contracts.mjs, with their checks. With
 * `--check` it writes nothing and fails where a file is not what it would have written.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import { contractChecks, RECEIVED, SENT } from './bridge-contracts.mjs';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );
const SUFFIX = '.schema.json';

export const CONTRACTS = join( ROOT, 'plugin/contracts' );

/** Each generated file, and what makes it. */
export const TARGETS = {
	'admin-src/api/contracts.generated.ts': () => contractTypes(),
	'bridge/src/contracts.generated.ts': () => contractTypes( CONTRACTS, [ ...SENT, ...RECEIVED ] ),
	'bridge/src/contracts-in.generated.ts': () => contractChecks( CONTRACTS ),
};

const BANNER = `/**
 * Types of the messages between the parts.
 *
 * Generated from plugin/contracts by \`npm run contracts\`; do not edit.
 */`;

/**
 * The types of the schemas in a folder, with those they refer to; each is named by its title.
 *
 * @param {string}   folder Folder of schemas that may refer to each other by file name.
 * @param {string[]} only   Names of files without their ending; all of them unless given.
 * @return {Promise<string>} TypeScript.
 */
export async function contractTypes( folder = CONTRACTS, only = [] ) {
	const all = ( await readdir( folder ) ).filter( ( name ) => name.endsWith( SUFFIX ) ).sort();
	refuseDoubles( await Promise.all( all.map( ( name ) => titleOf( folder, name ) ) ) );
	const names = only.length ? only.map( ( name ) => name + SUFFIX ).sort() : all;
	// One schema that holds all others: a type that several use is then written once.
	const one = {
		title: 'AllContracts',
		description: 'Every contract, by the name of its file.',
		type: 'object',
		properties: Object.fromEntries( names.map( ( name ) => [ name.slice( 0, -SUFFIX.length ), { $ref: name } ] ) ),
		required: names.map( ( name ) => name.slice( 0, -SUFFIX.length ) ),
		additionalProperties: false,
	};
	return compile( one, 'AllContracts', {
		cwd: `${ folder }/`,
		bannerComment: BANNER,
		// What a schema does not name is tolerated at run time, but nobody should use it.
		additionalProperties: false,
		style: { useTabs: true, tabWidth: 4, singleQuote: true },
	} );
}

async function titleOf( folder, name ) {
	const { title } = JSON.parse( await readFile( join( folder, name ), 'utf8' ) );
	if ( ! title ) {
		throw new Error( `${ name } has no title, so its type would have no name.` );
	}
	return title;
}

function refuseDoubles( titles ) {
	const double = titles.find( ( title, at ) => titles.indexOf( title ) !== at );
	if ( double ) {
		throw new Error( `Two schemas have the title ${ double }; types need names of their own.` );
	}
}

async function main() {
	const check = process.argv.includes( '--check' );
	for ( const [ target, make ] of Object.entries( TARGETS ) ) {
		const wanted = await make();
		const file = join( ROOT, target );
		if ( ( await readFile( file, 'utf8' ).catch( () => '' ) ) === wanted ) {
			continue;
		}
		if ( check ) {
			console.error( `${ target } is not what plugin/contracts says. Run: npm run contracts` );
			process.exitCode = 1;
			continue;
		}
		await mkdir( dirname( file ), { recursive: true } );
		await writeFile( file, wanted );
		console.log( `Wrote ${ target }` );
	}
}

if ( import.meta.url === pathToFileURL( process.argv[ 1 ] ?? '' ).href ) {
	await main();
}
