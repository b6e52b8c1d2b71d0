<?php
/**
 * Reads the counters.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\JobFilters;
use SellMyImages\Jobs\Counting\Counters;
use SellMyImages\Support\Times;

/**
 * Numbers of jobs by facet, without counting rows.
 */
final class JobCounts {

	public function __construct( private readonly Connection $db ) {
	}

	/** @return array<int,int> Facet => jobs; only facets that have some. */
	public function facets(): array {
		return self::keyed( $this->db->rows( 'SELECT facet, n FROM {counts_facet} WHERE n > 0' ) );
	}

	/**
	 * @param int $dim Of Counters::DIM_….
	 * @return array<int,int> Facet => jobs of that post, attachment or domain.
	 */
	public function dim( int $dim, int $key ): array {
		return self::keyed( $this->db->rows( 'SELECT facet, n FROM {counts_dim} WHERE dim = %d AND k = %d AND n > 0', $dim, $key ) );
	}

	/** @return array<int,int> */
	public function domain( string $domain ): array {
		return $this->dim( Counters::DIM_DOMAIN, Counters::domain_key( $domain ) );
	}

	/**
	 * @return array<int,int>|null Facet => jobs that match all filters but those on the facet; null when no counter knows.
	 */
	public function matching( JobFilters $filters ): ?array {
		$created = $filters->created();
		$others  = $filters->others();
		if ( array() === $others ) {
			return null === $created ? $this->facets() : $this->in_span( $created->span() );
		}
		$dim = 1 === count( $others ) && null === $created ? $others[0]->dimension( $this ) : null;

		return null === $dim ? null : $this->dim( ...$dim );
	}

	/** @return array<int,int> Facet => jobs created then: whole days from the counters, the ragged ends from rows. */
	public function in_span( DaySpan $span ): array {
		$counts = $span->has_days ? array( $this->days( $span->first, $span->last ) ) : array();
		foreach ( $span->edges as [ $from, $to ] ) {
			$counts[] = $this->rows_between( $from, $to );
		}

		return self::sum( ...$counts );
	}

	/**
	 * @param list<int>   $facets Any of these; null: all.
	 * @return array<string,int> First day of the month => jobs.
	 */
	public function months( ?array $facets ): array {
		return $this->by_date( 'counts_month', 'mo', $facets, '', array() );
	}

	/**
	 * @param string         $month  Its first day.
	 * @param list<int>|null $facets Any of these; null: all.
	 * @return array<string,int> Day => jobs.
	 */
	public function days_of( string $month, ?array $facets ): array {
		$end = gmdate( 'Y-m-t', Times::unix( "$month 00:00:00" ) );

		return $this->by_date( 'counts_day', 'day', $facets, ' AND day >= %s AND day <= %s', array( $month, $end ) );
	}

	/** @return array<int,int> */
	private function days( ?string $first, ?string $last ): array {
		$where = ( null === $first ? '' : ' AND day >= %s' ) . ( null === $last ? '' : ' AND day <= %s' );
		$args  = array_values( array_filter( array( $first, $last ), static fn( ?string $day ): bool => null !== $day ) );

		return self::keyed( $this->db->rows( "SELECT facet, SUM(n) AS n FROM {counts_day} WHERE n > 0$where GROUP BY facet", ...$args ) );
	}

	/** @return array<int,int> */
	private function rows_between( string $from, string $to ): array {
		return self::keyed(
			$this->db->rows(
				'SELECT facet, COUNT(*) AS n FROM {jobs}' . $this->db->hint( 'k_list' )
					. ' WHERE created_at >= %s AND created_at <= %s GROUP BY facet',
				$from,
				$to
			)
		);
	}

	/**
	 * @param list<int>|null $facets Any of these.
	 * @param list<string>   $args   Of the extra condition.
	 * @return array<string,int>
	 */
	private function by_date( string $table, string $column, ?array $facets, string $where, array $args ): array {
		if ( null !== $facets ) {
			$where .= ' AND facet IN (%d)';
			$args[] = $facets;
		}
		$counts = array();
		foreach (
			$this->db->rows(
				"SELECT $column AS d, SUM(n) AS n FROM {{$table}} WHERE n > 0$where GROUP BY $column ORDER BY $column",
				...$args
			) as $row
		) {
			$counts[ substr( (string) $row['d'], 0, 10 ) ] = (int) $row['n'];
		}

		return $counts;
	}

	/**
	 * @param list<array<string,string|null>> $rows facet and n.
	 * @return array<int,int>
	 */
	private static function keyed( array $rows ): array {
		$counts = array();
		foreach ( $rows as $row ) {
			$counts[ (int) $row['facet'] ] = (int) $row['n'];
		}

		return $counts;
	}

	/**
	 * @param array<int,int> ...$all Counts by facet.
	 * @return array<int,int>
	 */
	private static function sum( array ...$all ): array {
		$sums = array();
		foreach ( $all as $counts ) {
			foreach ( $counts as $facet => $n ) {
				$sums[ $facet ] = ( $sums[ $facet ] ?? 0 ) + $n;
			}
		}

		return $sums;
	}
}
