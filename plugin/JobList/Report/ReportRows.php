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
use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\JobList\Query\JobWalk;
use SellMyImages\Jobs\Facet;
use SellMyImages\Support\Times;

/**
 * From the counters by day, with rows for the ends of a range that are no whole days, and for what lies beside a midnight of the site;
 * for filters that no counter knows, from rows alone.
 */
final class ReportRows {

	private readonly JobCounts $counts;
	private readonly RangeRows $jobs;

	/** @param int $most Jobs that are read one by one for the days of a site. */
	public function __construct( private readonly Connection $db, private readonly JobWalk $walk, private readonly int $most = 10000 ) {
		$this->counts = new JobCounts( $db );
		$this->jobs   = new RangeRows( $db );
	}

	/** Whether it can tell the days of this zone without reading too many jobs. */
	public function can_tell( JobFilters $filters, \DateTimeZone $zone ): bool {
		if ( SiteDays::are_utc( $zone ) || array() !== $filters->others() || $this->taken( $filters ) <= $this->most ) {
			return true;
		}

		return $this->jobs->count( $this->strips( $filters, new DayBorders( new SiteDays( $zone ) ) ), $this->most + 1 ) <= $this->most;
	}

	/**
	 * @param \DateTimeZone $zone Whose days.
	 * @return list<array<string,string|int|null>> day, currency, livemode, paid and RowSums::SUMS; a day may come again, and be taken back.
	 */
	public function read( JobFilters $filters, \DateTimeZone $zone ): array {
		$site   = SiteDays::are_utc( $zone ) ? null : new SiteDays( $zone );
		$facets = $filters->has_facets() ? self::facets( $filters ) : null;
		if ( array() !== $filters->others() ) {
			return ( new RowSums( $filters, $site ) )->add( $this->walk->find( $filters )->pieces( RangeRows::COLUMNS ) )->rows();
		}
		if ( null !== $site && null !== $facets && $this->is_shorter_by_facet( $filters, $site ) ) {
			return ( new RowSums( $filters, $site ) )->add( $this->jobs->of_facets( self::range( $filters ), $facets ) )->rows();
		}

		return $this->from_counters( $filters, $facets, $site );
	}

	/**
	 * @param list<int>|null $facets Any of these; null: all.
	 * @param SiteDays|null  $site   Null: days of UTC.
	 * @return list<array<string,string|int|null>>
	 */
	private function from_counters( JobFilters $filters, ?array $facets, ?SiteDays $site ): array {
		$span = self::span( $filters );
		$days = $span->has_days ? $this->from_days( $span, $facets ) : array();
		$sums = ( new RowSums( $filters, $site ) )->add( $this->jobs->pieces( $span->edges, $facets ) );
		if ( null !== $site ) {
			$borders = new DayBorders( $site );
			$on_main = static fn( array $row ): array => array( 'day' => $borders->main( substr( (string) $row['day'], 0, 10 ) ) ) + $row;
			$days    = array_map( $on_main, $days );
			$sums->move( $this->jobs->pieces( $this->strips( $filters, $borders ), $facets ), $borders );
		}

		return array( ...$days, ...$sums->rows() );
	}

	/** Whether the jobs themselves are fewer than those beside the midnights. */
	private function is_shorter_by_facet( JobFilters $filters, SiteDays $site ): bool {
		$taken = $this->taken( $filters );

		return $this->jobs->count( $this->strips( $filters, new DayBorders( $site ) ), $taken ) >= $taken;
	}

	private static function span( JobFilters $filters ): DaySpan {
		return DaySpan::of( $filters->created()?->after, $filters->created()?->before );
	}

	/** @return array{0:string,1:string} First and last second. */
	private static function range( JobFilters $filters ): array {
		$created = $filters->created();

		return array(
			null === $created?->after ? '1000-01-01 00:00:00' : Times::add( $created->after, 1 ),
			null === $created?->before ? '9999-12-31 23:59:59' : Times::add( $created->before, -1 ),
		);
	}

	/** @return list<int> Facets that pass the filters. */
	private static function facets( JobFilters $filters ): array {
		return array_values( array_filter( Facet::all(), static fn( int $facet ): bool => $filters->takes( $facet ) ) );
	}

	/** How many jobs are meant. */
	private function taken( JobFilters $filters ): int {
		$jobs = $this->counts->matching( $filters ) ?? array();

		return (int) array_sum( array_filter( $jobs, static fn( int $facet ): bool => $filters->takes( $facet ), ARRAY_FILTER_USE_KEY ) );
	}

	/** @return \Generator<int,array{0:string,1:string}> What of the whole days of UTC is another day of the site than most of it. */
	private function strips( JobFilters $filters, DayBorders $borders ): \Generator {
		$span   = self::span( $filters );
		$months = $span->has_days ? array_keys( $this->counts->months( null ) ) : array();
		$days   = array();
		foreach ( $months as $month ) {
			foreach ( range( 1, (int) gmdate( 't', Times::unix( "$month 00:00:00" ) ) ) as $day ) {
				$days[] = sprintf( '%s-%02d', substr( $month, 0, 7 ), $day );
			}
		}
		$is_whole = static fn( string $day ): bool => $day >= ( $span->first ?? '' ) && ( null === $span->last || $day <= $span->last );

		yield from $borders->strips( array_filter( $days, $is_whole ) );
	}

	/**
	 * @param list<int>|null $facets Any of these; null: all.
	 * @return list<array<string,string|null>>
	 */
	private function from_days( DaySpan $span, ?array $facets ): array {
		$is_paid = static fn( int $facet ): bool => Facet::decode( $facet )['payment_status']->is_paid();
		$paid    = array_values( array_filter( $facets ?? Facet::all(), $is_paid ) );
		$asked   = array( ' AND day >= %s' => $span->first, ' AND day <= %s' => $span->last, ' AND facet IN (%d)' => $facets );
		$asked   = array_filter( $asked, static fn( string|array|null $arg ): bool => null !== $arg );
		$where   = 'WHERE ( n > 0 OR cost <> 0 )' . implode( array_keys( $asked ) );
		$sums    = implode( ', ', array_map( static fn( string $sum ): string => "SUM($sum) AS $sum", RowSums::SUMS ) );

		// By sorting: the temporary table that MariaDB would rather keep takes a third longer for three years of days.
		$way = $this->db->is_sqlite() ? '' : 'SQL_BIG_RESULT';
		$sql = "SELECT $way day, currency, livemode, SUM(CASE WHEN facet IN (%d) THEN n ELSE 0 END) AS paid, $sums
			FROM {counts_day} $where";

		return $this->db->rows( "$sql GROUP BY day, currency, livemode", $paid, ...array_values( $asked ) );
	}
}
