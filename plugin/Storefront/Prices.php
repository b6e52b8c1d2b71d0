<?php
/**
 * What a size of a picture costs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Money;

/**
 * The one place where a price is made: the dialog shows it, and the job's row and Stripe's session are made of the same offer.
 */
final class Prices {

	public function __construct( private readonly Settings $settings ) {
	}

	/** Whether a size has a price in the settings. */
	public function is_sold( string $resolution ): bool {
		return $this->settings->price_minor( $resolution ) > 0;
	}

	/**
	 * @return int In minor units of the shop's currency; 0: this size is not sold.
	 */
	public function of( string $resolution, SizePlan $plan, int $attachment_id, int $post_id ): int {
		$price    = $this->settings->price_minor( $resolution );
		$currency = $this->settings->currency();
		if ( $price < 1 ) {
			return 0;
		}
		$offer = array( 'resolution' => $resolution, 'width' => $plan->width, 'height' => $plan->height, 'currency' => $currency );

		/**
		 * Filters the price of one size of a picture, for the current visitor. It is asked when prices are shown and again when one is
		 * paid, and should say the same: a sale at another price than was shown is refused. What Stripe would not take is passed over.
		 *
		 * @since 0.2.0
		 *
		 * @param int   $price         In minor units of the currency: 490 is $4.90, and ¥490.
		 * @param array $offer         { resolution: `4x` or `8x`, width and height in pixels, currency: ISO code }.
		 * @param int   $attachment_id The picture.
		 * @param int   $post_id       The post it is bought on.
		 */
		return Listeners::filter_by_rule(
			'smi_price',
			$price,
			static fn( mixed $given ): int => self::read( $given, $currency ),
			$offer,
			$attachment_id,
			$post_id
		);
	}

	/**
	 * @param mixed $given By a callback.
	 * @throws \UnexpectedValueException Where it is no price that could be paid.
	 */
	private static function read( mixed $given, string $currency ): int {
		$price = is_numeric( $given ) ? round( (float) $given ) : null;
		// 539.0000000000001 is what 490 * 1.1 gives. 4.9 is somebody who takes it for dollars.
		if ( null === $price || ! is_finite( $price ) || abs( (float) $given - $price ) > 0.0001 ) {
			throw new \UnexpectedValueException(
				'It returned ' . self::said( $given ) . ', not a whole number of minor units: 490 for 4.90.'
			);
		}
		if ( $price < Money::minimum( $currency ) || $price > Money::HIGHEST_MINOR ) {
			$said = 'It returned %.0F, and Stripe takes %d to %d in %s.';
			throw new \UnexpectedValueException( sprintf( $said, $price, Money::minimum( $currency ), Money::HIGHEST_MINOR, $currency ) );
		}

		return (int) $price;
	}

	private static function said( mixed $given ): string {
		return is_scalar( $given ) ? (string) wp_json_encode( $given, JSON_PARTIAL_OUTPUT_ON_ERROR ) : get_debug_type( $given );
	}
}
