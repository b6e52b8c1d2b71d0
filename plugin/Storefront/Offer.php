<?php
/**
 * One size of one picture at one price.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Support\Money;

/**
 * What a buyer is offered.
 */
final class Offer {

	/**
	 * @param string   $resolution  `4x` or `8x`.
	 * @param SizePlan $plan        How it is made, with the exact size.
	 * @param int      $price_minor Price in minor units.
	 * @param string   $currency    ISO code, upper case.
	 */
	public function __construct(
		public readonly string $resolution,
		public readonly SizePlan $plan,
		public readonly int $price_minor,
		public readonly string $currency
	) {}

	/**
	 * Whether that is what it costs.
	 *
	 * @param string|null $price    Decimal that somebody saw; null: not said.
	 * @param string|null $currency Beside it; null: the shop's.
	 */
	public function is_at( ?string $price, ?string $currency ): bool {
		if ( null !== $currency && strtoupper( $currency ) !== $this->currency ) {
			return false;
		}
		try {
			return null === $price || Money::to_minor( $price, $this->currency ) === $this->price_minor;
		} catch ( \InvalidArgumentException ) {
			return false;
		}
	}

	/**
	 * As in offers.schema.json.
	 *
	 * @return array{resolution:string,width:int,height:int,price:string}
	 */
	public function to_rest(): array {
		return array(
			'resolution' => $this->resolution,
			'width'      => $this->plan->width,
			'height'     => $this->plan->height,
			'price'      => Money::to_decimal( $this->price_minor, $this->currency ),
		);
	}
}
