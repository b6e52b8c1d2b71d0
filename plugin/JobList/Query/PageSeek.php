<?php
/**
 * Finds a page far down the list.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\JobList\JobFilters;

/**
 * By months, then by the days of one month, from the counters: what is left to skip is less than a day.
 */
final class PageSeek {

	/** Nearer pages are found by skipping. */
	private const FAR = 1000;

	public function __construct( private readonly JobCounts $counts ) {
	}

	/** @return array{0:Condition,1:int}|null Where to start, and how many to skip from there; null when skipping all is as good. */
	public function find( JobFilters $filters, Sort $sort, int $offset ): ?array {
		if ( $offset < self::FAR || ! $sort->is_by_creation() || null !== $filters->created() || array() !== $filters->others() ) {
			return null;
		}
		$facets = $filters->has_facets()
			? array_keys(
				array_filter( $this->counts->facets(), static fn( int $facet ): bool => $filters->takes( $facet ), ARRAY_FILTER_USE_KEY )
			)
			: null;
		$month  = self::skip( $this->counts->months( $facets ), $sort, $offset );
		$day    = null === $month ? null : self::skip( $this->counts->days_of( $month[0], $facets ), $sort, $month[1] );
		if ( null === $day ) {
			return null;
		}
		$start = $sort->is_descending()
			? new Condition( 'created_at <= %s', "{$day[0]} 23:59:59" )
			: new Condition( 'created_at >= %s', "{$day[0]} 00:00:00" );

		return array( $start, $day[1] );
	}

	/**
	 * @param array<string,int> $dates Date => jobs, ascending.
	 * @return array{0:string,1:int}|null The date that the offset falls on, and what is left of it.
	 */
	private static function skip( array $dates, Sort $sort, int $offset ): ?array {
		foreach ( $sort->is_descending() ? array_reverse( $dates, true ) : $dates as $date => $n ) {
			if ( $offset < $n ) {
				return array( (string) $date, $offset );
			}
			$offset -= $n;
		}

		return null;
	}
}
