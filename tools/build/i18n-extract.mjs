/**
 * Finds the translatable strings of the plugin: in PHP, in TypeScript, and in the list component that is bundled (its
 * strings belong to WordPress's own domain, for which a site loads no translations of ours).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GettextExtractor, JsExtractors } from 'gettext-extractor';
import wpPot from 'wp-pot/dist/php-translation-parser.js';
import { DATAVIEWS_REFERENCE, DOMAIN, keyOf } from './i18n-catalog.mjs';
import { filesBelow } from './lanes.mjs';

const MAIN_FILE = `${ DOMAIN }.php`;
const HEADERS = [ 'Plugin Name', 'Description', 'Author' ];

/**
 * @typedef {import('./i18n-catalog.mjs').Message} Message
 */

/**
 * Every string, once per context, in the order of its context and words.
 *
 * @param {string} root The repository.
 * @return {Message[]} Strings.
 */
export function extractMessages( root ) {
	const found = [ ...fromPhp( root ), ...fromTypeScript( root ), ...fromDataViews( root ) ];
	const all = new Map();
	for ( const message of found ) {
		const known = all.get( keyOf( message ) );
		all.set( keyOf( message ), known ? joined( known, message ) : message );
	}
	return [ ...all.values() ].map( tidied ).sort( ( a, b ) => ( keyOf( a ) < keyOf( b ) ? -1 : 1 ) );
}

function joined( one, other ) {
	if ( one.plural && other.plural && one.plural !== other.plural ) {
		throw new Error( `“${ one.id }” has two plurals: “${ one.plural }” and “${ other.plural }”.` );
	}
	return {
		...one,
		plural: one.plural ?? other.plural,
		comments: [ ...one.comments, ...other.comments ],
		references: [ ...one.references, ...other.references ],
	};
}

const tidied = ( message ) => ( {
	...message,
	comments: [ ...new Set( message.comments ) ].sort(),
	references: [ ...new Set( message.references ) ].sort(),
} );

/* PHP */

function fromPhp( root ) {
	const files = [ MAIN_FILE, 'uninstall.php', ...below( root, 'plugin', /\.php$/ ) ];
	const calls = files.flatMap( ( file ) => phpCalls( readFileSync( join( root, file ), 'utf8' ), file ) );
	return [ ...calls, ...headers( readFileSync( join( root, MAIN_FILE ), 'utf8' ) ) ];
}

/**
 * The strings of one PHP file.
 *
 * @param {string} code PHP.
 * @param {string} file Its name.
 * @return {Message[]} Strings.
 */
export function phpCalls( code, file ) {
	const parser = new wpPot.PhpParser( {
		...wpPot.defaultPhpOptions,
		textdomain: DOMAIN,
		ignoreTemplateNameHeader: true,
	} );
	// Its own walk knows no arms of match and no conditions, and it gives a comment to the line after the next as well.
	parser.parseCodeTree = ( tree ) => [
		...( tree.kind === 'call' ? parser.parseFunctionCall( tree ) : [] ),
		...children( tree ).flatMap( ( child ) => parser.parseCodeTree( child ) ),
	];
	parser.getComments = ( line ) => [ line, line - 1 ].flatMap( ( at ) => parser.fileComments[ at ] ?? [] );
	return parser.parseFile( code, file ).map( ( { msgid, plural, context, comments = [] } ) => ( {
		id: msgid,
		...( plural ? { plural } : {} ),
		...( context ? { context } : {} ),
		comments,
		references: [ file ],
	} ) );
}

const NO_CODE = new Set( [ 'loc', 'comments', 'leadingComments', 'trailingComments', 'errors' ] );

const children = ( node ) =>
	Object.entries( node )
		.filter( ( [ name, value ] ) => ! NO_CODE.has( name ) && value !== null && typeof value === 'object' )
		.map( ( [ , value ] ) => value );

const headers = ( code ) =>
	HEADERS.flatMap( ( name ) => {
		const value = new RegExp( `^ \\* ${ name }: +(.+)$`, 'm' ).exec( code )?.[ 1 ];
		return value ? { id: value.trim(), comments: [ `${ name } of the plugin` ], references: [ MAIN_FILE ] } : [];
	} );

/* TypeScript */

const ARGUMENTS = {
	__: { text: 0 },
	_x: { text: 0, context: 1 },
	_n: { text: 0, textPlural: 1 },
	_nx: { text: 0, textPlural: 1, context: 3 },
};

const COMMENTS = { regex: /(translators:[\s\S]*\S)/i, otherLineLeading: true, sameLineLeading: true };

const fromTypeScript = ( root ) =>
	scriptCalls( contentsOf( root, below( root, 'admin-src', /(?<!\.d|\.generated)\.tsx?$/ ) ) );

const contentsOf = ( root, files ) => files.map( ( file ) => [ file, readFileSync( join( root, file ), 'utf8' ) ] );

/**
 * The strings of scripts.
 *
 * @param {[string, string][]} files Name and code of each.
 * @return {Message[]} Strings.
 */
export function scriptCalls( files ) {
	const extractor = new GettextExtractor();
	const parser = extractor.createJsParser(
		Object.entries( ARGUMENTS ).map( ( [ name, argumentsOf ] ) =>
			JsExtractors.callExpression( name, { arguments: argumentsOf, comments: COMMENTS } )
		)
	);
	files.forEach( ( [ name, code ] ) => parser.parseString( code, name ) );
	return extractor.getMessages().map( ( { text, textPlural, context, comments, references } ) => ( {
		id: text,
		...( textPlural ? { plural: textPlural } : {} ),
		...( context ? { context } : {} ),
		comments: comments.map( ( comment ) => comment.replace( /\s+/g, ' ' ) ),
		references: references.map( ( reference ) => reference.replace( /:\d+$/, '' ) ),
	} ) );
}

/* DataViews */

const DATAVIEWS = 'node_modules/@wordpress/dataviews';

/** The bundle says which strings are really there, under names like `__44`; the source has the words for translators. */
function fromDataViews( root ) {
	const code = readFileSync( join( root, DATAVIEWS, 'build-wp/index.js' ), 'utf8' );
	const plainNames = code.replace( /\b(__|_x|_n|_nx)\d+\(/g, '$1(' );
	const explained = new Map( dataViewsSource( root ).map( ( message ) => [ keyOf( message ), message.comments ] ) );
	return scriptCalls( [ [ 'dataviews.js', plainNames ] ] ).map( ( message ) => ( {
		...message,
		comments: explained.get( keyOf( message ) ) ?? [],
		references: [ DATAVIEWS_REFERENCE ],
	} ) );
}

const dataViewsSource = ( root ) =>
	scriptCalls( contentsOf( root, below( root, `${ DATAVIEWS }/src`, /(?<!\.story|\.test)\.tsx?$/ ) ) );

function below( root, folder, wanted ) {
	return filesBelow( join( root, folder ), '' )
		.map( ( path ) => path.slice( join( root, '/' ).length ).replaceAll( '\\', '/' ) )
		.filter( ( path ) => wanted.test( path ) );
}
