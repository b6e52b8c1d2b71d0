<?php
/**
 * Internet addresses.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

/**
 * Reads addresses as headers write them, and compares them with ranges. Pure.
 */
final class IpAddress {

	/** Shorter prefixes hold half the world: whoever types one would trust strangers. */
	private const SHORTEST = array( 4 => 8, 16 => 16 );

	/** What comes before the IPv4 address in `::ffff:192.0.2.1`. */
	private const MAPPED = "\0\0\0\0\0\0\0\0\0\0\xff\xff";

	/**
	 * An address in its one way of writing, without port, brackets and zone; an IPv4 address that is mapped to IPv6 is itself.
	 *
	 * @return string|null Null for what is none.
	 */
	public static function normal( string $text ): ?string {
		$text = trim( $text, " \t\"" );
		if (
			1 === preg_match( '/^\[([^\]]+)\](:\d+)?$/', $text, $found )
			|| 1 === preg_match( '/^(\d+\.\d+\.\d+\.\d+):\d+$/', $text, $found )
		) {
			$text = $found[1];
		}
		$packed = self::pack( (string) preg_replace( '/%.*$/', '', $text ) );
		return null === $packed ? null : (string) inet_ntop( $packed );
	}

	/**
	 * What counts as one visitor: an IPv4 address, or a network of IPv6, since everybody there has addresses without end.
	 */
	public static function network( string $address ): string {
		$packed = self::pack( $address );
		return null !== $packed && 16 === strlen( $packed )
			? inet_ntop( substr( $packed, 0, 8 ) . str_repeat( "\0", 8 ) ) . '/64'
			: $address;
	}

	/**
	 * Whether an address lies in a range.
	 *
	 * @param string $address Of normal().
	 * @param string $range   An address, or `address/bits`.
	 */
	public static function is_in( string $address, string $range ): bool {
		$packed                 = self::pack( $address );
		list( $network, $bits ) = self::range( $range ) ?? array( '', 0 );
		if ( null === $packed || strlen( $packed ) !== strlen( $network ) ) {
			return false;
		}
		$whole = intdiv( $bits, 8 );
		$mask  = 0xff << ( 8 - $bits % 8 ) & 0xff;
		return substr( $packed, 0, $whole ) === substr( $network, 0, $whole )
			&& ( 0 === $bits % 8 || ( ord( $packed[ $whole ] ) & $mask ) === ( ord( $network[ $whole ] ) & $mask ) );
	}

	/**
	 * @param string       $address Of normal().
	 * @param list<string> $ranges  See is_in().
	 */
	public static function is_in_any( string $address, array $ranges ): bool {
		foreach ( $ranges as $range ) {
			if ( self::is_in( $address, $range ) ) {
				return true;
			}
		}
		return false;
	}

	/** Whether this is an address, or a range that is not too large to be somebody's own. */
	public static function is_range( string $text ): bool {
		$range = self::range( $text );
		return null !== $range && $range[1] >= self::SHORTEST[ strlen( $range[0] ) ];
	}

	/** @return array{0:string,1:int}|null Packed network and bits. */
	private static function range( string $text ): ?array {
		$parts  = explode( '/', $text, 2 );
		$packed = self::pack( $parts[0] );
		if ( null === $packed ) {
			return null;
		}
		$most = 8 * strlen( $packed );
		$bits = $parts[1] ?? (string) $most;
		return ctype_digit( $bits ) && (int) $bits <= $most ? array( $packed, (int) $bits ) : null;
	}

	private static function pack( string $address ): ?string {
		$packed = false === filter_var( $address, FILTER_VALIDATE_IP ) ? false : inet_pton( $address );
		if ( false === $packed ) {
			return null;
		}
		return str_starts_with( $packed, self::MAPPED ) && 16 === strlen( $packed ) ? substr( $packed, 12 ) : $packed;
	}
}
