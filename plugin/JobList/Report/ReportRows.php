<?php
/**
 * The sums behind the report.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Report;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\Query\DaySpan;
use SellMyImages\JobList\Query\JobWalk;
use SellMyImages\Jobs\Counting\CounterRows;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\Job;
use SellMyImages\Support\Times;

/**
 * From the counters by day, with rows for the ends of a range that are no whole days; for filters that no counter knows, from rows alone.
 */
final class ReportRows {

	/** Sums that a row of counts_day holds. */
	public const SUMS = array( 'n', 'charged', 'refunded', 'lost', 'cost', 'fee', 'w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8', 'w9', 'w10', 'w11' );

	/** What CounterRows looks at. */
	private const COLUMNS = array( 'payment_status', 'facet', 'created_at', 'currency', 'livemode', 'post_id', 'attachment_id', 'email_domain', 'amount_charged', 'refund_amount', 'dispute_status', 'dispute_amount', 'amount_cost', 'cost_other', 'stripe_fee', 'paid_at', 'completed_at' );

	private const PIECE = 1000;

	public function __construct( private readonly Connection $db, private readonly JobWalk $walk ) {
	}

	/**
	 * @param \DateTimeZone $zone Whose days. The counters know those of UTC alone: for another zone all jobs are read.
	 * @return list<array<string,string|int|null>> day, currency, livemode, paid and SUMS; the same day may come more than once.
	 */
	public function read( JobFilters $filters, \DateTimeZone $zone ): array {
		$days    = SiteDays::are_utc( $zone ) ? null : new SiteDays( $zone );
		$created = $filters->created();
		if ( array() !== $filters->others() ) {
			return $this->summed( $this->walk->find( $filters )->pieces( self::COLUMNS ), $filters, $days );
		}
		if ( null !== $days ) {
			$from = null === $created?->after ? '1000-01-01 00:00:00' : Times::add( $created->after, 1 );
			$to   = null === $created?->before ? '9999-12-31 23:59:59' : Times::add( $created->before, -1 );

			return $this->summed( $this->between( $from, $to ), $filters, $days );
		}
		$span = DaySpan::of( $created?->after, $created?->before );
		$rows = $span->has_days ? $this->from_days( $span, $filters ) : array();
		foreach ( $span->edges as [ $from, $to ] ) {
			array_push( $rows, ...$this->summed( $this->between( $from, $to ), $filters ) );
		}

		return $rows;
	}

	/** @return list<array<string,string|int|null>> */
	private function from_days( DaySpan $span, JobFilters $filters ): array {
		$facets = array_filter( Facet::all(), static fn( int $facet ): bool => $filters->takes( $facet ) );
		$paid   = array_values( array_filter( $facets, static fn( int $facet ): bool => Facet::decode( $facet )['payment_status']->is_paid() ) );
		$where  = ( null === $span->first ? '' : ' AND day >= %s' ) . ( null === $span->last ? '' : ' AND day <= %s' ) . ( $filters->has_facets() ? ' AND facet IN (%d)' : '' );
		$args   = array( $paid, ...array_values( array_filter( array( $span->first, $span->last ), static fn( ?string $day ): bool => null !== $day ) ) );
		if ( $filters->has_facets() ) {
			$args[] = array_values( $facets );
		}
		$sums = implode( ', ', array_map( static fn( string $sum ): string => "SUM($sum) AS $sum", self::SUMS ) );

		// By sorting: the temporary table that MariaDB would rather keep takes a third longer for three years of days.
		$way = $this->db->is_sqlite() ? '' : 'SQL_BIG_RESULT';

		return $this->db->rows( "SELECT $way day, currency, livemode, SUM(CASE WHEN facet IN (%d) THEN n ELSE 0 END) AS paid, $sums FROM {counts_day} WHERE ( n > 0 OR cost <> 0 )$where GROUP BY day, currency, livemode", ...$args );
	}

	/**
	 * A range of time, along the index of the list.
	 *
	 * @return \Generator<int,list<array<string,string|null>>>
	 */
	private function between( string $from, string $to ): \Generator {
		$columns = implode( ', ', self::COLUMNS );
		$sql     = "SELECT id, $columns FROM {jobs}" . $this->db->hint( 'k_list' ) . ' WHERE created_at >= %s AND created_at <= %s AND ( created_at > %s OR id > %d ) ORDER BY created_at, id LIMIT %d';
		for ( $id = 0, $at = $from; ; ) {
			$rows = $this->db->rows( $sql, $at, $to, $at, $id, self::PIECE );
			if ( array() === $rows ) {
				return;
			}
			yield $rows;
			[ $id, $at ] = array( (int) end( $rows )['id'], (string) end( $rows )['created_at'] );
		}
	}

	/**
	 * @param iterable<list<array<string,string|null>>> $pieces Rows of jobs.
	 * @return list<array<string,string|int|null>>
	 */
	private function summed( iterable $pieces, JobFilters $filters, ?SiteDays $site_days = null ): array {
		$days = array();
		$sums = array();
		foreach ( $pieces as $rows ) {
			foreach ( $rows as $row ) {
				$job = Job::from_row( $row );
				if ( ! $filters->takes( $job->facet ) ) {
					continue;
				}
				$day = $site_days?->of( $job->created_at ) ?? substr( $job->created_at, 0, 10 );
				foreach ( CounterRows::days( $job, $day ) as $key => $of_job ) {
					[ , , $currency, $live ] = explode( '|', (string) $key );
					$key                     = "$day|$currency|$live";
					$days[ $key ] ??= array( 'day' => $day, 'currency' => $currency, 'livemode' => (int) $live, 'paid' => 0 );
					$days[ $key ]['paid'] += $job->is_paid() ? $of_job['n'] ?? 0 : 0;
					foreach ( $of_job as $sum => $value ) {
						$sums[ $key ][ $sum ] = ( $sums[ $key ][ $sum ] ?? 0 ) + $value;
					}
				}
			}
		}
		foreach ( $sums as $key => $of_day ) {
			$days[ $key ] += array_combine( self::SUMS, CounterRows::stored( 'counts_day', $of_day ) );
		}

		return array_values( $days );
	}
}
