<?php
/**
 * Why, in the words of whoever reads it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Support\Args;
use SellMyImages\Support\Locales;

/**
 * From a code and its arguments, as rows hold them, to a sentence. What is no code is words already: of a person, of a provider, or of an
 * earlier version.
 */
final class ReasonWords {

	/** Codes that programs have always read in the log and heard by hooks; the screen has words for them there. */
	private const CODES_IN_THE_LOG = array( 'refunded' );

	/**
	 * @param string|null $stored As the row has it.
	 * @param string|null $json   Of the args column beside it.
	 */
	public static function of( ?string $stored, ?string $json = null ): ?string {
		return self::sentence( $stored, Args::of( $json ) );
	}

	/**
	 * @param string|null         $stored As the row has it.
	 * @param array<string,mixed> $args   What belongs to it.
	 */
	public static function sentence( ?string $stored, array $args = array() ): ?string {
		$reason = self::known( $stored );
		if ( null === $reason ) {
			return $stored;
		}
		$said = trim( (string) ( $args['said'] ?? '' ) );

		return '' === $said
			? $reason->sentence( $args )
			/* translators: 1: a sentence, 2: what Stripe, the upscaler or the mail server said, in its own words. */
			: sprintf( __( '%1$s Its own words: %2$s', 'sell-my-images' ), $reason->sentence( $args ), $said );
	}

	/** For a line of the log, and for hooks. */
	public static function in_the_log( ?string $stored, ?string $json ): ?string {
		return in_array( $stored, self::CODES_IN_THE_LOG, true ) ? $stored : self::of( $stored, $json );
	}

	/** The code for programs; null for words. */
	public static function code( ?string $stored ): ?string {
		return self::known( $stored )?->value;
	}

	/**
	 * What hooks are told: a sentence in the site's language, for whose request it is told in is chance, and the code.
	 *
	 * @param array<string,mixed> $why `reason` and `args`, as for the log.
	 * @return array{reason:string|null,reason_code:string|null}
	 */
	public static function for_hooks( array $why ): array {
		$stored = isset( $why['reason'] ) ? (string) $why['reason'] : null;
		$code   = self::code( $stored );
		$args   = (array) ( $why['args'] ?? array() );

		return array(
			'reason'      => null === $code || in_array( $stored, self::CODES_IN_THE_LOG, true )
				? $stored
				: Locales::during( '', static fn(): ?string => self::sentence( $stored, $args ) ),
			'reason_code' => $code,
		);
	}

	private static function known( ?string $stored ): FailureReason|EventReason|null {
		return null === $stored ? null : ( FailureReason::tryFrom( $stored ) ?? EventReason::tryFrom( $stored ) );
	}
}
