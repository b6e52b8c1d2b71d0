<?php
/**
 * Adds up rows of jobs by the day.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Report;

use SellMyImages\JobList\JobFilters;
use SellMyImages\Jobs\Counting\CounterRows;
use SellMyImages\Jobs\Job;

/**
 * As the counters do, so that what comes from them and what comes from rows can be added.
 */
final class RowSums {

	/** Sums that a row of counts_day holds. */
	public const SUMS = array(
		'n', 'charged', 'refunded', 'lost', 'cost', 'fee', 'w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8', 'w9', 'w10', 'w11',
	);

	/** @var array<string,array{day:string,currency:string,livemode:int,paid:int}> */
	private array $days = array();

	/** @var array<string,array<string,int>> */
	private array $sums = array();

	/** @param SiteDays|null $site Whose days; null: UTC's. */
	public function __construct( private readonly JobFilters $filters, private readonly ?SiteDays $site = null ) {
	}

	/**
	 * @param iterable<list<array<string,string|null>>> $pieces Of RangeRows or JobWalk.
	 * @return $this
	 */
	public function add( iterable $pieces ): self {
		foreach ( $this->jobs( $pieces ) as $job ) {
			$this->count( $job, array( $this->day( $job ) => 1 ) );
		}

		return $this;
	}

	/**
	 * Takes jobs out of the day that their day of UTC was taken for, and counts them on their own.
	 *
	 * @param iterable<list<array<string,string|null>>> $pieces Of RangeRows.
	 * @return $this
	 */
	public function move( iterable $pieces, DayBorders $borders ): self {
		foreach ( $this->jobs( $pieces ) as $job ) {
			$this->count( $job, array( $borders->main( substr( $job->created_at, 0, 10 ) ) => -1, $this->day( $job ) => 1 ) );
		}

		return $this;
	}

	/** @return list<array<string,string|int|null>> day, currency, livemode, paid and SUMS. */
	public function rows(): array {
		$rows = array();
		foreach ( $this->sums as $key => $of_day ) {
			$rows[] = $this->days[ $key ] + array_combine( self::SUMS, CounterRows::stored( 'counts_day', $of_day ) );
		}

		return $rows;
	}

	/**
	 * @param iterable<list<array<string,string|null>>> $pieces Rows.
	 * @return \Generator<int,Job> Those that pass the filters on the facet.
	 */
	private function jobs( iterable $pieces ): \Generator {
		foreach ( $pieces as $rows ) {
			foreach ( $rows as $row ) {
				$job = Job::from_row( $row );
				if ( $this->filters->takes( $job->facet ) ) {
					yield $job;
				}
			}
		}
	}

	private function day( Job $job ): string {
		return $this->site?->of( $job->created_at ) ?? substr( $job->created_at, 0, 10 );
	}

	/** @param array<string,int> $days Day => 1, or -1 to take it out. */
	private function count( Job $job, array $days ): void {
		foreach ( CounterRows::days( $job, '' ) as $counter => $of_job ) {
			[ , , $currency, $live ] = explode( '|', (string) $counter );
			foreach ( $days as $day => $times ) {
				$key                         = "$day|$currency|$live";
				$this->days[ $key ]        ??= array( 'day' => $day, 'currency' => $currency, 'livemode' => (int) $live, 'paid' => 0 );
				$this->days[ $key ]['paid'] += $job->is_paid() ? $times * ( $of_job['n'] ?? 0 ) : 0;
				foreach ( $of_job as $sum => $value ) {
					$this->sums[ $key ][ $sum ] = ( $this->sums[ $key ][ $sum ] ?? 0 ) + $times * $value;
				}
			}
		}
	}
}
