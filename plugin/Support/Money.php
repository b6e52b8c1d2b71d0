<?php
/**
 * Money without floats.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * Between the decimal strings that the database, the REST API and people write, and the integers that Amount counts in.
 */
final class Money {

	/** Currency => smallest charge that Stripe takes, in minor units. Three-decimal currencies do not fit the table and are not sold in. */
	public const CURRENCIES = array(
		'USD' => 50,
		'EUR' => 50,
		'GBP' => 30,
		'AUD' => 50,
		'CAD' => 50,
		'CHF' => 50,
		'CZK' => 1500,
		'DKK' => 250,
		'HKD' => 400,
		'INR' => 50,
		'JPY' => 50,
		'MXN' => 1000,
		'NOK' => 300,
		'NZD' => 50,
		'PLN' => 200,
		'RON' => 200,
		'SEK' => 300,
		'SGD' => 50,
	);

	/** Stripe takes eight digits, and more does not fit the table. */
	public const HIGHEST_MINOR = 99999999;

	/** ISO currencies that Stripe counts in whole units. */
	private const ZERO_DECIMAL = array(
		'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF',
	);

	/** And in thousandths. */
	private const THREE_DECIMAL = array( 'BHD', 'JOD', 'KWD', 'OMR', 'TND' );

	/**
	 * @param string $decimal  Such as '4.90'; digits that the currency does not have must be zeros.
	 * @param string $currency ISO 4217.
	 * @throws \InvalidArgumentException When it is no amount of this currency.
	 */
	public static function to_minor( string $decimal, string $currency ): int {
		if ( 1 !== preg_match( '/^(-?)(\d{1,13})(?:\.(\d+))?$/D', $decimal, $parts ) ) {
			throw new \InvalidArgumentException( 'Not an amount of money: ' . $decimal );
		}
		$exponent = self::exponent( $currency );
		$fraction = $parts[3] ?? '';
		if ( '' !== trim( substr( $fraction, $exponent ), '0' ) ) {
			throw new \InvalidArgumentException( "$currency has no such fractions: $decimal" );
		}

		return self::units( $decimal, $exponent );
	}

	/** Such as '4.90', or '490' in a currency without minor units. */
	public static function to_decimal( int $minor, string $currency ): string {
		return self::scaled( $minor, self::exponent( $currency ) );
	}

	public static function exponent( string $currency ): int {
		$code = strtoupper( $currency );

		return in_array( $code, self::ZERO_DECIMAL, true ) ? 0 : ( in_array( $code, self::THREE_DECIMAL, true ) ? 3 : 2 );
	}

	/** Whether prices may be set in it. */
	public static function is_sold_in( string $currency ): bool {
		return isset( self::CURRENCIES[ strtoupper( $currency ) ] );
	}

	/** The smallest charge that Stripe takes, in minor units. */
	public static function minimum( string $currency ): int {
		return self::CURRENCIES[ strtoupper( $currency ) ] ?? 50;
	}

	/**
	 * A database decimal with exactly so many digits: SQLite gives numbers (4.9, 1.0e-5), MySQL strings.
	 *
	 * @param string|int|float|null $value  As the database gave it.
	 * @param int                   $digits Behind the point.
	 * @return numeric-string|null
	 */
	public static function plain( string|int|float|null $value, int $digits = 2 ): ?string {
		if ( null === $value || '' === $value || ! is_numeric( $value ) ) {
			return null;
		}
		if ( is_string( $value ) && 1 === preg_match( '/^-?\d+(\.\d+)?$/D', $value ) ) {
			[ $whole, $fraction ] = explode( '.', $value . ( str_contains( $value, '.' ) ? '' : '.' ) );
			if ( '' === trim( substr( $fraction, $digits ), '0' ) ) {
				/** @var numeric-string $exact Digits, a point, digits. */
				$exact = 0 === $digits ? $whole : $whole . '.' . str_pad( substr( $fraction, 0, $digits ), $digits, '0' );

				return $exact;
			}
		}

		return number_format( (float) $value, $digits, '.', '' );
	}

	/**
	 * A database decimal as an integer of that many digits: units( '4.90', 4 ) is 49000.
	 *
	 * @param string|int|float|null $value  As the database gave it; null: 0.
	 * @param int                   $digits Behind the point.
	 */
	public static function units( string|int|float|null $value, int $digits ): int {
		if ( null === $value ) {
			return 0;
		}
		// As the database writes it, nearly always.
		$is_plain = is_string( $value ) && '.' === ( $value[ -1 - $digits ] ?? '' ) && ctype_digit( substr( $value, -$digits ) );

		return (int) str_replace( '.', '', $is_plain ? $value : self::plain( $value, $digits ) ?? '0' );
	}

	/** An integer with its point moved: scaled( -5, 2 ) is '-0.05'. */
	public static function scaled( int $minor, int $exponent ): string {
		if ( 0 === $exponent ) {
			return (string) $minor;
		}
		$digits = str_pad( (string) abs( $minor ), $exponent + 1, '0', STR_PAD_LEFT );

		return ( $minor < 0 ? '-' : '' ) . substr( $digits, 0, -$exponent ) . '.' . substr( $digits, -$exponent );
	}
}
