import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wordPressFiles } from './wordpress-files.ts';
import { temporaryFolder } from './groups.ts';
import { INSTALL, MAKE_NETWORK, SET_UP, wpConfig } from './install.ts';
import { complaints } from './log.ts';
import { startMariaDb } from './mariadb.ts';
import { findBinary, freePort, runOrThrow } from './process.ts';
import type { Service } from './process.ts';
import { REPOSITORY } from './root.ts';
import { PHP_SETTINGS, startNginx, startPhpFpm } from './web-server.ts';

export type NativeOptions = {
	/** Which WordPress: 7.1 is the newest tested, 6.8 the oldest supported. */
	version: '7.1' | '6.8';
	/** The plugin's zip; null links the work tree in, for quick trials and benchmarks. */
	fromZip: string | null;
	/** Whether a must-use plugin beside it does everything wrong. */
	hostile?: boolean;
	/** Whether the site is the first one of a network. */
	multisite?: boolean;
	/** More arguments for mariadbd. */
	mariadbArgs?: string[];
};

export type NativeWordPress = {
	/** Home of the site, without a slash at the end. */
	url: string;
	/** Folder of WordPress: the one with wp-load.php. */
	dir: string;
	/** Host and port, for what PHP wants to know of a network before it loads; null for a single site. */
	host: string | null;
	/** The version that really runs, such as 7.1.3. */
	version: string;
	/** Unix socket of the private MariaDB; user root, no password, database `wordpress`. */
	socket: string;
	/** Runs PHP in the loaded WordPress; a path of a file, or code without `<?php`. Gives what it printed. */
	wp: ( fileOrCode: string, env?: Record< string, string > ) => Promise< string >;
	/** Runs SQL in the site's database. */
	sql: ( statement: string ) => Promise< string >;
	/** Entries of the PHP log that are about the plugin, or about wrong use of WordPress. */
	complaints: () => Promise< string[] >;
	stop: () => Promise< void >;
};

const PLUGIN = 'sell-my-images';

/**
 * Starts a whole WordPress with nothing but programs of this machine: MariaDB,
 * PHP-FPM and nginx, all private to a temporary folder, the plugin active.
 *
 * @throws With the output of whichever program did not start.
 */
export async function startNativeWordPress( options: NativeOptions ): Promise< NativeWordPress > {
	const base = await temporaryFolder( 'smi-native-' );
	const services: Service[] = [];
	const stop = async () => {
		for ( const service of services.reverse() ) {
			await service.stop();
		}
		base.remove();
	};
	try {
		return await build( options, base.path, services, stop );
	} catch ( error ) {
		await stop();
		throw error;
	}
}

async function build(
	options: NativeOptions,
	base: string,
	services: Service[],
	stop: () => Promise< void >
): Promise< NativeWordPress > {
	const dir = join( base, 'site' );
	const log = join( base, 'debug.log' );
	await copyWordPress( options.version, dir );

	const database = await startMariaDb( base, options.mariadbArgs );
	services.push( database.service );
	await database.sql( 'CREATE DATABASE wordpress' );

	const port = await freePort();
	const url = `http://127.0.0.1:${ port }`;
	const host = options.multisite ? `127.0.0.1:${ port }` : null;
	const secrets = salts();
	const configure = ( domain: string | null ) =>
		writeFile( join( dir, 'wp-config.php' ), wpConfig( database.socket, log, secrets, domain ) );
	await configure( null );

	const php = await findBinary( 'php' );
	const settings = phpSettings( log );
	const readLog = () => readFile( log, 'utf8' ).catch( () => '' );
	const wp: NativeWordPress[ 'wp' ] = ( fileOrCode, env ) =>
		runOrThrow( php, settings, {
			cwd: dir,
			env: { ...process.env, SMI_WP_DIR: dir, SMI_URL: url, SMI_HOST: host ?? '', ...env },
			input: script( fileOrCode ),
		} ).catch( async ( error: Error ) => {
			// PHP says why in its log only.
			throw new Error( `${ error.message }\n${ ( await readLog() ).slice( -4000 ) }` );
		} );
	await runOrThrow( php, settings, { cwd: dir, env: { ...process.env, SMI_URL: url }, input: INSTALL } );
	await wp( SET_UP );
	if ( host ) {
		await wp( MAKE_NETWORK );
		await configure( host );
	}
	await addPlugin( dir, options.fromZip, wp );
	if ( options.hostile ) {
		await addNeighbour( dir );
	}

	const fpm = await startPhpFpm( base, log );
	services.push( fpm.service );
	services.push( await startNginx( base, dir, port, fpm.socket ) );
	return {
		url,
		dir,
		host,
		version: await wp( 'echo wp_get_wp_version();' ),
		socket: database.socket,
		wp,
		sql: ( statement ) => database.sql( `USE wordpress;\n${ statement }` ),
		complaints: async () => complaints( await readLog(), options.hostile ),
		stop,
	};
}

async function copyWordPress( version: NativeOptions[ 'version' ], dir: string ): Promise< void > {
	const source = await wordPressFiles( version );
	await cp( source, dir, { recursive: true, dereference: true } );
	// The embedded database's drop-in must not be in the way of MariaDB.
	rmSync( join( dir, 'wp-content/db.php' ), { force: true } );
	await mkdir( join( dir, 'wp-content/uploads' ), { recursive: true } );
}

/** The hostile must-use plugin, and a language that it can switch to. */
async function addNeighbour( dir: string ): Promise< void > {
	const languages = join( dir, 'wp-content/languages' );
	await cp( join( REPOSITORY, 'tests/native/hostile' ), join( dir, 'wp-content/mu-plugins' ), { recursive: true } );
	await mkdir( languages, { recursive: true } );
	await writeFile(
		join( languages, 'de_DE.l10n.php' ),
		"<?php return array( 'messages' => array( 'October' => 'Oktober' ) );"
	);
}

async function addPlugin( dir: string, zip: string | null, wp: NativeWordPress[ 'wp' ] ): Promise< void > {
	const plugins = join( dir, 'wp-content/plugins' );
	if ( zip ) {
		await runOrThrow( await findBinary( 'unzip' ), [ '-q', zip, '-d', plugins ] );
	} else {
		await symlink( REPOSITORY, join( plugins, PLUGIN ) );
	}
	await wp( `
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		$result = activate_plugin( '${ PLUGIN }/${ PLUGIN }.php' );
		if ( is_wp_error( $result ) ) {
			fwrite( STDERR, $result->get_error_message() );
			exit( 1 );
		}` );
}

/** Code as a program on standard input: no temporary file, no escaping. */
function script( fileOrCode: string ): string {
	const body = existsSync( fileOrCode ) ? `require ${ JSON.stringify( fileOrCode ) };` : fileOrCode;
	return `<?php\n$_SERVER['HTTP_HOST'] = getenv( 'SMI_HOST' ) ?: null;\nrequire getenv( 'SMI_WP_DIR' ) . '/wp-load.php';\n${ body }\n`;
}

function phpSettings( log: string ): string[] {
	return Object.entries( { ...PHP_SETTINGS, error_log: log } ).flatMap( ( [ key, value ] ) => [
		'-d',
		`${ key }=${ value }`,
	] );
}

const salts = () => Array.from( { length: 8 }, () => randomBytes( 32 ).toString( 'hex' ) );
