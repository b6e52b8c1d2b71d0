/** The sandbox's WordPress: a copy of the fetched tree, its settings, and how Playground serves it. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { urlOf } from './ports';
import type { Part } from './supervisor';
import { fetchWordPress } from './fetch-wordpress';

export const REPOSITORY = fileURLToPath( new URL( '../..', import.meta.url ) );

const SANDBOX = fileURLToPath( new URL( '.', import.meta.url ) );
const PLAYGROUND = join( REPOSITORY, 'node_modules/@wp-playground/cli/wp-playground.js' );
const PLUGIN = '/wordpress/wp-content/plugins/sell-my-images';
/** What a site gets of the plugin; never node_modules, which Playground would crawl. */
const SHIPPED = [ 'sell-my-images.php', 'uninstall.php', 'readme.txt', 'plugin', 'build', 'languages' ];
/** A slow request must never hold up the others, and PHP requests here take whole seconds when cold. */
const WORKERS = 3;
const PHP = '8.3';
const SALTS = [ 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ].flatMap( ( name ) => [
	`${ name }_KEY`,
	`${ name }_SALT`,
] );

export interface Site {
	/** .sandbox/wordpress */
	root: string;
	version: string;
	/** Known to the must-use plugin: opens its setup actions. */
	token: string;
}

/** Copies WordPress on the first start, and writes its settings on every start, since ports and times may differ. */
export async function prepareSite(
	dir: string,
	base: number,
	env: NodeJS.ProcessEnv,
	log: ( line: string ) => void
): Promise< Site > {
	const root = join( dir, 'wordpress' );
	const tree = existsSync( join( root, 'wp-load.php' ) ) ? undefined : await fetchWordPress( '7.1', { log } );
	if ( tree ) {
		await rm( `${ root }.new`, { recursive: true, force: true } );
		await cp( tree.dir, `${ root }.new`, { recursive: true } );
		await rename( `${ root }.new`, root );
	}
	await mkdir( join( root, 'wp-content/mu-plugins' ), { recursive: true } );
	await writeFile( join( dir, 'debug.log' ), '', { flag: 'a' } );
	const secrets = await readSecrets( dir );
	await writeFile( join( root, 'wp-config.php' ), configuration( secrets, base, env ) );
	await writeFile( join( root, 'wp-content/mu-plugins/smi-sandbox.php' ), LOADER );
	return { root, version: await readVersion( root ), token: secrets[ 'TOKEN' ] ?? '' };
}

/** Playground's command line, as a part of the sandbox. */
export function playgroundPart( dir: string, base: number ): Part {
	const shipped = SHIPPED.filter( ( name ) => existsSync( join( REPOSITORY, name ) ) );
	const mounts = [
		[ join( dir, 'wordpress' ), '/wordpress' ],
		[ join( dir, 'debug.log' ), '/smi/debug.log' ],
		[ join( dir, 'photographs' ), '/smi/photographs' ],
		[ join( SANDBOX, 'mu-plugin' ), '/smi/mu-plugin' ],
		...shipped.map( ( name ) => [ join( REPOSITORY, name ), `${ PLUGIN }/${ name }` ] ),
	];
	return {
		name: 'wordpress',
		args: [
			'--require',
			join( SANDBOX, 'listen-on-loopback.cjs' ),
			PLAYGROUND,
			'server',
			`--port=${ base }`,
			`--site-url=${ urlOf( 'wordpress', base ) }`,
			`--php=${ PHP }`,
			`--workers=${ WORKERS }`,
			'--wordpress-install-mode=install-from-existing-files-if-needed',
			...mounts.flatMap( ( [ host = '', inside = '' ] ) => [ '--mount-dir-before-install', host, inside ] ),
		],
		cwd: dir,
	};
}

/** Kept between starts: links and log-ins of yesterday still work today. */
async function readSecrets( dir: string ): Promise< Record< string, string > > {
	const file = join( dir, 'secrets.json' );
	const text = await readFile( file, 'utf8' ).catch( () => '' );
	if ( text ) {
		return JSON.parse( text ) as Record< string, string >;
	}
	const secrets = Object.fromEntries(
		[ ...SALTS, 'TOKEN' ].map( ( name ) => [ name, randomBytes( 32 ).toString( 'hex' ) ] )
	);
	await writeFile( file, JSON.stringify( secrets, null, '\t' ), { mode: 0o600 } );
	return secrets;
}

async function readVersion( root: string ): Promise< string > {
	const text = await readFile( join( root, 'wp-includes/version.php' ), 'utf8' );
	return /\$wp_version\s*=\s*'([^']+)'/.exec( text )?.[ 1 ] ?? '?';
}

const LOADER = `<?php
/**
 * Plugin Name: Sell My Images sandbox
 */
require '/smi/mu-plugin/smi-sandbox.php';
`;

/** wp-config.php. `SMI_TIME_…` of the environment become constants of the same name. */
export function configuration( secrets: Record< string, string >, base: number, env: NodeJS.ProcessEnv ): string {
	const constants: Record< string, string | number | boolean > = {
		DB_NAME: 'wordpress',
		DB_USER: 'wordpress',
		DB_PASSWORD: '',
		DB_HOST: 'localhost',
		DB_CHARSET: 'utf8mb4',
		DB_COLLATE: '',
		...Object.fromEntries( SALTS.map( ( name ) => [ name, secrets[ name ] ?? '' ] ) ),
		WP_ENVIRONMENT_TYPE: 'local',
		WP_DEBUG: true,
		WP_DEBUG_LOG: '/smi/debug.log',
		WP_DEBUG_DISPLAY: false,
		// No account anywhere, and no waiting for servers that a sandbox does not need.
		WP_HTTP_BLOCK_EXTERNAL: true,
		WP_ACCESSIBLE_HOSTS: '127.0.0.1',
		AUTOMATIC_UPDATER_DISABLED: true,
		SMI_SANDBOX_TOKEN: secrets[ 'TOKEN' ] ?? '',
		SMI_SANDBOX_MAILBOX: urlOf( 'mailbox', base ),
		...timeOverrides( env ),
	};
	const lines = Object.entries( constants ).map(
		( [ name, value ] ) =>
			`defined( '${ name }' ) || define( '${ name }', ${ JSON.stringify( value ).replaceAll( '$', '\\$' ) } );`
	);
	return [
		'<?php',
		...lines,
		"$table_prefix = 'wp_';",
		"defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );",
		"require_once ABSPATH . 'wp-settings.php';",
		'',
	].join( '\n' );
}

export function timeOverrides( env: NodeJS.ProcessEnv ): Record< string, number > {
	return Object.fromEntries(
		Object.entries( env )
			.filter(
				( [ name, value ] ) => /^SMI_TIME_[A-Z0-9_]+$/.test( name ) && /^\d+(\.\d+)?$/.test( value ?? '' )
			)
			.map( ( [ name, value ] ) => [ name, Number( value ) ] )
	);
}
