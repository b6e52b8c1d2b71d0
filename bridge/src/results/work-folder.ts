import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'smi-bridge-';
const LEFT_OVER_MS = 3_600_000;

/** Runs work in a folder of its own, and removes the folder whatever happens. */
export async function inWorkFolder< T >( work: ( folder: string ) => Promise< T > ): Promise< T > {
	const folder = await mkdtemp( join( tmpdir(), PREFIX ) );
	try {
		return await work( folder );
	} finally {
		await rm( folder, { recursive: true, force: true } );
	}
}

/** Removes what a bridge that was killed left behind. */
export async function removeLeftOvers(): Promise< void > {
	for ( const name of await readdir( tmpdir() ) ) {
		const path = join( tmpdir(), name );
		const found = name.startsWith( PREFIX ) ? await stat( path ).catch( () => null ) : null;
		if ( found !== null && Date.now() - found.mtimeMs > LEFT_OVER_MS ) {
			await rm( path, { recursive: true, force: true } );
		}
	}
}
