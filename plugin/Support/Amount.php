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

	/** @param int $minor In the currency's smallest unit, as Stripe counts. */
	public static function of_minor( int $minor, string $currency ): self {
		return new self( $minor * 10 ** ( self::DIGITS - Money::exponent( $currency ) ), strtoupper( $currency ) );
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

	public function times( int $number ): self {
		return new self( $this->units * $number, $this->currency );
	}

	public function is_zero(): bool {
		return 0 === $this->units;
	}

	public function is_less_than( self $other ): bool {
		return $this->units < $this->same( $other )->units;
	}

	public function equals( self $other ): bool {
		return $this->units === $this->same( $other )->units;
	}

	/** As an integer of so many digits behind the point, at most four; rounded half up. */
	public function units( int $digits ): int {
		$unit = 10 ** ( self::DIGITS - $digits );

		return intdiv( abs( $this->units ) + intdiv( $unit, 2 ), $unit ) * ( $this->units < 0 ? -1 : 1 );
	}

	/** In the currency's smallest unit: what it has no coin for is no money, and goes to the nearest. */
	public function minor(): int {
		return $this->units( Money::exponent( $this->currency ) );
	}

	/**
	 * A decimal, rounded half up.
	 *
	 * @param int|null $digits At most four; null: those of the currency.
	 */
	public function to_decimal( ?int $digits = null ): string {
		$digits ??= Money::exponent( $this->currency );

		return Money::scaled( $this->units( $digits ), $digits );
	}

	/** As it is written: without coins where the currency has none and the amount neither, else with two digits. */
	public function to_shown(): string {
		$digits = Money::exponent( $this->currency );

		return $this->to_decimal( 0 === $this->units % 10 ** ( self::DIGITS - min( 2, $digits ) ) ? $digits : 2 );
	}

	/**
	 * Itself, where it is of this currency.
	 *
	 * @throws \LogicException Where it is not: one currency is never taken for another.
	 */
	public function in( string $currency ): self {
		return $this->currency === $currency ? $this : throw new \LogicException( "{$this->currency} is not $currency." );
	}

	private function same( self $other ): self {
		return $other->in( $this->currency );
	}
}
