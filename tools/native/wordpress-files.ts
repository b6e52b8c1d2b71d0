import { join } from 'node:path';

/**
 * WordPress's files, complete and without configuration; not to be written to.
 *
 * @param version `7.1` or `6.8`.
 * @return Folder. SMI_WORDPRESS_FILES may name one with a folder per version, for a machine without network.
 */
export async function wordPressFiles( version: '7.1' | '6.8' ): Promise< string > {
	const given = process.env.SMI_WORDPRESS_FILES;
	if ( given ) {
		return join( given, version );
	}
	const { fetchWordPress } = await import( '../sandbox/fetch-wordpress.ts' );
	return ( await fetchWordPress( version ) ).dir;
}
