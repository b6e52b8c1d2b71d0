/**
 * Which Debian mirror this machine uses: what apt has read, or, where it was never updated, what its sources say.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from './run';

/** Suites of Debian itself; Ubuntu's and others' have names of their own, and the suites for security live elsewhere. */
const SUITE = /^(?:buster|bullseye|bookworm|trixie|forky|duke|sid|(?:old)*stable|testing|unstable)$/;

/** Where apt's sources are: the one file, and the folder of others. */
export interface AptSources {
	list: string;
	parts: string;
}

/** One source of packages: what a line of `sources.list` or a stanza of a `*.sources` file says. */
interface Source {
	uris: string[];
	suites: string[];
	components: string[];
}

/** The mirror's address, or undefined on a machine without apt, or with another distribution's. */
export async function readMirror(): Promise< string | undefined > {
	return findMirror( await indexTargets() ) ?? findMirrorInSources( await readSources( await aptSources() ) );
}

/**
 * The mirror in the output of `apt-get indextargets --format '$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)'`.
 *
 * @param targets One line per index: origin, codename, component, address.
 */
export function findMirror( targets: string ): string | undefined {
	const rows = targets
		.split( '\n' )
		.map( ( line ) => line.trim().split( '|' ) )
		.filter( ( row ) => row.length === 4 && row[ 3 ] );
	// Security and update suites live elsewhere or hold next to nothing.
	const main = rows.filter(
		( [ origin, codename, component, uri ] ) =>
			origin === 'Debian' &&
			component === 'main' &&
			! /[-/](security|updates|backports)/.test( `${ codename } ${ uri }` )
	);
	return main[ 0 ]?.[ 3 ];
}

/**
 * The mirror in the text of apt's own sources, in either of their two forms.
 *
 * @param files Text of each file; a stanza with `Types:` is of the newer form.
 */
export function findMirrorInSources( files: readonly string[] ): string | undefined {
	const source = files
		.flatMap( ( text ) => ( /^types:/im.test( text ) ? readStanzas( text ) : readLines( text ) ) )
		.find(
			( { suites, components } ) => components.includes( 'main' ) && suites.some( ( one ) => SUITE.test( one ) )
		);
	return source?.uris[ 0 ];
}

/** Text of each file that apt would read, `sources.list` first. */
export async function readSources( { list, parts }: AptSources ): Promise< string[] > {
	const names = await readdir( parts ).catch( () => [] );
	const files = names.filter( ( name ) => /\.(?:list|sources)$/.test( name ) ).sort();
	const texts = [ list, ...files.map( ( name ) => join( parts, name ) ) ].map( ( path ) =>
		readFile( path, 'utf8' ).catch( () => '' )
	);
	return Promise.all( texts );
}

/** Empty where apt is missing, and also where `apt-get update` was never run. */
async function indexTargets(): Promise< string > {
	const format = '$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)';
	return capture( 'apt-get', [ 'indextargets', '--format', format, 'Created-By: Packages' ] ).catch( () => '' );
}

async function aptSources(): Promise< AptSources > {
	const asked = [ 'shell', 'LIST', 'Dir::Etc::sourcelist/f', 'PARTS', 'Dir::Etc::sourceparts/d' ];
	const said = await capture( 'apt-config', asked ).catch( () => '' );
	const folder = ( name: string ) => new RegExp( `^${ name }='(.*)'$`, 'm' ).exec( said )?.[ 1 ];
	return {
		list: folder( 'LIST' ) ?? '/etc/apt/sources.list',
		parts: folder( 'PARTS' ) ?? '/etc/apt/sources.list.d',
	};
}

/** `deb [signed-by=…] http://mirror/debian bookworm main contrib` */
function readLines( text: string ): Source[] {
	return text
		.split( '\n' )
		.map( ( line ) =>
			line
				.replace( /#.*/, '' )
				.replace( /\[[^\]]*\]/, '' )
				.trim()
				.split( /\s+/ )
		)
		.filter( ( [ type, uri, suite ] ) => type === 'deb' && uri && suite )
		.map( ( [ , uri = '', suite = '', ...components ] ) => ( { uris: [ uri ], suites: [ suite ], components } ) );
}

/** Fields of a stanza may go on in lines that begin with a space; a comment may stand anywhere. */
function readStanzas( text: string ): Source[] {
	return text
		.replace( /^#.*\n?/gm, '' )
		.split( /\n\s*\n/ )
		.map( ( stanza ) => {
			const fields = stanza.replace( /\n[ \t]+/g, ' ' );
			const words = ( name: string ) =>
				new RegExp( `^${ name }:(.*)$`, 'im' ).exec( fields )?.[ 1 ]?.trim().split( /\s+/ ) ?? [];
			const isOn =
				words( 'Types' ).includes( 'deb' ) && ! /^(?:no|false|off|0)$/i.test( words( 'Enabled' )[ 0 ] ?? '' );
			return { uris: isOn ? words( 'URIs' ) : [], suites: words( 'Suites' ), components: words( 'Components' ) };
		} )
		.filter( ( { uris } ) => uris.length > 0 );
}
