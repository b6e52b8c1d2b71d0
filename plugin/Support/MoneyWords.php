<?php
/**
 * Money as a language writes it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * For people to read, in the language that WordPress speaks now: '¥490', '4,90 €', '$4.90'. Programs get Money's decimals.
 */
final class MoneyWords {

	private const NO_BREAK = "\u{a0}";

	/** For servers without intl, as English writes them; every other currency goes by its code. No two share a sign. */
	private const SIGNS = array(
		'USD' => '$',
		'EUR' => '€',
		'GBP' => '£',
		'JPY' => '¥',
		'INR' => '₹',
		'AUD' => 'A$',
		'CAD' => 'CA$',
		'HKD' => 'HK$',
		'MXN' => 'MX$',
		'NZD' => 'NZ$',
		'SGD' => 'S$',
	);

	/** Languages that write the sign before the number, and what stands between; all others write it behind, after a space. */
	private const BEFORE = array(
		'en'    => '',
		'ja'    => '',
		'zh'    => '',
		'ko'    => '',
		'th'    => '',
		'hi'    => '',
		'es_MX' => '',
		'nl'    => self::NO_BREAK,
		'de_AT' => self::NO_BREAK,
		'de_CH' => self::NO_BREAK,
		'pt_BR' => self::NO_BREAK,
	);

	/**
	 * @param string|null $decimal  Of the database or Money::to_decimal(); null is nothing at all.
	 * @param string      $currency ISO 4217.
	 */
	public static function of( ?string $decimal, string $currency ): string {
		$currency = strtoupper( $currency );
		$amount   = Money::plain( $decimal, Money::exponent( $currency ) );
		if ( null === $amount ) {
			return '';
		}

		return self::by_intl( $amount, $currency ) ?? self::by_hand( $amount, $currency );
	}

	public static function of_minor( int $minor, string $currency ): string {
		return self::of( Money::to_decimal( $minor, $currency ), $currency );
	}

	/**
	 * What a server without intl writes.
	 *
	 * @param numeric-string $amount With the currency's own digits.
	 */
	public static function by_hand( string $amount, string $currency ): string {
		$sign   = self::SIGNS[ $currency ] ?? $currency;
		$minus  = str_starts_with( $amount, '-' ) ? '−' : '';
		$number = number_format_i18n( abs( (float) $amount ), Money::exponent( $currency ) );
		$locale = determine_locale();
		$space  = self::BEFORE[ substr( $locale, 0, 5 ) ] ?? self::BEFORE[ strtok( $locale, '_' ) ] ?? null;
		if ( null === $space ) {
			return $minus . $number . self::NO_BREAK . $sign;
		}

		// A code runs into the number otherwise: CHF 4.90.
		return $minus . $sign . ( $sign === $currency ? self::NO_BREAK : $space ) . $number;
	}

	/**
	 * @param numeric-string $amount With the currency's own digits.
	 * @return string|null Null where intl is not there, or does not know the language.
	 */
	private static function by_intl( string $amount, string $currency ): ?string {
		if (
			! class_exists( \NumberFormatter::class )
			|| 1 !== preg_match( '/^([a-z]{2,3})(_[A-Z]{2})?(?![a-zA-Z])/', determine_locale(), $parts )
		) {
			return null;
		}
		try {
			// WordPress writes its numbers and dates in these digits in every language.
			$formatter = new \NumberFormatter( "{$parts[0]}@numbers=latn", \NumberFormatter::CURRENCY );
		} catch ( \Throwable ) {
			return null;
		}
		$known = \Locale::getPrimaryLanguage( (string) $formatter->getLocale( \Locale::VALID_LOCALE ) );
		if ( $known !== \Locale::getPrimaryLanguage( $parts[0] ) ) {
			return null;
		}
		$formatter->setAttribute( \NumberFormatter::FRACTION_DIGITS, Money::exponent( $currency ) );
		$text = $formatter->formatCurrency( (float) $amount, $currency );

		return is_string( $text ) ? $text : null;
	}
}
