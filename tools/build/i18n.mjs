/**
 * `npm run i18n`: writes languages/sell-my-images.pot from the code, brings each language up to it and compiles them.
 *
 *   --check    writes nothing; fails when the template or a language is not what the code needs
 *   --compile  only makes what WordPress reads, from the languages as they are
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DOMAIN, merged, potOf, problemsOf, versionIn } from './i18n-catalog.mjs';
import { compileLanguages } from './i18n-compile.mjs';
import { extractMessages } from './i18n-extract.mjs';
import { filesBelow } from './lanes.mjs';

const ROOT = fileURLToPath( new URL( '../..', import.meta.url ) );
const POT = join( ROOT, 'languages', `${ DOMAIN }.pot` );

const languages = () => filesBelow( join( ROOT, 'languages' ), '.po' );

const textOf = ( path ) => readFileSync( path, 'utf8' );

/**
 * What is not as the code needs it.
 *
 * @return {string[]} Sentences.
 */
export function check() {
	const messages = extractMessages( ROOT );
	const stale =
		textOf( POT ) !== pot( messages ) ? [ 'The template is not what the code says. Run: npm run i18n' ] : [];
	const broken = languages().flatMap( ( path ) =>
		problemsOf( messages, textOf( path ) ).map( ( problem ) => `${ relative( ROOT, path ) }: ${ problem }` )
	);
	return [ ...stale, ...broken ];
}

function write() {
	const messages = extractMessages( ROOT );
	writeFileSync( POT, pot( messages ) );
	languages().forEach( ( path ) => writeFileSync( path, merged( messages, textOf( path ) ) ) );
	return messages.length;
}

const pot = ( messages ) => potOf( messages, versionIn( join( ROOT, `${ DOMAIN }.php` ) ) );

function say( problems ) {
	problems.forEach( ( problem ) => console.error( problem ) );
	process.exitCode = problems.length ? 1 : 0;
}

function run( how ) {
	if ( how === '--check' ) {
		return say( check() );
	}
	if ( how !== '--compile' ) {
		console.log( `${ write() } strings` );
		say( check() );
	}
	compileLanguages( ROOT ).forEach( ( path ) => console.log( relative( ROOT, path ) ) );
}

if ( import.meta.url === pathToFileURL( process.argv[ 1 ] ?? '' ).href ) {
	run( process.argv[ 2 ] );
}
