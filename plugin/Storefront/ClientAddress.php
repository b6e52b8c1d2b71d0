<?php
/**
 * Who asks, without keeping who asks.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Hooks\Listeners;

/**
 * A visitor's address as a keyed hash, so that no address is ever stored.
 */
final class ClientAddress {

	/**
	 * 32 hex digits. For IPv6 the network counts, since everybody there has addresses without end.
	 */
	public function hash(): string {
		$address = isset( $_SERVER['REMOTE_ADDR'] ) ? sanitize_text_field( wp_unslash( $_SERVER['REMOTE_ADDR'] ) ) : '';

		/**
		 * Filters the visitor's address, for sites behind a proxy that they trust.
		 *
		 * @param string $address IPv4 or IPv6.
		 */
		$address = Listeners::apply_filters( 'smi_client_address', $address );
		return substr( hash_hmac( 'sha256', $this->network( $address ), wp_salt( 'nonce' ) ), 0, 32 );
	}

	private function network( string $address ): string {
		$packed = false !== filter_var( $address, FILTER_VALIDATE_IP, FILTER_FLAG_IPV6 ) ? inet_pton( $address ) : false;
		return false === $packed ? $address : bin2hex( substr( $packed, 0, 8 ) );
	}
}
