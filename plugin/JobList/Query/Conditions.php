<?php
/**
 * Filters as SQL.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\JobList\JobFilters;

/**
 * All conditions but those on the facet and those of a union, by filter.
 */
final class Conditions {

	/** @return array<string,Condition> */
	public static function of( JobFilters $filters ): array {
		$all = array();
		foreach ( $filters->on_rows() as $filter ) {
			$all[ $filter::class ] = $filter->condition();
		}

		return $all;
	}

	/** @param list<int> $facets Any of these. */
	public static function facets( array $facets ): Condition {
		return 1 === count( $facets ) ? new Condition( 'facet = %d', $facets[0] ) : new Condition( 'facet IN (%d)', $facets );
	}
}
