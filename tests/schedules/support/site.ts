/** A native WordPress whose clock is ours, with a back door. */
import { writeFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { startNativeWordPress, type NativeWordPress } from '../../../tools/native/wordpress.ts';

/** Of the pictures that can be bought: one has to be made by the upscaler, the other is large enough. */
export const SOURCES = {
	upscaled: { source: 'small.jpg', width: 32, height: 24 },
	local: { source: 'large.jpg', width: 160, height: 120 },
};

export type Row = Record< string, string | null >;

/** What the site holds. */
export interface Seen {
	now: string;
	jobs: ( Row & { attention_all: string[]; file: { sha256: string; size: [ number, number ] } | null } )[];
	attempts: Row[];
	refunds: Row[];
	commands: Row[];
	events: Row[];
	fired: [ string, Record< string, unknown > ][];
}

export interface Site {
	native: NativeWordPress;
	url: string;
	setTime: ( seconds: number ) => void;
	/** Goes through the back door; null when the process was killed on the way. */
	act: < T = Record< string, unknown > >( name: string, body?: object, kill?: string ) => Promise< T | null >;
}

export async function startSite(): Promise< Site > {
	const native = await startNativeWordPress( { version: '7.1', fromZip: null } );
	const content = join( native.dir, 'wp-content' );
	await mkdir( join( content, 'mu-plugins' ), { recursive: true } );
	const setTime = ( seconds: number ) => writeFileSync( join( content, 'schedule-now' ), String( seconds ) );
	setTime( Math.floor( Date.now() / 1000 ) );
	await copyFile( join( import.meta.dirname, '../site/schedule.php' ), join( content, 'mu-plugins/schedule.php' ) );
	for ( const { source, width, height } of Object.values( SOURCES ) ) {
		const picture = sharp( { create: { width, height, channels: 3, background: '#369' } } );
		await writeFile( join( content, 'uploads', source ), await picture.jpeg().toBuffer() );
	}
	return { native, url: native.url, setTime, act: doorOf( native.url ) };
}

function doorOf( url: string ): Site[ 'act' ] {
	return async < T >( name: string, body: object = {}, kill?: string ) => {
		const answer = await fetch( `${ url }/?smi_schedule=${ name }`, {
			method: 'POST',
			headers: kill === undefined ? {} : { 'x-schedule-kill': kill },
			body: JSON.stringify( body ),
		} );
		const text = await answer.text();
		if ( answer.status === 502 && kill !== undefined ) {
			return null;
		}
		if ( ! answer.ok ) {
			throw new Error( `${ name }: HTTP ${ answer.status } ${ text.slice( 0, 2000 ) }` );
		}
		return JSON.parse( text ) as T;
	};
}
