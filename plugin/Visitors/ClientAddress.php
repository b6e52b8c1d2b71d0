<?php
/**
 * Who asks, for limits.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

use SellMyImages\Hooks\Listeners;

/**
 * A visitor's address, seen through the proxies that the owner trusts; as a keyed hash, so that no address is ever stored.
 */
final class ClientAddress {

	public function __construct( private readonly TrustedProxies $trust ) {}

	/**
	 * 32 hex digits. For IPv6 the network counts.
	 */
	public function hash(): string {
		return substr( hash_hmac( 'sha256', IpAddress::network( $this->get() ), wp_salt( 'nonce' ) ), 0, 32 );
	}

	/**
	 * The address.
	 */
	public function get(): string {
		/**
		 * Filters the visitor's address that limits go by.
		 *
		 * @since 0.1.0
		 *
		 * @param string $address IPv4 or IPv6, already seen through the proxies of the setting `trusted_proxies`.
		 */
		$address = Listeners::apply_filters( 'smi_client_address', $this->seen() );
		return IpAddress::normal( $address ) ?? $address;
	}

	/**
	 * Two headers that lead to two visitors: one of them is made up, by somebody whose proxy sets only the other. Then neither counts.
	 */
	private function seen(): string {
		$peer = ForwardedHeaders::peer();
		if ( ! $this->trust->includes( $peer ) ) {
			return $peer;
		}
		$found = array();
		foreach ( array( ForwardedHeaders::x_forwarded_for(), ForwardedHeaders::forwarded() ) as $hops ) {
			if ( array() !== $hops ) {
				$found[] = $this->follow( $peer, $hops );
			}
		}
		$found = array_values( array_unique( array() === $found ? array( $this->follow( $peer, array() ) ) : $found ) );
		return 1 === count( $found ) ? $found[0] : $peer;
	}

	/**
	 * From hop to hop, as long as whoever names the next one is trusted.
	 *
	 * @param list<string> $hops The nearest first.
	 */
	private function follow( string $peer, array $hops ): string {
		$at = $peer;
		while ( $this->trust->includes( $at ) ) {
			$told = $this->trust->is_cloudflare( $at ) ? ForwardedHeaders::cloudflare() : null;
			if ( null !== $told ) {
				return $told;
			}
			$next = IpAddress::normal( (string) array_shift( $hops ) );
			if ( null === $next ) {
				return $at;
			}
			$at = $next;
		}
		return $at;
	}
}
