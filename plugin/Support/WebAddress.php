<?php
/**
 * Addresses as others take them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

use WpOrg\Requests\IdnaEncoder;

/**
 * WordPress keeps the address of a picture as its file is called, `https://münchen.example/Größe.jpg`; what travels on the wire is ASCII.
 */
final class WebAddress {

	/** Scheme, name and password, host, and all the rest. */
	private const PARTS = '~^(https?://)((?:[^/?#@]*@)?)(\[[^\]]+\]|[^/?#:@]+)(.*)$~isD';

	/** What RFC 3986 lets stand as it is. */
	private const PLAIN = 'A-Za-z0-9\-._~:\/?#\[\]@!$&\'()*+,;=';

	/**
	 * The same address in ASCII: the host in Punycode, everything else in percent signs; what is encoded already stays as it is.
	 *
	 * @return string|null Null for what is no web address.
	 */
	public static function ascii( string $url ): ?string {
		if ( 1 !== preg_match( self::PARTS, trim( $url ), $parts ) ) {
			return null;
		}
		$host = self::host( $parts[3] );

		return null === $host ? null : $parts[1] . self::encoded( $parts[2] ) . $host . self::encoded( $parts[4] );
	}

	private static function encoded( string $text ): string {
		return (string) preg_replace_callback(
			'/%(?![0-9A-Fa-f]{2})|[^%' . self::PLAIN . ']/',
			static fn( array $found ): string => rawurlencode( $found[0] ),
			$text
		);
	}

	private static function host( string $host ): ?string {
		if ( 1 === preg_match( '/^[\x21-\x7E]+$/D', $host ) ) {
			return $host;
		}
		if ( function_exists( 'idn_to_ascii' ) ) {
			$found = idn_to_ascii( $host, IDNA_NONTRANSITIONAL_TO_ASCII, INTL_IDNA_VARIANT_UTS46 );

			return false === $found ? null : $found;
		}
		try {
			return IdnaEncoder::encode( mb_strtolower( $host, 'UTF-8' ) );
		} catch ( \Exception ) {
			return null;
		}
	}
}
