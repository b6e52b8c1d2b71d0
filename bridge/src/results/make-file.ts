import sharp, { type Metadata, type Sharp } from 'sharp';
import { ResultProblem } from './problem.ts';
import { Turns } from './turns.ts';

export interface Target {
	width: number;
	height: number;
	mime: 'image/jpeg' | 'image/png';
}

/** A whole enlargement factor overshoots each side by less than two, so the area by less than four. */
const MOST_PIXELS = 4 * 1.05;
/** Sides were rounded to whole pixels before they were enlarged up to eight times. */
const SHAPE_TOLERANCE = 0.03;
const ROUNDED_PIXELS = 4;

// The kinds that a site sells and the upscaler gives. No other reader is ever let near foreign bytes.
sharp.block( { operation: [ 'VipsForeignLoad' ] } );
sharp.unblock( { operation: [ 'VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp' ] } );
sharp.concurrency( 2 );
sharp.cache( false );

/** One picture at a time is enough for one process: it may have 125 megapixels. */
const turns = new Turns( 1 );

/**
 * Makes exactly the file that was sold out of a fetched picture.
 *
 * @param hasPixelLimit False for the site's own originals: they may be far larger than what was sold.
 * @throws ResultProblem bad_image, too_large or wrong_size.
 */
export async function makeFile(
	source: string,
	destination: string,
	target: Target,
	hasPixelLimit: boolean
): Promise< void > {
	const picture = await readPicture( source );
	assertFits( picture, target, hasPixelLimit );
	const resized = sharp( source, { failOn: 'error', limitInputPixels: false, sequentialRead: true } )
		.autoOrient()
		.resize( target.width, target.height, { fit: 'fill', kernel: 'lanczos3' } );
	const coloured = picture.space === 'cmyk' ? resized.withIccProfile( 'srgb' ) : resized.keepIccProfile();
	try {
		await turns.run( () => encode( coloured, target.mime ).toFile( destination ) );
	} catch ( error ) {
		throw new ResultProblem( 'bad_image', `The picture is damaged: ${ ( error as Error ).message }.` );
	}
}

/** Reads the header only: a bomb is found out before it is opened. */
async function readPicture( source: string ): Promise< Metadata > {
	const found = await sharp( source, { limitInputPixels: false } )
		.metadata()
		.catch( () => null );
	if ( found === null ) {
		throw new ResultProblem( 'bad_image', 'What was fetched is not a picture.' );
	}
	return found;
}

function assertFits( picture: Metadata, target: Target, hasPixelLimit: boolean ): void {
	const { width, height } = picture.autoOrient;
	if ( hasPixelLimit && width * height > target.width * target.height * MOST_PIXELS ) {
		throw new ResultProblem(
			'too_large',
			`The picture has ${ width } × ${ height } pixels, far more than asked for.`
		);
	}
	const shape = width / height / ( target.width / target.height );
	if (
		width < target.width ||
		height < target.height ||
		Math.abs( shape - 1 ) > SHAPE_TOLERANCE + ROUNDED_PIXELS / Math.min( target.width, target.height )
	) {
		throw new ResultProblem(
			'wrong_size',
			`The picture has ${ width } × ${ height } pixels; ${ target.width } × ${ target.height } were sold.`
		);
	}
}

/**
 * Row by row. Optimised coding would hold the whole picture, 0.5 GB for 45 megapixels, to save a twentieth of the bytes.
 * Not mozjpeg: it saves a twentieth of the bytes and takes five times as long, while a buyer waits and a lease runs.
 */
function encode( picture: Sharp, mime: Target[ 'mime' ] ): Sharp {
	return mime === 'image/png'
		? picture.png( { compressionLevel: 6 } )
		: picture
				.flatten( { background: '#ffffff' } )
				.jpeg( { quality: 92, chromaSubsampling: '4:4:4', optimiseCoding: false } );
}
