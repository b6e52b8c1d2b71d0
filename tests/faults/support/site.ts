/** A native WordPress that sells small pictures: nothing is quicker to make. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { startNativeWordPress, type NativeWordPress } from '../../../tools/native/wordpress.ts';
import type { SiteAction } from '../../../tools/sandbox/set-up.ts';
import { actionsOf, addSandboxPlugin } from '../../helpers/sandbox-plugin.ts';

/** What the site shows at most: what is sold is four or eight times of it. */
const SHOWN = 240;

/** Title => sides. The second holds what is sold of it already: it is resized, never upscaled. */
const PICTURES = { small: [ 240, 180 ], large: [ 1920, 1440 ] } as const;

export type PictureName = keyof typeof PICTURES;

export interface Site extends NativeWordPress {
	/** The sandbox's must-use plugin. */
	act: SiteAction;
	/** Attachments by name, and the post that shows them. */
	pictures: Record< PictureName, number >;
	post: number;
	/** The plugin's actions that other people's code heard of a job, oldest first. */
	heard: ( job: string ) => Promise< string[] >;
	/** Seconds by name of a duration, from the next request on; what is not named is as always. */
	times: ( seconds: Record< string, number > ) => Promise< void >;
}

/**
 * @param dir     Temporary folder.
 * @param mailbox Where mail goes.
 */
export async function startSite( dir: string, mailbox: string ): Promise< Site > {
	const native = await startNativeWordPress( { version: '7.1', fromZip: null } );
	try {
		const times: Site[ 'times' ] = ( seconds ) =>
			writeFile( join( native.dir, 'wp-content/smi-times.json' ), JSON.stringify( seconds ) );
		await times( {} );
		await addPlugins( native.dir, dir, mailbox );
		const act = actionsOf( native.url );
		await act( 'settings' );
		await native.wp( `update_option( 'large_size_w', ${ SHOWN } ); update_option( 'large_size_h', ${ SHOWN } );` );
		const heard = ( job: string ) => actionsOfJob( join( native.dir, 'wp-content/smi-hooks.log' ), job );
		return { ...native, act, times, heard, ...( await publish( act, dir ) ) };
	} catch ( error ) {
		await native.stop();
		throw error;
	}
}

async function actionsOfJob( log: string, job: string ): Promise< string[] > {
	const lines = ( await readFile( log, 'utf8' ).catch( () => '' ) ).split( '\n' );
	return lines.filter( ( line ) => line.endsWith( job ) ).map( ( line ) => line.split( ' ' )[ 0 ] ?? '' );
}

/** Beside the sandbox's: no limits for visitors, and durations that a test may change. */
async function addPlugins( site: string, dir: string, mailbox: string ): Promise< void > {
	await addSandboxPlugin( site, dir, mailbox );
	await writeFile(
		join( site, 'wp-content/mu-plugins/smi-faults.php' ),
		`<?php
add_filter( 'smi_rate_limit', '__return_zero' );
foreach ( json_decode( file_get_contents( WP_CONTENT_DIR . '/smi-times.json' ), true ) ?: array() as $name => $seconds ) {
	define( 'SMI_TIME_' . $name, $seconds );
}
foreach ( array( 'smi_payment_completed', 'smi_job_completed', 'smi_job_failed', 'smi_job_refunded' ) as $hook ) {
	add_action(
		$hook,
		fn( $job ) => file_put_contents( WP_CONTENT_DIR . '/smi-hooks.log', "$hook $job\\n", FILE_APPEND | LOCK_EX ),
		99
	);
}
`
	);
}

async function publish( act: SiteAction, dir: string ): Promise< Pick< Site, 'pictures' | 'post' > > {
	const pictures: Record< string, number > = {};
	await mkdir( join( dir, 'photographs' ), { recursive: true } );
	for ( const [ title, [ width, height ] ] of Object.entries( PICTURES ) ) {
		const file = `${ title }.jpg`;
		await sharp( { create: { width, height, channels: 3, background: '#a06030' } } )
			.jpeg()
			.toFile( join( dir, 'photographs', file ) );
		const { id } = await act( 'photograph', { file, title, alt: title, caption: '', source: 'made by a test' } );
		pictures[ title ] = Number( id );
	}
	// The first one would be the featured image only.
	const { id } = await act( 'post', { attachments: [ pictures[ 'small' ], ...Object.values( pictures ) ] } );
	return { pictures: pictures as Site[ 'pictures' ], post: Number( id ) };
}
