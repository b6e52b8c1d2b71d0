<?php
/**
 * What is left of a sale.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Counting;

use SellMyImages\Support\Amount;

/**
 * In hundredths even where the price has none, for the cost has them.
 */
final class Margin {

	/**
	 * @param string|null $charged    What came in.
	 * @param string|null $refunded   What was given back.
	 * @param string|null $lost       What a lost dispute took.
	 * @param string|null $fee        What Stripe kept.
	 * @param string|null $cost       What the upscaler cost.
	 * @param string|null $cost_other What it cost in other currencies.
	 * @return string|null A decimal; null where money of two currencies would have to be added.
	 */
	public static function of( string $currency, ?string $charged, ?string $refunded, ?string $lost, ?string $fee, ?string $cost, ?string $cost_other = null ): ?string {
		if ( null !== $cost_other && '' !== $cost_other ) {
			return null;
		}
		$less = array_map( static fn( ?string $part ): Amount => Amount::of( $part, $currency ), array( $refunded, $lost, $fee, $cost ) );

		return Amount::of( $charged, $currency )->minus( ...$less )->to_shown();
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
}
