/**
 * The same site in another dress, for the pages that ask for it: language, direction of writing, colours. A header on
 * the page's requests says which, so that no user's settings change and other pages see nothing of it.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Site } from './site.ts';

export interface Dress {
	locale?: string;
	direction?: 'rtl';
	/** An admin colour scheme of WordPress. */
	colours?: string;
}

const FILE = 'wp-content/mu-plugins/smi-dress.php';

const CODE = `<?php
$smi_dress = json_decode( wp_unslash( $_SERVER['HTTP_X_SMI_DRESS'] ?? '' ), true ) ?: array();
isset( $smi_dress['locale'] ) && add_filter( 'pre_determine_locale', static fn() => $smi_dress['locale'] );
isset( $smi_dress['colours'] ) && add_filter( 'get_user_option_admin_color', static fn() => $smi_dress['colours'] );
isset( $smi_dress['direction'] ) && add_filter(
	'gettext_with_context',
	static fn( $said, $text, $context ) => 'text direction' === $context ? $smi_dress['direction'] : $said,
	10,
	3
);
`;

/** Lets the site change its dress; gives the way back. */
export async function openWardrobe( { dir }: Pick< Site, 'dir' > ): Promise< () => Promise< void > > {
	await writeFile( join( dir, FILE ), CODE );
	return () => rm( join( dir, FILE ), { force: true } );
}

/** What a page asks for from now on. */
export const putOn = ( page: Page, dress: Dress ): Promise< void > =>
	page.setExtraHTTPHeaders( { 'x-smi-dress': JSON.stringify( dress ) } );
