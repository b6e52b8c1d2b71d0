import { crc32, createDeflate } from 'node:zlib';

/** Sides of the picture that the bomb claims, and unpacks to: 900 megapixels from about 100 kB. */
export const BOMB_SIDE = 30_000;

function chunk( type: string, data: Buffer ): Buffer {
	const body = Buffer.concat( [ Buffer.from( type, 'latin1' ), data ] );
	const length = Buffer.alloc( 4 );
	length.writeUInt32BE( data.length );
	const check = Buffer.alloc( 4 );
	check.writeUInt32BE( crc32( body ) );
	return Buffer.concat( [ length, body, check ] );
}

function header(): Buffer {
	const data = Buffer.alloc( 13 );
	data.writeUInt32BE( BOMB_SIDE, 0 );
	data.writeUInt32BE( BOMB_SIDE, 4 );
	// One bit of grey for each pixel, no interlacing.
	data[ 8 ] = 1;
	return data;
}

async function pixels(): Promise< Buffer > {
	const deflate = createDeflate( { level: 9 } );
	const row = Buffer.alloc( 1 + Math.ceil( BOMB_SIDE / 8 ) );
	const parts: Buffer[] = [];
	deflate.on( 'data', ( part: Buffer ) => parts.push( part ) );
	const ended = new Promise( ( resolve, reject ) => deflate.once( 'end', resolve ).once( 'error', reject ) );
	for ( let line = 0; line < BOMB_SIDE; line++ ) {
		if ( ! deflate.write( row ) ) {
			await new Promise( ( resolve ) => deflate.once( 'drain', resolve ) );
		}
	}
	deflate.end();
	await ended;
	return Buffer.concat( parts );
}

let made: Promise< Buffer > | null = null;

async function make(): Promise< Buffer > {
	const signature = Buffer.from( [ 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a ] );
	return Buffer.concat( [
		signature,
		chunk( 'IHDR', header() ),
		chunk( 'IDAT', await pixels() ),
		chunk( 'IEND', Buffer.alloc( 0 ) ),
	] );
}

/** A small, valid PNG that is enormous once it is unpacked. */
export function bomb(): Promise< Buffer > {
	made ??= make();
	return made;
}
