import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { run } from './run';

const GIVE_UP_MS = 3_000;

/**
 * The official archive, into a new folder. Gives up after 3 s without an answer, or without a further byte.
 *
 * @return Where it came from, in words.
 */
export async function fromWordPressOrg( branch: string, into: string, scratch: string ): Promise< string > {
	const archive = join( scratch, 'wordpress.tar.gz' );
	await download( `https://wordpress.org/wordpress-${ branch }.tar.gz`, archive );
	await mkdir( into, { recursive: true } );
	await run( 'tar', [ '-xzf', archive, '-C', into, '--strip-components=1' ] );
	return 'wordpress.org';
}

async function download( url: string, file: string ): Promise< void > {
	const silence = new AbortController();
	const giveUp = () => silence.abort( new Error( `no answer in ${ GIVE_UP_MS / 1000 } s` ) );
	let timer = setTimeout( giveUp, GIVE_UP_MS );
	try {
		const answer = await fetch( url, { signal: silence.signal } );
		if ( ! answer.ok || ! answer.body ) {
			throw new Error( `it answered ${ answer.status }` );
		}
		const body = Readable.fromWeb( answer.body as ReadableStream );
		body.on( 'data', () => {
			clearTimeout( timer );
			timer = setTimeout( giveUp, GIVE_UP_MS );
		} );
		await pipeline( body, createWriteStream( file ) );
	} finally {
		clearTimeout( timer );
	}
}
