import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { REPOSITORY } from './root.ts';

/** PHPUnit's group of tests that mean the opposite of what the hostile neighbour does. */
export const GROUP = 'not-beside-hostile';

export type LeftOut = { test: string; reason: string };

const TEST = new RegExp(
	`\\* Not beside the hostile neighbour: (?<reason>[^\\n]+)\\n(?:\\s*\\*[^\\n]*\\n)*?\\s*\\* @group ${ GROUP }\\n[\\s\\S]*?function (?<name>test_\\w+)`,
	'g'
);

/**
 * The tests in PHP that are left out beside the hostile neighbour, each with its reason.
 *
 * @throws When one says no reason.
 */
export function leftOut(): LeftOut[] {
	const folder = join( REPOSITORY, 'tests/native' );
	return readdirSync( folder, { recursive: true, encoding: 'utf8' } )
		.filter( ( name ) => name.endsWith( 'Test.php' ) )
		.sort()
		.flatMap( ( name ) => inFile( basename( name, '.php' ), readFileSync( join( folder, name ), 'utf8' ) ) );
}

/**
 * @param file Name of the class.
 * @param text Of the file.
 */
export function inFile( file: string, text: string ): LeftOut[] {
	const found = [ ...text.matchAll( TEST ) ].map( ( { groups = {} } ) => ( {
		test: `${ file }::${ groups[ 'name' ] }`,
		reason: groups[ 'reason' ] ?? '',
	} ) );
	if ( found.length !== text.split( `@group ${ GROUP }` ).length - 1 ) {
		throw new Error(
			`${ file }: each @group ${ GROUP } needs a line before it, "Not beside the hostile neighbour: why".`
		);
	}
	return found;
}
