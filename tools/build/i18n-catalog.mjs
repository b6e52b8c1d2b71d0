/**
 * Catalogues of strings: the template from the code, a language brought up to it, and what is wrong with a language.
 */
import { readFileSync } from 'node:fs';
import { po } from 'gettext-parser';

const FOLD = { foldLength: 100 };

export const DOMAIN = 'sell-my-images';

/** What a string of the bundled list component gives as its place. */
export const DATAVIEWS_REFERENCE = '@wordpress/dataviews';

/**
 * @typedef {Object} Message
 * @property {string}   id         English; the singular.
 * @property {string}   [plural]   English plural.
 * @property {string}   [context]  What it is, for a short word that could be several things.
 * @property {string[]} comments   Words for translators.
 * @property {string[]} references Files, without lines: else every edit above a string would be a change.
 */

/**
 * What makes a string one: gettext's own way to write it.
 *
 * @param {{id: string, context?: string}} message A string.
 * @return {string} Key.
 */
export const keyOf = ( { id, context } ) => ( context ? `${ context }\u0004${ id }` : id );

/**
 * The template that translators start from.
 *
 * @param {Message[]} messages Strings.
 * @param {string}    version  The plugin's.
 * @return {string} A .pot file.
 */
export const potOf = ( messages, version ) =>
	compiled( messages, () => [], {
		'Project-Id-Version': `Sell My Images ${ version }`,
		'MIME-Version': '1.0',
		'Content-Type': 'text/plain; charset=UTF-8',
		'Content-Transfer-Encoding': '8bit',
		'X-Domain': DOMAIN,
	} );

/**
 * A language with exactly the strings of the code: translations of those that stayed, nothing for new ones.
 *
 * @param {Message[]} messages Strings.
 * @param {string}    language The .po file as it was.
 * @return {string} The .po file as it is to be.
 */
export function merged( messages, language ) {
	const { headers, translations } = read( language );
	return compiled( messages, ( key ) => translations.get( key )?.msgstr ?? [], headers );
}

/**
 * A .po file by the keys of its strings.
 *
 * @param {string} language The .po file.
 * @return {{headers: Record<string, string>, translations: Map<string, {msgid: string, msgid_plural?: string, msgstr: string[], references: string[]}>}} Contents.
 */
export function read( language ) {
	const { headers, translations } = po.parse( language );
	const entries = Object.values( translations ).flatMap( ( context ) => Object.values( context ) );
	return {
		headers,
		translations: new Map(
			entries
				.filter( ( { msgid } ) => msgid !== '' )
				.map( ( entry ) => [
					keyOf( { id: entry.msgid, context: entry.msgctxt } ),
					{ ...entry, references: ( entry.comments?.reference ?? '' ).split( '\n' ).filter( Boolean ) },
				] )
		),
	};
}

/** How many forms a language has for numbers. */
export const formsOf = ( headers ) => Number( /nplurals=(\d+)/.exec( headers[ 'Plural-Forms' ] ?? '' )?.[ 1 ] ?? 0 );

/**
 * What keeps a language from being whole.
 *
 * @param {Message[]} messages Strings of the code.
 * @param {string}    language The .po file.
 * @return {string[]} Sentences; empty when all is well.
 */
export function problemsOf( messages, language ) {
	const { headers, translations } = read( language );
	const forms = formsOf( headers );
	const wanted = new Set( messages.map( keyOf ) );
	return [
		...( forms > 0 ? [] : [ 'Its Plural-Forms header is missing.' ] ),
		...messages.flatMap( ( message ) => problemsWith( message, translations.get( keyOf( message ) ), forms ) ),
		...[ ...translations.keys() ]
			.filter( ( key ) => ! wanted.has( key ) )
			.map( ( key ) => `No longer used: ${ shown( key ) }` ),
	];
}

function problemsWith( message, entry, forms ) {
	const name = shown( keyOf( message ) );
	const said = entry?.msgstr.filter( ( text ) => text !== '' ) ?? [];
	if ( ! said.length ) {
		return [ `Not translated: ${ name }` ];
	}
	if ( said.length !== ( message.plural ? forms : 1 ) ) {
		return [ `Has ${ said.length } forms, not ${ message.plural ? forms : 1 }: ${ name }` ];
	}
	return said.some( ( text, form ) => ! fits( text, message, form ) ) ? [ `Other placeholders: ${ name }` ] : [];
}

/** The form for one may name the number in words, as the English singular may. */
function fits( text, { id, plural }, form ) {
	const allowed = plural && form > 0 ? [ plural ] : [ id, ...( plural ? [ plural ] : [] ) ];
	return allowed.some( ( english ) => placeholders( english ) === placeholders( text ) );
}

/** The placeholders of a text, in the order of their arguments; `%%` is a mere sign. */
function placeholders( text ) {
	let next = 1;
	return [ ...text.matchAll( /%(?:%|(?:(\d+)\$)?[+-]?(?:\.\d+)?([sdf]))/g ) ]
		.filter( ( [ found ] ) => found !== '%%' )
		.map( ( [ , position, type ] ) => `${ position ?? next++ }${ type }` )
		.sort()
		.join( ' ' );
}

const shown = ( key ) => `“${ key.split( '\u0004' ).reverse().join( '” as “' ) }”`;

function compiled( messages, translationOf, headers ) {
	const translations = {};
	for ( const message of messages ) {
		const said = translationOf( keyOf( message ) );
		( translations[ message.context ?? '' ] ??= {} )[ message.id ] = {
			msgid: message.id,
			...( message.context ? { msgctxt: message.context } : {} ),
			...( message.plural ? { msgid_plural: message.plural } : {} ),
			msgstr: said.length ? said : Array( message.plural ? 2 : 1 ).fill( '' ),
			comments: { extracted: message.comments.join( '\n' ), reference: message.references.join( '\n' ) },
		};
	}
	return `${ po.compile( { charset: 'utf-8', headers, translations }, FOLD ).toString() }\n`;
}

/** The plugin's version, from its main file. */
export const versionIn = ( mainFile ) => /^ \* Version: +(\S+)/m.exec( readFileSync( mainFile, 'utf8' ) )?.[ 1 ] ?? '';
