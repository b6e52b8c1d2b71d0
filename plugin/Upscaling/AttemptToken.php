<?php
/**
 * The secret word in an attempt's webhook address.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Bridge\CallingKey;
use SellMyImages\Links\Salts;

/**
 * The attempt's UUID and an HMAC over it under the connection's key. So it proves itself: the bridge refuses a forged one without asking
 * this site, and nothing about it is stored.
 */
final class AttemptToken {

	/** 32 hexadecimal digits, and 32 bytes in base64url. */
	private const PATTERN = '/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([A-Za-z0-9_-]{43})$/D';

	/**
	 * @param CallingKey $caller Whose bridge the address leads to.
	 */
	public function __construct( private readonly CallingKey $caller ) {}

	/**
	 * The word for an attempt, for the bridge that is calling.
	 *
	 * @param string $attempt_uuid The attempt.
	 */
	public function token( string $attempt_uuid ): string {
		return str_replace( '-', '', $attempt_uuid ) . $this->proof( $attempt_uuid );
	}

	/**
	 * The attempt whose word it is.
	 *
	 * @param string $token What came in.
	 * @return string|null Its UUID; null for a word that proves nothing.
	 */
	public function attempt( string $token ): ?string {
		if ( 1 !== preg_match( self::PATTERN, $token, $found ) ) {
			return null;
		}
		$attempt_uuid = implode( '-', array_slice( $found, 1, 5 ) );
		return hash_equals( $this->proof( $attempt_uuid ), $found[6] ) ? $attempt_uuid : null;
	}

	private function proof( string $attempt_uuid ): string {
		$key = $this->caller->secret() ?? hash_hmac( 'sha256', 'smi attempt token', Salts::auth() );

		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- base64url of raw bytes, not obfuscation.
		return rtrim( strtr( base64_encode( hash_hmac( 'sha256', "smi attempt token:$attempt_uuid", $key, true ) ), '+/', '-_' ), '=' );
	}
}
