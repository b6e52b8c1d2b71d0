/**
 * The sandbox's photographs: those of WordPress's own default theme, each in the public domain (photographs.json names
 * the source of each). They come with WordPress, so the repository carries none.
 */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

export interface Photograph {
	/** Its name in the theme, `….webp`. */
	file: string;
	title: string;
	alt: string;
	caption: string;
	/** Where the theme has it from. */
	source: string;
}

interface Catalogue {
	theme: string;
	license: string;
	photographs: Photograph[];
}

const QUALITY = 92;

export async function readCatalogue(): Promise< Catalogue > {
	const text = await readFile( new URL( 'photographs.json', import.meta.url ), 'utf8' );
	return JSON.parse( text ) as Catalogue;
}

export function jpegName( photograph: Photograph ): string {
	return photograph.file.replace( /\.webp$/, '.jpg' );
}

/** Photographers upload JPEGs, so the theme's WebP files become that. The first one is the featured image. */
export async function preparePhotographs( wordpress: string, into: string ): Promise< Photograph[] > {
	const { theme, photographs } = await readCatalogue();
	await mkdir( into, { recursive: true } );
	for ( const photograph of photographs ) {
		const target = join( into, jpegName( photograph ) );
		const isThere = await stat( target ).then(
			() => true,
			() => false
		);
		if ( ! isThere ) {
			const source = join( wordpress, 'wp-content/themes', theme, 'assets/images', photograph.file );
			await sharp( source ).jpeg( { quality: QUALITY } ).toFile( target );
		}
	}
	return photographs;
}
