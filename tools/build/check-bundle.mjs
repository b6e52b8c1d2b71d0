/**
 * Holds the built scripts to their budget: what the Jobs screen loads at once stays below 360 kB gzipped, and
 * nothing asks WordPress for a script that 6.8 does not have.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { filesBelow } from './lanes.mjs';

const BUILD = fileURLToPath( new URL( '../../build', import.meta.url ) );
const KB = 1000;

const BUDGETS = {
	'jobs/index.js': 360 * KB,
	// Loaded when they are opened; the report brings the charts along.
	'jobs/report.js': 140 * KB,
	'jobs/export.js': 15 * KB,
	'settings/index.js': 360 * KB,
	'blocks/buy-button/view.js': 15 * KB,
};

// Handles of scripts that WordPress 6.8 does not know; a script that asks for one never loads there.
const NOT_IN_6_8 = [ 'wp-theme', 'wp-ui', 'wp-dataviews', 'wp-views' ];
// A visitor's page must not load React for one button.
const FOR_EDITORS_ONLY = [ 'react', 'react-dom', 'react-jsx-runtime', 'wp-element', 'wp-components' ];

/**
 * What is wrong with the built scripts.
 *
 * @param {string} folder Folder of the build.
 * @return {{passed: string[], problems: string[]}} A sentence for each check.
 */
export function checkBundle( folder = BUILD ) {
	const checks = [
		...Object.entries( BUDGETS ).map( ( [ name, limit ] ) => checkSize( folder, name, limit ) ),
		...filesBelow( folder, '.asset.php' ).map( ( file ) => checkDependencies( folder, file ) ),
		checkStyles( folder ),
	];
	return {
		passed: checks.filter( ( { fine } ) => fine ).map( ( { text } ) => text ),
		problems: checks.filter( ( { fine } ) => ! fine ).map( ( { text } ) => text ),
	};
}

function checkSize( folder, name, limit ) {
	const path = join( folder, name );
	if ( ! existsSync( path ) ) {
		return { fine: false, text: `${ name } was not built.` };
	}
	const source = readFileSync( path );
	if ( source.includes( 'sourceMappingURL=data:' ) ) {
		return { fine: false, text: `${ name } carries source maps inside.` };
	}
	const size = gzipSync( source ).length;
	const text = `${ name }: ${ ( size / KB ).toFixed( 1 ) } kB gzipped of ${ limit / KB }`;
	return { fine: size <= limit, text };
}

function checkDependencies( folder, file ) {
	const name = file.slice( folder.length + 1 );
	const list = readFileSync( file, 'utf8' ).match( /'dependencies' => array\(([^)]*)\)/ )?.[ 1 ] ?? '';
	const handles = [ ...list.matchAll( /'([^']+)'/g ) ].map( ( match ) => match[ 1 ] );
	const refused = name.endsWith( 'view.asset.php' ) ? [ ...NOT_IN_6_8, ...FOR_EDITORS_ONLY ] : NOT_IN_6_8;
	const wrong = handles.filter( ( handle ) => refused.includes( handle ) );
	return wrong.length
		? { fine: false, text: `${ name } asks for ${ wrong.join( ', ' ) }.` }
		: { fine: true, text: `${ name } asks for nothing that is not there.` };
}

function checkStyles( folder ) {
	const missing = filesBelow( folder, '.css' )
		.filter( ( file ) => ! file.endsWith( '-rtl.css' ) )
		.filter( ( file ) => ! existsSync( file.replace( /\.css$/, '-rtl.css' ) ) )
		.map( ( file ) => file.slice( dirname( folder ).length + 1 ) );
	return missing.length
		? { fine: false, text: `No right-to-left style for ${ missing.join( ', ' ) }.` }
		: { fine: true, text: 'Every style has its right-to-left twin.' };
}

if ( import.meta.url === pathToFileURL( process.argv[ 1 ] ?? '' ).href ) {
	const { passed, problems } = checkBundle();
	passed.forEach( ( text ) => console.log( text ) );
	problems.forEach( ( text ) => console.error( text ) );
	console.log( `${ passed.length } passed, ${ problems.length } failed` );
	process.exitCode = problems.length ? 1 : 0;
}
