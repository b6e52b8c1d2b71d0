<?php
/**
 * The pictures on Stripe's payment page.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Support\WebAddress;

/**
 * Stripe refuses a whole session for one address that it does not take, which would be the end of the sale.
 * So each goes in ASCII, or not at all.
 */
final class SessionPictures {

	/** Characters of an address that Stripe takes. */
	private const LONGEST = 2048;

	/**
	 * @param array<string,mixed> $session Parameters for Stripe; the pictures may be a callback's.
	 * @return array<string,mixed> The same with addresses that Stripe takes.
	 */
	public static function plain( array $session ): array {
		$items   = $session['line_items'] ?? null;
		$item    = is_array( $items ) ? $items[0] ?? null : null;
		$price   = is_array( $item ) ? $item['price_data'] ?? null : null;
		$product = is_array( $price ) ? $price['product_data'] ?? null : null;
		if ( ! is_array( $items ) || ! is_array( $item ) || ! is_array( $price ) || ! is_array( $product ) ) {
			return $session;
		}
		$images = self::taken( $product['images'] ?? array() );
		unset( $product['images'] );
		$price['product_data'] = $product + ( array() === $images ? array() : array( 'images' => $images ) );

		return array( 'line_items' => array( array( 'price_data' => $price ) + $item ) + $items ) + $session;
	}

	/** @return list<string> */
	private static function taken( mixed $images ): array {
		$plain = array_map(
			static fn( mixed $image ): ?string => is_string( $image ) ? WebAddress::ascii( $image ) : null,
			is_array( $images ) ? $images : array()
		);

		$is_taken = static fn( ?string $image ): bool => null !== $image && strlen( $image ) <= self::LONGEST;

		return array_values( array_filter( $plain, $is_taken ) );
	}
}
