/** The plugin as it ships, built beside the work tree: build/ may hold a development build that somebody watches. */
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeZip } from '../../../tools/build/zip.mjs';
import { runOrThrow } from '../../../tools/native/process.ts';
import { REPOSITORY } from '../../../tools/native/root.ts';

const NEEDED = [
	'admin-src',
	'plugin',
	'languages',
	'tools/build',
	'package.json',
	'webpack.config.js',
	'tsconfig.json',
	'tsconfig.base.json',
	'sell-my-images.php',
	'uninstall.php',
	'readme.txt',
	'LICENSE',
	'CHANGELOG.md',
];

export interface Production {
	zip: string;
	/** The built scripts. */
	build: string;
	remove: () => Promise< void >;
}

export async function buildProduction(): Promise< Production > {
	const dir = await mkdtemp( join( tmpdir(), 'smi-production-' ) );
	const remove = () => rm( dir, { recursive: true, force: true } );
	try {
		for ( const name of NEEDED ) {
			await cp( join( REPOSITORY, name ), join( dir, name ), { recursive: true } );
		}
		await symlink( join( REPOSITORY, 'node_modules' ), join( dir, 'node_modules' ) );
		await runOrThrow( process.execPath, [ 'node_modules/@wordpress/scripts/bin/wp-scripts.js', 'build' ], {
			cwd: dir,
		} );
		const zip = join( dir, 'sell-my-images.zip' );
		await makeZip( zip, dir );
		return { zip, build: join( dir, 'build' ), remove };
	} catch ( error ) {
		await remove();
		throw error;
	}
}
