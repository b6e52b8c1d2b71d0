/** The database as owners and hosts handle it: dumped, restored, copied. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinary, runOrThrow } from '../../../tools/native/process.ts';
import type { Fetch } from '../../helpers/owner-session.ts';
import { startNativeWordPress, type NativeWordPress } from '../../../tools/native/wordpress.ts';

/** The whole database as SQL, as a nightly backup takes it. */
export async function dump( { socket }: Pick< NativeWordPress, 'socket' > ): Promise< string > {
	const program = await findBinary( 'mariadb-dump', 'mysqldump' );
	return runOrThrow( program, [
		'--no-defaults',
		'-uroot',
		`--socket=${ socket }`,
		'--single-transaction',
		'wordpress',
	] );
}

/** Everything is as it was when it was dumped; what came since is gone. */
export const restore = ( { sql }: Pick< NativeWordPress, 'sql' >, backup: string ) =>
	sql( `DROP DATABASE wordpress; CREATE DATABASE wordpress; USE wordpress;\n${ backup }` );

const MAIL = `<?php
'local' === wp_get_environment_type() || require __DIR__ . '/smi-sandbox/mail.php';
`;

/** Makes a site of the tests one that sells in earnest: durations are the real ones from now on; mail still goes to the mailbox. */
export async function putIntoProduction( { dir }: Pick< NativeWordPress, 'dir' > ): Promise< void > {
	const file = join( dir, 'wp-config.php' );
	await writeFile( file, ( await readFile( file, 'utf8' ) ).replaceAll( "'local'", "'production'" ) );
	await writeFile( join( dir, 'wp-content/mu-plugins/smi-mail.php' ), MAIL );
}

/** The administrator of any site, over REST. */
export async function ownerOf( { wp, url }: NativeWordPress ): Promise< Fetch > {
	const [ cookie = '', nonce = '' ] = JSON.parse(
		await wp( `
			$until  = time() + HOUR_IN_SECONDS;
			$cookie = wp_generate_auth_cookie( 1, $until, 'logged_in', WP_Session_Tokens::get_instance( 1 )->create( $until ) );
			$_COOKIE[ LOGGED_IN_COOKIE ] = $cookie;
			wp_set_current_user( 1 );
			echo wp_json_encode( array( LOGGED_IN_COOKIE . '=' . rawurlencode( $cookie ), wp_create_nonce( 'wp_rest' ) ) );` )
	) as string[];
	const headers = { cookie, 'x-wp-nonce': nonce, 'content-type': 'application/json' };
	return ( path, init = {} ) => fetch( url + path, { ...init, headers } );
}

/** A second site from the first one's database and configuration, at another address: what staging tools make. */
export async function cloneSite( original: NativeWordPress ): Promise< NativeWordPress > {
	const copy = await startNativeWordPress( { version: '7.1', fromZip: null } );
	try {
		// They rewrite addresses wherever they stand.
		for ( const part of [ 'mu-plugins', 'uploads', 'smi-times.json' ] ) {
			const path = join( 'wp-content', part );
			await cp( join( original.dir, path ), join( copy.dir, path ), { recursive: true } );
		}
		const backup = ( await dump( original ) ).replaceAll( original.url.slice( 7 ), copy.url.slice( 7 ) );
		await restore( copy, backup );
		const config = await readFile( join( original.dir, 'wp-config.php' ), 'utf8' );
		await writeFile(
			join( copy.dir, 'wp-config.php' ),
			config
				.replaceAll( original.socket, copy.socket )
				.replaceAll( join( original.dir, '..' ), join( copy.dir, '..' ) )
		);
		return copy;
	} catch ( error ) {
		await copy.stop();
		throw error;
	}
}
