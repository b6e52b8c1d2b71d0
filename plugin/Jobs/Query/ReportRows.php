<?php
/**
 * The sums behind the report.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Query;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\CounterRows;
use SellMyImages\Jobs\JobFilters;
use SellMyImages\Jobs\JobQuery;
use SellMyImages\Support\Money;
use SellMyImages\Support\Times;

/**
 * From the counters by day; for filters that they do not know, from the rows.
 */
class ReportRows {

	private const SUMS = array( 'n', 'charged', 'refunded', 'cost', 'fee', 'w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8', 'w9', 'w10', 'w11' );

	public function __construct( private readonly Connection $db, private readonly JobQuery $jobs ) {
	}

	/** @return list<array<string,string|null>> day, currency, facet, n, charged, refunded, cost, fee, w0..w11. */
	public function read( JobFilters $filters ): array {
		$rows = $filters->has_others() || ! self::is_of_whole_days( $filters ) ? $this->from_jobs( $filters ) : $this->from_days( $filters );

		return array_values( array_filter( $rows, static fn( array $row ): bool => $filters->takes( (int) $row['facet'] ) ) );
	}

	/** @return list<array<string,string|null>> */
	private function from_days( JobFilters $filters ): array {
		$where = '';
		$args  = array();
		if ( null !== $filters->after ) {
			$where .= ' AND day >= %s';
			$args[] = substr( Times::add( $filters->after, 1 ), 0, 10 );
		}
		if ( null !== $filters->before ) {
			$where .= ' AND day <= %s';
			$args[] = substr( Times::add( $filters->before, -1 ), 0, 10 );
		}
		$sums = implode( ', ', array_map( static fn( string $sum ): string => "SUM($sum) AS $sum", self::SUMS ) );

		return array_map( array( self::class, 'plain' ), $this->db->rows( "SELECT day, currency, facet, $sums FROM {counts_day} WHERE n > 0$where GROUP BY day, currency, facet", ...$args ) );
	}

	/** @return list<array<string,string|null>> */
	private function from_jobs( JobFilters $filters ): array {
		$rows = array();
		for ( $after = 0; ; ) {
			$jobs = $this->jobs->after_id( $filters, $after, 1000 );
			foreach ( $jobs as $job ) {
				$row   = CounterRows::of( $job )['counts_day'];
				$key   = (string) array_key_first( $row );
				$parts = explode( '|', $key );
				$rows[ $key ] ??= array( 'facet' => (int) $parts[0], 'day' => $parts[1], 'currency' => $parts[2] );
				foreach ( $row[ $key ] as $sum => $value ) {
					$rows[ $key ][ $sum ] = ( $rows[ $key ][ $sum ] ?? 0 ) + $value;
				}
			}
			if ( count( $jobs ) < 1000 ) {
				return array_values( array_map( array( self::class, 'stored' ), $rows ) );
			}
			$after = $jobs[ array_key_last( $jobs ) ]->id;
		}
	}

	/**
	 * @param array<string,string|int> $row Sums as integers.
	 * @return array<string,string|null>
	 */
	private static function stored( array $row ): array {
		$sums = array_combine( self::SUMS, CounterRows::stored( 'counts_day', array_map( 'intval', $row ) ) );

		return array( 'facet' => (string) $row['facet'], 'day' => (string) $row['day'], 'currency' => (string) $row['currency'] ) + $sums;
	}

	/**
	 * @param array<string,string|null> $row A row.
	 * @return array<string,string|null>
	 */
	private static function plain( array $row ): array {
		$row['day'] = substr( (string) $row['day'], 0, 10 );
		foreach ( array( 'charged', 'refunded', 'cost', 'fee' ) as $sum ) {
			$row[ $sum ] = Money::plain( $row[ $sum ], 4 );
		}

		return $row;
	}

	private static function is_of_whole_days( JobFilters $filters ): bool {
		return ( null === $filters->after || str_ends_with( Times::add( $filters->after, 1 ), '00:00:00' ) )
			&& ( null === $filters->before || str_ends_with( Times::add( $filters->before, -1 ), '23:59:59' ) );
	}
}
