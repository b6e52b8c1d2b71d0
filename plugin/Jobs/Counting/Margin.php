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
	 * @param string|null $cost_other What the images cost in other currencies, as a job holds it.
	 * @param Amount      $charged    What came in.
	 * @param Amount      ...$less    What went back, what a lost dispute took, what Stripe kept, what the upscaler cost.
	 * @return string|null A decimal; null where money of two currencies would have to be added.
	 */
	public static function of( ?string $cost_other, Amount $charged, Amount ...$less ): ?string {
		return null === $cost_other || '' === $cost_other ? $charged->minus( ...$less )->to_shown() : null;
	}
}
