/** What `docker build` would take of a folder: the rules of .dockerignore, in which the last line that fits wins. */
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

interface Rule {
	isTaken: boolean;
	pattern: RegExp;
}

/** The rules of a .dockerignore. */
export function readRules( text: string ): Rule[] {
	return text
		.split( '\n' )
		.map( ( line ) => line.trim() )
		.filter( ( line ) => line !== '' && ! line.startsWith( '#' ) )
		.map( ( line ) => ( {
			isTaken: line.startsWith( '!' ),
			pattern: asPattern( line.replace( /^!/, '' ).replace( /^\/|\/$/g, '' ) ),
		} ) );
}

/** Whether a file, by its path in the folder, becomes part of the context. */
export function isTaken( path: string, rules: Rule[] ): boolean {
	return rules.reduce( ( taken, rule ) => ( rule.pattern.test( path ) ? rule.isTaken : taken ), true );
}

/** Copies the context of a folder, as the engine would be sent it; the paths it took. */
export async function copyContext( from: string, to: string ): Promise< string[] > {
	const rules = readRules( await readFile( join( from, '.dockerignore' ), 'utf8' ) );
	const all = await readdir( from, { recursive: true, withFileTypes: true } );
	const files = all
		.filter( ( entry ) => ! entry.isDirectory() )
		.map( ( entry ) => join( entry.parentPath, entry.name ).slice( from.length + 1 ) );
	const taken = files.filter( ( path ) => isTaken( path, rules ) ).sort();
	for ( const path of taken ) {
		await mkdir( dirname( join( to, path ) ), { recursive: true } );
		await cp( join( from, path ), join( to, path ) );
	}
	return taken;
}

/** A rule that fits a folder fits all that is in it. */
function asPattern( rule: string ): RegExp {
	const source = rule
		.split( /(\*\*\/|\*\*|\*|\?)/ )
		.map( ( part ) => WILD[ part ] ?? part.replace( /[.+^${}()|[\]\\]/g, '\\$&' ) )
		.join( '' );
	return new RegExp( `^${ source }(?:/.*)?$` );
}

const WILD: Record< string, string > = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
