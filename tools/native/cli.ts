import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runLane } from './lane.ts';
import { REPOSITORY } from './root.ts';
import { startNativeWordPress } from './wordpress.ts';
import type { NativeOptions } from './wordpress.ts';

const HELP = `node --import tsx tools/native/cli.ts [--wp 7.1|6.8] [--zip FILE | --linked] [--multisite] [--hostile] [--serve] [-- PHPUNIT ARGUMENTS]

Runs the plugin's tests on native PHP and MariaDB: over HTTP, then in PHPUnit.
  --zip FILE  the plugin's zip; build/sell-my-images.zip unless told
  --linked    the work tree instead of a zip
  --hostile   with a must-use plugin beside it that does everything wrong (tests/native/hostile)
  --multisite a network of sites, and the tests of one (tests/native/Multisite)
  --serve     only serve the site, and wait for Ctrl-C (admin / password)
`;

async function main(): Promise< void > {
	const { values, positionals } = parseArgs( {
		allowPositionals: true,
		options: {
			wp: { type: 'string', default: '7.1' },
			zip: { type: 'string', default: 'build/sell-my-images.zip' },
			linked: { type: 'boolean', default: false },
			hostile: { type: 'boolean', default: false },
			multisite: { type: 'boolean', default: false },
			serve: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	} );
	if ( values.help ) {
		process.stdout.write( HELP );
		return;
	}
	const options: NativeOptions = {
		version: asVersion( values.wp ),
		fromZip: values.linked ? null : zipPath( values.zip ),
		hostile: values.hostile,
		multisite: values.multisite,
	};
	if ( values.serve ) {
		return serve( options );
	}
	process.exitCode = await runLane( options, positionals );
}

function asVersion( text: string ): NativeOptions[ 'version' ] {
	if ( text === '7.1' || text === '6.8' ) {
		return text;
	}
	throw new Error( `--wp must be 7.1 or 6.8, not ${ text }.` );
}

function zipPath( path: string ): string {
	const zip = resolve( REPOSITORY, path );
	if ( ! existsSync( zip ) ) {
		throw new Error( `${ path } is not there. Make it with: npm run zip` );
	}
	return zip;
}

async function serve( options: NativeOptions ): Promise< void > {
	const site = await startNativeWordPress( options );
	console.log( `WordPress ${ site.version }: ${ site.url }` );
	console.log( `database socket: ${ site.socket }` );
	console.log( 'ready' );
	await new Promise( () => setInterval( () => {}, 60_000 ) );
}

main().catch( ( error: unknown ) => {
	console.error( error instanceof Error ? error.message : error );
	process.exitCode = 1;
} );
