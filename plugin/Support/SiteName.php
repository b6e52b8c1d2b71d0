<?php
/**
 * What the site is called.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

final class SiteName {

	/** Plain text on one line; the host of a site without a name. */
	public static function get(): string {
		$name = trim( (string) preg_replace( '/\s+/u', ' ', wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ) ) );

		return '' === $name ? (string) wp_parse_url( home_url(), PHP_URL_HOST ) : $name;
	}
}
