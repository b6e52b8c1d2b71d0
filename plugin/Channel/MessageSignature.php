<?php
/**
 * HTTP message signatures.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

/**
 * RFC 9421 with HMAC-SHA256, in one fixed profile, and RFC 9530's Content-Digest.
 *
 * Covered, in this order: `"@method" "content-digest" "smi-route"`; parameters `created`, `keyid`, `alg="hmac-sha256"`
 * in any order; label `smi`. The HMAC key is the text of the key's secret as it stands in the connection string.
 * `SMI-Route` takes the place of `@path`, which proxies and `?rest_route=` change on the way.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421
 */
final class MessageSignature {

	public const COVERED = '("@method" "content-digest" "smi-route")';

	/** Seconds by which the two clocks may differ, either way. */
	public const TOLERANCE = 300;

	/**
	 * The headers that sign a message.
	 *
	 * @param string $method  HTTP method.
	 * @param string $route   The value of SMI-Route.
	 * @param string $body    The raw body, which may be empty.
	 * @param string $key_id  Which key.
	 * @param string $secret  Its secret.
	 * @param int    $created Unix seconds.
	 * @return array<string,string> Header name => value.
	 */
	public static function sign( string $method, string $route, string $body, string $key_id, string $secret, int $created ): array {
		$params = self::COVERED . ";created=$created;keyid=\"$key_id\";alg=\"hmac-sha256\"";
		$digest = self::digest( $body );
		return array(
			'Content-Digest'  => $digest,
			'SMI-Route'       => $route,
			'Signature-Input' => "smi=$params",
			'Signature'       => 'smi=:' . base64_encode(
				self::mac( self::base( self::covered( $method, $digest, $route ), $params ), $secret )
			) . ':',
		);
	}

	/**
	 * Checks a signed message.
	 *
	 * @param string                $method  HTTP method as received.
	 * @param string                $body    The raw body.
	 * @param array<string,string>  $headers `content-digest`, `smi-route`, `signature-input`, `signature`; absent ones empty.
	 * @param callable              $secret  `callable( string $key_id ): ?string`.
	 * @param int                   $now     Unix seconds.
	 * @return string|null What is wrong: missing|malformed|key_unknown|expired|digest|mismatch. Null when nothing is.
	 */
	public static function fault( string $method, string $body, array $headers, callable $secret, int $now ): ?string {
		if ( '' === $headers['signature-input'] || '' === $headers['signature'] ) {
			return 'missing';
		}
		$input = self::parse_input( $headers['signature-input'] );
		$mac   = self::parse_mac( $headers['signature'] );
		if ( null === $input || null === $mac ) {
			return 'malformed';
		}
		$key = $secret( $input['keyid'] );
		if ( null === $key ) {
			return 'key_unknown';
		}
		$base = self::base( self::covered( $method, $headers['content-digest'], $headers['smi-route'] ), $input['params'] );
		if ( ! hash_equals( self::mac( $base, $key ), $mac ) ) {
			return 'mismatch';
		}
		if ( ! hash_equals( self::digest( $body ), $headers['content-digest'] ) ) {
			return 'digest';
		}
		return abs( $now - $input['created'] ) > self::TOLERANCE ? 'expired' : null;
	}

	/**
	 * RFC 9530.
	 *
	 * @param string $body The raw body.
	 */
	public static function digest( string $body ): string {
		return 'sha-256=:' . base64_encode( hash( 'sha256', $body, true ) ) . ':';
	}

	/**
	 * The signature base of RFC 9421, section 2.5.
	 *
	 * @param array<string,string> $components Name => value, in the order covered.
	 * @param string               $params     The value of `@signature-params`.
	 */
	public static function base( array $components, string $params ): string {
		$lines = '';
		foreach ( $components as $name => $value ) {
			$lines .= "\"$name\": $value\n";
		}
		return $lines . "\"@signature-params\": $params";
	}

	/**
	 * The signature of a base.
	 *
	 * @param string $base   Signature base.
	 * @param string $secret Key.
	 * @return string Raw bytes.
	 */
	public static function mac( string $base, string $secret ): string {
		return hash_hmac( 'sha256', $base, $secret, true );
	}

	/**
	 * The components of the profile.
	 *
	 * @param string $method HTTP method.
	 * @param string $digest Content-Digest.
	 * @param string $route  SMI-Route.
	 * @return array<string,string>
	 */
	private static function covered( string $method, string $digest, string $route ): array {
		return array(
			'@method'        => strtoupper( $method ),
			'content-digest' => trim( $digest ),
			'smi-route'      => trim( $route ),
		);
	}

	/**
	 * Reads Signature-Input as far as the profile goes.
	 *
	 * @param string $header The header.
	 * @return array{params:string,created:int,keyid:string}|null Null when it is another profile.
	 */
	private static function parse_input( string $header ): ?array {
		if (
			1 !== preg_match(
				'/(?:^|,)\s*smi=(' . preg_quote( self::COVERED, '/' ) . '((?:;[a-z]+=(?:\d{1,12}|"[\w.~-]{1,100}"))+))\s*(?:,|$)/',
				$header,
				$found
			)
		) {
			return null;
		}
		preg_match_all( '/;([a-z]+)="?([^";]+)"?/', $found[2], $pairs );
		$params = array_combine( $pairs[1], $pairs[2] );
		if (
			3 !== count( $pairs[1] )
			|| 'hmac-sha256' !== ( $params['alg'] ?? '' )
			|| ! isset( $params['keyid'] )
			|| ! ctype_digit( $params['created'] ?? '' )
		) {
			return null;
		}
		return array(
			'params'  => $found[1],
			'created' => (int) $params['created'],
			'keyid'   => $params['keyid'],
		);
	}

	/**
	 * Reads Signature.
	 *
	 * @param string $header The header.
	 * @return string|null Raw bytes.
	 */
	private static function parse_mac( string $header ): ?string {
		if ( 1 !== preg_match( '/(?:^|,)\s*smi=:([A-Za-z0-9+\/]{43}=):\s*(?:,|$)/', $header, $found ) ) {
			return null;
		}
		$mac = base64_decode( $found[1], true );
		return false === $mac ? null : $mac;
	}
}
