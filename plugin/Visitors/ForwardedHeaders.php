<?php
/**
 * What proxies say of the visitor.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

/**
 * Reads `X-Forwarded-For`, `Forwarded` (RFC 7239) and `CF-Connecting-IP`. Nothing here is to be believed by itself: anybody can send these.
 */
final class ForwardedHeaders {

	/** Nobody stands behind so many proxies; what comes before is made up. */
	private const MOST_HOPS = 20;

	/** The peer that speaks to PHP: an address, `unix:`, or nothing. */
	public static function peer(): string {
		$peer = self::server( 'REMOTE_ADDR' );
		return IpAddress::normal( $peer ) ?? ( str_starts_with( $peer, 'unix:' ) ? 'unix:' : '' );
	}

	/** @return list<string> As they came, the nearest hop first. */
	public static function x_forwarded_for(): array {
		return self::nearest_first( explode( ',', self::server( 'HTTP_X_FORWARDED_FOR' ) ) );
	}

	/** @return list<string> As they came, the nearest hop first. */
	public static function forwarded(): array {
		$hops = array();
		foreach ( explode( ',', self::server( 'HTTP_FORWARDED' ) ) as $element ) {
			$hops[] = 1 === preg_match( '/(?:^|;)\s*for\s*=\s*("[^"]*"|[^;]*)/i', trim( $element ), $found ) ? $found[1] : '';
		}
		return self::nearest_first( $hops );
	}

	/** The visitor, as Cloudflare alone may say. */
	public static function cloudflare(): ?string {
		return IpAddress::normal( self::server( 'HTTP_CF_CONNECTING_IP' ) );
	}

	/** Whoever the visitor is said to be, by the header that goes farthest; null where nothing is said. */
	public static function claim(): ?string {
		$hops = array_merge( self::forwarded(), self::x_forwarded_for() );
		return self::cloudflare() ?? ( array() === $hops ? null : IpAddress::normal( $hops[ count( $hops ) - 1 ] ) );
	}

	/**
	 * @param list<string> $hops In the header's order.
	 * @return list<string>
	 */
	private static function nearest_first( array $hops ): array {
		$hops = array_map( 'trim', $hops );
		return array( '' ) === $hops ? array() : array_slice( array_reverse( $hops ), 0, self::MOST_HOPS );
	}

	private static function server( string $name ): string {
		$value = $_SERVER[ $name ] ?? ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- read as addresses only.
		return is_string( $value ) ? trim( $value ) : '';
	}
}
