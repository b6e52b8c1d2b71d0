<?php
/**
 * What belongs to a code in a row: numbers, and words that somebody else said.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * Between an array and the JSON of an `…args` column. In ASCII, so that a table of any character set holds it; what somebody said without
 * the addresses and keys that it may quote.
 */
final class Args {

	/** Of what somebody said. */
	private const LONGEST = 1000;

	/** @param array<string,mixed> $args Numbers, strings, nulls; what says nothing is left out. */
	public static function json( array $args ): ?string {
		$kept = array_filter( $args, static fn( mixed $value ): bool => null !== $value && '' !== $value );
		if ( isset( $kept['said'] ) ) {
			$kept['said'] = mb_substr( Redaction::text( (string) $kept['said'] ), 0, self::LONGEST );
		}
		$json = array() === $kept ? false : wp_json_encode( $kept );

		return false === $json ? null : $json;
	}

	/** @return array<string,mixed> Empty for what is no JSON. */
	public static function of( ?string $json ): array {
		$args = null === $json || '' === $json ? null : json_decode( $json, true );

		return is_array( $args ) ? $args : array();
	}
}
