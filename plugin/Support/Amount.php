<?php
/**
 * An amount of money in its currency.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * So that a sum over two currencies is an error, not a number. In ten-thousandths, for a credit may cost less than the smallest coin.
 */
final class Amount {

	private const DIGITS = 4;

	private function __construct( private readonly int $units, public readonly string $currency ) {
	}

	/**
	 * @param string|int|float|null $decimal  As the database gave it; null: nothing.
	 * @param string                $currency ISO 4217.
	 */
	public static function of( string|int|float|null $decimal, string $currency ): self {
		return new self( Money::units( $decimal, self::DIGITS ), strtoupper( $currency ) );
	}

	public function plus( self ...$others ): self {
		$sum = $this->units;
		foreach ( $others as $other ) {
			$sum += $this->same( $other )->units;
		}

		return new self( $sum, $this->currency );
	}

	public function minus( self ...$others ): self {
		$rest = $this->units;
		foreach ( $others as $other ) {
			$rest -= $this->same( $other )->units;
		}

		return new self( $rest, $this->currency );
	}

	public function is_zero(): bool {
		return 0 === $this->units;
	}

	/** A decimal with so many digits, at most four; rounded half up. */
	public function to_decimal( int $digits ): string {
		$unit = 10 ** ( self::DIGITS - $digits );

		return Money::scaled( intdiv( abs( $this->units ) + intdiv( $unit, 2 ), $unit ) * ( $this->units < 0 ? -1 : 1 ), $digits );
	}

	/** As it is written: without coins where the currency has none and the amount neither, else with two digits. */
	public function to_shown(): string {
		$digits = Money::exponent( $this->currency );

		return $this->to_decimal( 0 === $this->units % 10 ** ( self::DIGITS - min( 2, $digits ) ) ? $digits : 2 );
	}

	/** @throws \LogicException When they cannot be added. */
	private function same( self $other ): self {
		if ( $other->currency !== $this->currency ) {
			throw new \LogicException( "{$this->currency} and {$other->currency} have no sum." );
		}

		return $other;
	}
}
