/** The sandbox's must-use plugin in a native WordPress: mail goes to the mailbox, and the site does what it is told by `?smi-do=`. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../../tools/native/root.ts';
import type { SiteAction } from '../../tools/sandbox/set-up.ts';

const TOKEN = 'e2e';

/**
 * Must come before the first request.
 *
 * @param site    Folder of WordPress.
 * @param dir     Temporary folder with `photographs`.
 * @param mailbox Where mail goes.
 */
export async function addSandboxPlugin( site: string, dir: string, mailbox: string ): Promise< void > {
	const target = join( site, 'wp-content/mu-plugins/smi-sandbox' );
	await mkdir( target, { recursive: true } );
	await cp( join( REPOSITORY, 'tools/sandbox/mu-plugin' ), target, { recursive: true } );
	const photographs = join( target, 'photographs.php' );
	const code = await readFile( photographs, 'utf8' );
	await writeFile( photographs, code.replace( "'/smi/photographs/'", `'${ join( dir, 'photographs' ) }/'` ) );
	await writeFile(
		join( target, '../smi-e2e.php' ),
		`<?php
define( 'SMI_SANDBOX_TOKEN', '${ TOKEN }' );
define( 'SMI_SANDBOX_MAILBOX', '${ mailbox }' );
require __DIR__ . '/smi-sandbox/smi-sandbox.php';
`
	);
}

export function actionsOf( url: string ): SiteAction {
	return async ( name, body = {} ) => {
		const answer = await fetch( `${ url }/?smi-do=${ name }`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-smi-sandbox': TOKEN },
			body: JSON.stringify( body ),
		} );
		const text = await answer.text();
		if ( ! answer.ok ) {
			throw new Error( `${ name }: ${ text.slice( 0, 2000 ) }` );
		}
		return JSON.parse( text ) as Record< string, unknown >;
	};
}
