/** The files that the sandbox's finished jobs have sold: one real picture per size, shared by all jobs that sold it. */
import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';

export interface SoldSize {
	/** Attachment and resolution: `5-4x`. */
	picture: string;
	/** The photograph's file name, in the folder of photographs. */
	source: string;
	width: number;
	height: number;
}

/** Columns of smi_attempts, by `picture`. */
export type SoldFacts = Record< string, FileFacts >;

interface FileFacts {
	file_sha256: string;
	file_bytes: number;
	file_width: number;
	file_height: number;
	file_mime: string;
}

export interface PlacedFile {
	/** As WordPress sees it. */
	path: string;
	picture: string;
}

/** Enough to look at; nobody prints a sandbox. */
const QUALITY = 50;

export async function makeSoldFiles( sizes: readonly SoldSize[], dir: string ): Promise< SoldFacts > {
	await mkdir( join( dir, 'sold' ), { recursive: true } );
	const facts: SoldFacts = {};
	for ( const size of sizes ) {
		facts[ size.picture ] = await makeSoldFile( size, dir );
	}
	return facts;
}

async function makeSoldFile( { picture, source, width, height }: SoldSize, dir: string ): Promise< FileFacts > {
	const file = join( dir, 'sold', `${ picture }.jpg` );
	await sharp( join( dir, 'photographs', source ) )
		.resize( width, height, { fit: 'fill', kernel: 'cubic' } )
		.jpeg( { quality: QUALITY } )
		.toFile( file );
	const bytes = await readFile( file );
	return {
		file_sha256: createHash( 'sha256' ).update( bytes ).digest( 'hex' ),
		file_bytes: bytes.length,
		file_width: width,
		file_height: height,
		file_mime: 'image/jpeg',
	};
}

/** Puts each where its job expects it, with the facts that the plugin keeps beside a file. */
export async function placeSoldFiles( files: readonly PlacedFile[], facts: SoldFacts, dir: string ): Promise< void > {
	for ( const { path, picture } of files ) {
		const target = join( dir, path.replace( /^\//, '' ) );
		const source = join( dir, 'sold', `${ picture }.jpg` );
		await mkdir( dirname( target ), { recursive: true } );
		// A hundred jobs share sixteen pictures: links cost no room, and deleting one harms no other.
		await rm( target, { force: true } );
		await link( source, target ).catch( () => copyFile( source, target ) );
		await writeFile( join( dirname( target ), 'file.json' ), besideFile( target, facts[ picture ] ) );
	}
}

function besideFile( target: string, facts: FileFacts | undefined ): string {
	return JSON.stringify( {
		name: basename( target ),
		sha256: facts?.file_sha256,
		bytes: facts?.file_bytes,
		width: facts?.file_width,
		height: facts?.file_height,
		mime: facts?.file_mime,
	} );
}
