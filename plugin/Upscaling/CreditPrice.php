<?php
/**
 * What upscaler credits cost.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Settings\Settings;

/**
 * Integer arithmetic on the setting's decimal string, rounded half up at the end.
 */
final class CreditPrice {

	/** Digits the setting may have. */
	private const DIGITS = 6;

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
	 * @param int $digits  Digits of the answer, at most six.
	 * @return string A decimal, in the currency of the setting.
	 */
	public function of( int $credits, int $digits ): string {
		$parts  = explode( '.', $this->settings->credit_price() . '.' );
		$micros = (int) ( $parts[0] . str_pad( substr( $parts[1], 0, self::DIGITS ), self::DIGITS, '0' ) );
		$unit   = 10 ** ( self::DIGITS - $digits );
		$scaled = intdiv( $credits * $micros + intdiv( $unit, 2 ), $unit );
		$text   = str_pad( (string) $scaled, $digits + 1, '0', STR_PAD_LEFT );

		return substr( $text, 0, -$digits ) . '.' . substr( $text, -$digits );
	}
}
