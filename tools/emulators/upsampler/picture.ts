import sharp from 'sharp';
import type { Job } from './jobs.ts';

const FETCH_TIMEOUT_MS = 10_000;
const PIXELS_PER_CREDIT = 4_000_000;

export interface Size {
	width: number;
	height: number;
}

export async function fetchPicture(url: string): Promise<Buffer> {
	const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
	if (!response.ok) {
		throw new Error(`The image URL answered ${response.status}.`);
	}
	return Buffer.from(await response.arrayBuffer());
}

/** Sides of the picture as it is seen, turned as its EXIF data says. */
export async function sizeOf(picture: Buffer): Promise<Size> {
	const { width, height } = (await sharp(picture).metadata()).autoOrient;
	return { width, height };
}

export function enlarged(size: Size, factor: number): Size {
	return { width: Math.round(size.width * factor), height: Math.round(size.height * factor) };
}

/** One credit for each 4 output megapixels begun, and never none. */
export function creditCost({ width, height }: Size): number {
	return Math.max(1, Math.ceil((width * height) / PIXELS_PER_CREDIT));
}

/** Really enlarges: a lossless PNG, and a JPEG of the same size. */
export async function enlarge(picture: Buffer, job: Job): Promise<{ png: Buffer; jpeg: Buffer }> {
	const factor = job.input?.upscaleFactor ?? 1;
	const right = enlarged(await sizeOf(picture), factor);
	const size = job.outcome === 'wrong_size' ? enlarged(right, 0.5) : right;
	const { data, info } = await sharp(picture)
		.autoOrient()
		.resize({ ...size, fit: 'fill', kernel: 'lanczos3' })
		.raw()
		.toBuffer({ resolveWithObject: true });
	const raw = { width: info.width, height: info.height, channels: info.channels };
	const png = await sharp(data, { raw, limitInputPixels: false }).png({ compressionLevel: 2 }).toBuffer();
	const jpeg = await sharp(data, { raw, limitInputPixels: false }).flatten({ background: '#fff' }).jpeg({ quality: 85 }).toBuffer();
	return { png, jpeg };
}
