import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { countNodeTest, countPhpunit, judge } from '../build/lanes.mjs';
import { GROUP, leftOut } from './left-out.ts';
import { findBinary, run } from './process.ts';
import type { Finished } from './process.ts';
import { REPOSITORY } from './root.ts';
import { startNativeWordPress } from './wordpress.ts';
import type { NativeOptions, NativeWordPress } from './wordpress.ts';

const APP_PASSWORD = `
	echo WP_Application_Passwords::create_new_application_password( 1, array( 'name' => 'tests' ) )[0];`;

type Count = { passed: number; failed: number; skipped?: number };
type Part = { name: string } & Count;

/**
 * Runs every native test against one WordPress and prints the counts, the sum last.
 *
 * @param options     Which WordPress and which plugin.
 * @param phpunitArgs Handed to PHPUnit, to run a part only.
 * @return Exit code: 0 when nothing failed.
 */
export async function runLane( options: NativeOptions, phpunitArgs: string[] ): Promise< number > {
	const site = await startNativeWordPress( options );
	try {
		console.log( `WordPress ${ site.version }, MariaDB ${ await serverVersion( site ) }` );
		const parts = options.multisite
			? [ await inPhpUnit( site, [ '--testsuite', 'multisite', ...phpunitArgs ] ) ]
			: [ await overHttp( site, options ), await inPhpUnit( site, phpunitArgs, options ) ];
		return report( [ ...parts, await leavesNoNotice( site ) ] );
	} finally {
		await site.stop();
	}
}

const serverVersion = async ( site: NativeWordPress ) => ( await site.sql( 'SELECT VERSION()' ) ).trim();

async function overHttp( site: NativeWordPress, { hostile }: NativeOptions ): Promise< Part > {
	const folder = join( REPOSITORY, 'tests/native/http' );
	const files = ( await readdir( folder ) )
		.filter( ( name ) => name.endsWith( '.test.ts' ) )
		.map( ( name ) => join( folder, name ) );
	const done = await run( process.execPath, [ '--import', 'tsx', '--test', '--test-reporter=spec', ...files ], {
		cwd: REPOSITORY,
		env: {
			...environment( site ),
			SMI_APP_PASSWORD: await site.wp( APP_PASSWORD ),
			...( hostile ? { SMI_NEIGHBOUR: 'hostile' } : {} ),
		},
		echo: true,
	} );
	return part( 'over HTTP', countNodeTest, done );
}

async function inPhpUnit(
	site: NativeWordPress,
	args: string[],
	{ hostile }: Partial< NativeOptions > = {}
): Promise< Part > {
	const done = await run(
		await findBinary( 'php' ),
		[
			'-d',
			'memory_limit=512M',
			'-d',
			'sendmail_path=/bin/true',
			'-d',
			'error_reporting=-1',
			'vendor/bin/phpunit',
			...( hostile ? [ '--exclude-group', GROUP ] : [] ),
			...args,
		],
		{ cwd: REPOSITORY, env: environment( site ), echo: true }
	);
	const absent = hostile ? leftOut() : [];
	absent.forEach( ( { test, reason } ) => console.log( `left out: ${ test } (${ reason })` ) );
	return { ...part( 'PHPUnit', countPhpunit, done ), skipped: absent.length };
}

const FILE = 'sell-my-images/sell-my-images.php';

const DEACTIVATE = `
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	update_option( 'smi_settings', array( 'delete_data_on_uninstall' => true ) );
	deactivate_plugins( '${ FILE }' );`;

/** In a process of its own: WordPress loads no plugin that is not active. Gives what is left. */
const UNINSTALL = `
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	uninstall_plugin( '${ FILE }' );
	echo implode( ' ', array_merge(
		$wpdb->get_col( "SHOW TABLES LIKE '%smi\\\\_%'" ),
		$wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE 'smi\\\\_%'" ),
		glob( wp_upload_dir()['basedir'] . '/smi-private' )
	) );`;

/** Also takes the plugin away again: that is the last thing a site does with it. */
async function leavesNoNotice( site: NativeWordPress ): Promise< Part > {
	const problems: string[] = [];
	try {
		await site.wp( DEACTIVATE );
		const left = await site.wp( UNINSTALL );
		problems.push( ...( left ? [ `Uninstalling left behind: ${ left }` ] : [] ) );
	} catch ( error ) {
		problems.push( `Uninstalling failed: ${ ( error as Error ).message }` );
	}
	problems.push( ...( await site.complaints() ) );
	problems.forEach( ( problem ) => console.log( problem ) );
	return { name: 'no notices', passed: problems.length ? 0 : 1, failed: problems.length };
}

const environment = ( site: NativeWordPress ): NodeJS.ProcessEnv => ( {
	...process.env,
	SMI_WP_DIR: site.dir,
	SMI_URL: site.url,
	SMI_WP_VERSION: site.version,
	SMI_HOST: site.host ?? '',
} );

function part( name: string, count: ( text: string ) => Count | null, done: Finished ): Part {
	return { name, ...judge( count( done.stdout ), done.code ) };
}

function report( parts: Part[] ): number {
	const sum = ( key: keyof Count ) => parts.reduce( ( total, one ) => total + ( one[ key ] ?? 0 ), 0 );
	parts.forEach( ( { name, passed, failed } ) => console.log( `${ name }: ${ passed } passed, ${ failed } failed` ) );
	if ( sum( 'skipped' ) > 0 ) {
		console.log( `${ sum( 'skipped' ) } left out on purpose` );
	}
	console.log( `${ sum( 'passed' ) } passed, ${ sum( 'failed' ) } failed` );
	return sum( 'failed' ) > 0 ? 1 : 0;
}
