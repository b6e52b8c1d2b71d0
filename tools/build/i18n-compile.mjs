/**
 * Makes of languages/*.po what WordPress reads: a PHP file per language for PHP, and a JSON file per script. They are
 * not in the repository: the build and the zip make them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DATAVIEWS_REFERENCE, DOMAIN, read } from './i18n-catalog.mjs';
import { filesBelow } from './lanes.mjs';

/**
 * Handles of scripts, and where their strings come from. WordPress loads translations for the script that it loads
 * itself, so a handle has the strings of its chunks as well.
 */
export const SCRIPTS = {
	'smi-jobs': [ 'admin-src/jobs/', 'admin-src/shared/', 'admin-src/api/', DATAVIEWS_REFERENCE ],
	'smi-settings': [ 'admin-src/settings/', 'admin-src/shared/', 'admin-src/api/' ],
	'smi-commands': [ 'admin-src/commands/', 'admin-src/shared/', 'admin-src/api/' ],
};

/**
 * Writes all compiled files.
 *
 * @param {string} root The repository.
 * @return {string[]} Their paths.
 */
export function compileLanguages( root ) {
	return filesBelow( join( root, 'languages' ), '.po' ).flatMap( ( path ) => {
		const language = compiledFiles( readFileSync( path, 'utf8' ), basename( path, '.po' ) );
		return Object.entries( language ).map( ( [ name, contents ] ) => {
			const target = join( root, 'languages', name );
			writeFileSync( target, contents );
			return target;
		} );
	} );
}

/**
 * The compiled files of a language.
 *
 * @param {string} language The .po file.
 * @param {string} name     Its name without ending, such as `sell-my-images-de_DE`.
 * @return {Record<string, string>} Contents by file name.
 */
export function compiledFiles( language, name ) {
	const { headers, translations } = read( language );
	const said = [ ...translations ].filter( ( [ , { msgstr } ] ) => msgstr.some( Boolean ) );
	const from = ( places ) =>
		said.filter( ( [ , { references } ] ) =>
			references.some( ( at ) => places.some( ( place ) => at.startsWith( place ) ) )
		);
	const inPhp = said.filter( ( [ , { references } ] ) => references.some( ( at ) => at.endsWith( '.php' ) ) );
	return {
		[ `${ name }.l10n.php` ]: phpFile( headers, inPhp ),
		...Object.fromEntries(
			Object.entries( SCRIPTS ).map( ( [ handle, places ] ) => [
				`${ name }-${ handle }.json`,
				jsonFile( headers, from( places ) ),
			] )
		),
	};
}

function phpFile( headers, entries ) {
	const messages = entries.map(
		( [ key, { msgstr } ] ) => `\t\t${ phpText( key ) } => ${ phpText( msgstr.join( '\0' ) ) },`
	);
	return `<?php
return array(
	'domain'       => '${ DOMAIN }',
	'plural-forms' => ${ phpText( headers[ 'Plural-Forms' ] ?? '' ) },
	'language'     => ${ phpText( headers.Language ?? '' ) },
	'messages'     => array(
${ messages.join( '\n' ) }
	),
);
`;
}

/** PHP's own escapes; a NUL between plural forms and gettext's EOT must survive every editor. */
const phpText = ( text ) =>
	`"${ text
		.replace( /[\\"$]/g, '\\$&' )
		.replaceAll( '\n', '\\n' )
		.replaceAll( '\0', '\\0' )
		.replaceAll( '\u0004', '\\x04' ) }"`;

function jsonFile( headers, entries ) {
	const about = {
		domain: DOMAIN,
		lang: headers.Language ?? '',
		'plural-forms': headers[ 'Plural-Forms' ] ?? '',
	};
	const words = Object.fromEntries( entries.map( ( [ key, { msgstr } ] ) => [ key, msgstr ] ) );
	return JSON.stringify( { domain: DOMAIN, locale_data: { [ DOMAIN ]: { '': about, ...words } } } );
}
