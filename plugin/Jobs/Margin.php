<?php
/**
 * What is left of a sale.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Support\Money;

/**
 * Without floats: in hundredths, whatever the currency, for the cost has them even where the price has none.
 */
final class Margin {

	/**
	 * @param string|null $charged  What came in.
	 * @param string|null $refunded What was given back.
	 * @param string|null $lost     What a lost dispute took.
	 * @param string|null $fee      What Stripe kept.
	 * @param string|null $cost     What the upscaler cost.
	 * @return string A decimal.
	 */
	public static function of( string $currency, ?string $charged, ?string $refunded, ?string $lost, ?string $fee, ?string $cost ): string {
		$sum = self::hundredths( $charged ) - self::hundredths( $refunded ) - self::hundredths( $lost ) - self::hundredths( $fee ) - self::hundredths( $cost );

		return 0 === $sum % 100 && 2 !== Money::exponent( $currency ) ? (string) Money::plain( Money::scaled( $sum, 2 ), Money::exponent( $currency ) ) : Money::scaled( $sum, 2 );
	}

	/**
	 * What a dispute took: its amount once it is lost, beside whatever was refunded; null as long as it may come back.
	 *
	 * @param string|null $dispute_status Stripe's word.
	 * @param string|null $dispute_amount A decimal.
	 */
	public static function lost( ?string $dispute_status, ?string $dispute_amount ): ?string {
		return 'lost' === $dispute_status ? $dispute_amount : null;
	}

	private static function hundredths( ?string $amount ): int {
		if ( null === $amount ) {
			return 0;
		}

		// As the database writes it, nearly always.
		return (int) str_replace( '.', '', '.' === ( $amount[-3] ?? '' ) ? $amount : Money::plain( $amount, 2 ) ?? '0' );
	}
}
