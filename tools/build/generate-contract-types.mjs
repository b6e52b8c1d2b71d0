/**
 * Writes the TypeScript types of plugin/contracts/*.schema.json, the same file for the two parts that need them,
 * since those two share nothing else. With `--check` it writes nothing and fails where a file is not what it
 * would have written.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );
const SUFFIX = '.schema.json';

export const CONTRACTS = join( ROOT, 'plugin/contracts' );
export const TARGETS = [
	join( ROOT, 'admin-src/api/contracts.generated.ts' ),
	join( ROOT, 'bridge/src/contracts.generated.ts' ),
];

const BANNER = `/**
 * Types of the messages between the parts.
 *
 * Generated from plugin/contracts by \`npm run contracts\`; do not edit.
 */`;

/**
 * The types of every schema in a folder; each is named by its title.
 *
 * @param {string} folder Folder of schemas that may refer to each other by file name.
 * @return {Promise<string>} TypeScript.
 */
export async function contractTypes( folder = CONTRACTS ) {
	const names = ( await readdir( folder ) ).filter( ( name ) => name.endsWith( SUFFIX ) ).sort();
	const titles = await Promise.all( names.map( ( name ) => titleOf( folder, name ) ) );
	refuseDoubles( titles );
	// One schema that holds all others: a type that several use is then written once.
	const all = {
		title: 'AllContracts',
		description: 'Every contract, by the name of its file.',
		type: 'object',
		properties: Object.fromEntries( names.map( ( name ) => [ name.slice( 0, -SUFFIX.length ), { $ref: name } ] ) ),
		required: names.map( ( name ) => name.slice( 0, -SUFFIX.length ) ),
		additionalProperties: false,
	};
	return compile( all, 'AllContracts', {
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
	const wanted = await contractTypes();
	const check = process.argv.includes( '--check' );
	for ( const target of TARGETS ) {
		const there = await readFile( target, 'utf8' ).catch( () => '' );
		if ( there === wanted ) {
			continue;
		}
		if ( check ) {
			console.error(
				`${ target.slice( ROOT.length ) } is not what plugin/contracts says. Run: npm run contracts`
			);
			process.exitCode = 1;
			continue;
		}
		await mkdir( dirname( target ), { recursive: true } );
		await writeFile( target, wanted );
		console.log( `Wrote ${ target.slice( ROOT.length ) }` );
	}
}

if ( import.meta.url === pathToFileURL( process.argv[ 1 ] ?? '' ).href ) {
	await main();
}
