<?php
/**
 * One line of the report.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Report;

use SellMyImages\Jobs\Counting\CounterRows;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Money;

/**
 * A day's sums in one currency and mode.
 */
final class DayTotals {

	private int $jobs = 0;
	private int $paid = 0;

	private Amount $charged;
	private Amount $refunded;
	private Amount $lost;
	private Amount $cost;
	private Amount $fee;

	/** @var list<int> The histogram w0..w11. */
	private array $waiting;

	/** @param string $day 'Y-m-d'. */
	public function __construct( private readonly string $day, private readonly string $currency, private readonly bool $livemode ) {
		$nothing        = Amount::of( null, $currency );
		$this->charged  = $nothing;
		$this->refunded = $nothing;
		$this->lost     = $nothing;
		$this->cost     = $nothing;
		$this->fee      = $nothing;
		$this->waiting  = array_fill( 0, count( CounterRows::WAITING ) + 1, 0 );
	}

	/** @param array<string,string|int|null> $row Of ReportRows, of this day, currency and mode. */
	public function add( array $row ): void {
		$amount         = static fn( string $sum ): Amount => Amount::of( $row[ $sum ] ?? null, (string) $row['currency'] );
		$this->jobs    += (int) $row['n'];
		$this->paid    += (int) $row['paid'];
		$this->charged  = $this->charged->plus( $amount( 'charged' ) );
		$this->refunded = $this->refunded->plus( $amount( 'refunded' ) );
		$this->lost     = $this->lost->plus( $amount( 'lost' ) );
		$this->cost     = $this->cost->plus( $amount( 'cost' ) );
		$this->fee      = $this->fee->plus( $amount( 'fee' ) );
		foreach ( $this->waiting as $i => $jobs ) {
			$this->waiting[ $i ] = $jobs + (int) ( $row[ "w$i" ] ?? 0 );
		}
	}

	/** Neither jobs of this day, nor costs of older ones. */
	public function is_empty(): bool {
		return 0 === $this->jobs && $this->cost->is_zero();
	}

	/** @return array<string,mixed> The shape of stats.schema.json's report. */
	public function to_rest(): array {
		// A cost may be less than the smallest coin.
		$digits = max( 2, Money::exponent( $this->currency ) );

		return array(
			'day'        => $this->day,
			'currency'   => $this->currency,
			'livemode'   => $this->livemode,
			'jobs'       => $this->jobs,
			'paid'       => $this->paid,
			'charged'    => $this->charged->to_decimal(),
			'refunded'   => $this->refunded->to_decimal(),
			'lost'       => $this->lost->to_decimal(),
			'cost'       => $this->cost->to_decimal( $digits ),
			'fees'       => $this->fee->to_decimal( $digits ),
			'kept'       => $this->charged->minus( $this->refunded, $this->lost, $this->cost, $this->fee )->to_decimal( $digits ),
			'conversion' => 0 === $this->jobs ? null : round( $this->paid / $this->jobs, 4 ),
			'waiting'    => $this->waiting,
		);
	}
}
