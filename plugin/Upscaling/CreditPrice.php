<?php
/**
 * What upscaler credits cost.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Settings\Settings;
use SellMyImages\Support\Amount;

/**
 * The setting's price, which has four digits at most, times so many; rounded half up at the end.
 */
final class CreditPrice {

	public function __construct( private readonly Settings $settings ) {
	}

	/**
	 * What an attempt cost, by today's price and currency; one that was priced already keeps its price.
	 *
	 * @param int          $credits Credits used.
	 * @param Attempt|null $attempt As it is known.
	 * @return array{credits:int,cost?:string,cost_currency?:string} Columns of an attempt.
	 */
	public function columns( int $credits, ?Attempt $attempt = null ): array {
		if ( null !== $attempt?->cost() && $attempt->credits() === $credits ) {
			return array( 'credits' => $credits );
		}

		return array( 'credits' => $credits, 'cost' => $this->of( $credits, 4 ), 'cost_currency' => $this->settings->currency() );
	}

	/**
	 * @param int $credits Credits used.
	 * @param int $digits  Digits of the answer, at most four.
	 * @return string A decimal, in the currency of the setting.
	 */
	public function of( int $credits, int $digits ): string {
		return Amount::of( $this->settings->credit_price(), $this->settings->currency() )->times( $credits )->to_decimal( $digits );
	}
}
