<?php
/**
 * The secret word in an attempt's webhook address.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Links\Salts;

/**
 * Derived, so that it can be told again; only its hash is stored.
 */
final class AttemptToken {

	public function token( string $attempt_uuid ): string {
		$key = hash_hmac( 'sha256', 'smi attempt token', Salts::auth(), true );

		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- base64url of raw bytes, not obfuscation.
		return rtrim( strtr( base64_encode( hash_hmac( 'sha256', "attempt:$attempt_uuid", $key, true ) ), '+/', '-_' ), '=' );
	}

	public static function hash( string $token ): string {
		return hash( 'sha256', $token );
	}
}
