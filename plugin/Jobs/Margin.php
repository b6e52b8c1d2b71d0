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

		return (string) Money::plain( Money::scaled( $sum, 2 ), 0 === $sum % 100 ? Money::exponent( $currency ) : 2 );
	}

	private static function hundredths( ?string $amount ): int {
		return null === $amount ? 0 : (int) str_replace( '.', '', Money::plain( $amount, 2 ) ?? '0' );
	}
}
