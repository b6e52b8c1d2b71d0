import { findBinary, runOrThrow } from '../../../tools/native/process.ts';
import type { NativeWordPress } from '../../../tools/native/wordpress.ts';

/** Everything that a site's database holds, as text. */
export async function dumpOf( { socket }: Pick< NativeWordPress, 'socket' > ): Promise< string > {
	const program = await findBinary( 'mariadb-dump', 'mysqldump' );
	return runOrThrow( program, [
		'--no-defaults',
		'-uroot',
		`--socket=${ socket }`,
		'--single-transaction',
		'--skip-extended-insert',
		'wordpress',
	] );
}

/** Tables and how many rows each has. */
export async function countsOf( { sql }: Pick< NativeWordPress, 'sql' > ): Promise< Record< string, number > > {
	const tables = ( await sql( "SHOW TABLES LIKE 'wp\\_%';" ) ).split( '\n' ).filter( Boolean );
	const counts = await sql(
		tables.map( ( table ) => `SELECT '${ table }', COUNT(*) FROM ${ table };` ).join( '\n' )
	);
	return Object.fromEntries(
		counts
			.split( '\n' )
			.filter( Boolean )
			.map( ( line ) => [ line.split( '\t' )[ 0 ] ?? '', Number( line.split( '\t' )[ 1 ] ) ] )
	);
}
