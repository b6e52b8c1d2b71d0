<?php
/**
 * What the settings' schema cannot say.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Support\Money;
use SellMyImages\Support\MoneyWords;
use SellMyImages\Visitors\TrustedProxies;

/**
 * Prices must be amounts that the currency has and that Stripe takes.
 */
final class SettingsRules {

	/**
	 * @param array<string,mixed> $settings All settings as they would become.
	 * @return array<string,string> Field => what is wrong, in words.
	 */
	public static function errors( array $settings ): array {
		$currency = strtoupper( (string) $settings['currency'] );
		if ( ! Money::is_sold_in( $currency ) ) {
			return array( 'currency' => __( 'This currency is not supported. Choose one of the list.', 'sell-my-images' ) );
		}
		$errors = array();
		foreach ( (array) $settings['prices'] as $resolution => $price ) {
			$error = null === $price || '' === $price ? null : self::price_error( (string) $price, $currency );
			if ( null !== $error ) {
				$errors['prices'] = "$resolution: $error";
			}
		}

		return $errors + self::proxy_errors( (array) $settings['trusted_proxies'] );
	}

	/**
	 * @param array<mixed> $entries Of the setting.
	 * @return array<string,string>
	 */
	private static function proxy_errors( array $entries ): array {
		foreach ( $entries as $entry ) {
			if ( ! is_string( $entry ) || ! TrustedProxies::is_entry( $entry ) ) {
				/* translators: %s: what was typed. */
				$words = __( '“%s” is no address of a proxy. Write addresses like 192.0.2.1 or ranges like 10.0.0.0/8.', 'sell-my-images' );

				return array( 'trusted_proxies' => sprintf( $words, is_string( $entry ) ? $entry : '' ) );
			}
		}

		return array();
	}

	private static function price_error( string $price, string $currency ): ?string {
		try {
			$minor = Money::to_minor( $price, $currency );
		} catch ( \InvalidArgumentException ) {
			return sprintf(
				/* translators: 1: currency, 2: an example. */
				__( 'Not a price in %1$s. Write it like %2$s.', 'sell-my-images' ),
				$currency,
				0 === Money::exponent( $currency ) ? '490' : '4.90'
			);
		}
		if ( $minor < Money::minimum( $currency ) ) {
			return sprintf(
				/* translators: %s: an amount of money. */
				__( 'Stripe takes no less than %s.', 'sell-my-images' ),
				MoneyWords::of_minor( Money::minimum( $currency ), $currency )
			);
		}

		return $minor > Money::HIGHEST_MINOR ? __( 'Too high.', 'sell-my-images' ) : null;
	}
}
