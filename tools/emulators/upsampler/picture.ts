import sharp from 'sharp';
import type { Job } from './jobs.ts';

const FETCH_TIMEOUT_MS = 10_000;
const PIXELS_PER_CREDIT = 4_000_000;

export interface Size {
	width: number;
	height: number;
}

export async function fetchPicture( url: string ): Promise< Buffer > {
	const response = await fetch( url, { signal: AbortSignal.timeout( FETCH_TIMEOUT_MS ) } );
	if ( ! response.ok ) {
		throw new Error( `The image URL answered ${ response.status }.` );
	}
	return Buffer.from( await response.arrayBuffer() );
}

/** Sides of the picture as it is seen, turned as its EXIF data says. */
export async function sizeOf( picture: Buffer ): Promise< Size > {
	const { width, height } = ( await sharp( picture ).metadata() ).autoOrient;
	return { width, height };
}

export function enlarged( size: Size, factor: number ): Size {
	return { width: Math.round( size.width * factor ), height: Math.round( size.height * factor ) };
}

/** One credit for each 4 output megapixels begun, and never none. */
export function creditCost( { width, height }: Size ): number {
	return Math.max( 1, Math.ceil( ( width * height ) / PIXELS_PER_CREDIT ) );
}

/** Really enlarges. Lightly packed: time matters more here than the size of a file that is read once. */
export async function enlarge( picture: Buffer, job: Job ): Promise< Buffer > {
	const right = enlarged( await sizeOf( picture ), job.input?.upscaleFactor ?? 1 );
	const size = job.outcome === 'wrong_size' ? enlarged( right, 0.5 ) : right;
	return sharp( picture )
		.autoOrient()
		.resize( { ...size, fit: 'fill', kernel: 'lanczos3' } )
		.png( { compressionLevel: 1 } )
		.toBuffer();
}

/** The compressed version of a result, made when somebody asks for it. */
export async function compressed( png: Buffer ): Promise< Buffer > {
	return sharp( png ).flatten( { background: '#fff' } ).jpeg( { quality: 85 } ).toBuffer();
}
