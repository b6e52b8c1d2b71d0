/** What a bench adds to a site of its own. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NativeWordPress } from '../../../tools/native/wordpress.ts';

/** The owner's, for REST. */
export const applicationPassword = ( site: NativeWordPress ): Promise< string > =>
	site.wp( `echo WP_Application_Passwords::create_new_application_password( 1, array( 'name' => 'bench' ) )[0];` );

/** A must-use plugin. */
export async function addMustUse( site: NativeWordPress, name: string, php: string ): Promise< void > {
	const folder = join( site.dir, 'wp-content/mu-plugins' );
	await mkdir( folder, { recursive: true } );
	await writeFile( join( folder, `${ name }.php` ), php );
}
