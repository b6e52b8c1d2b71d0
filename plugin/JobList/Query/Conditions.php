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
 * All conditions but those on the facet and the search, by name. No function stands around a column: that would cost the index.
 */
final class Conditions {

	/** @return array<string,Condition> */
	public static function of( JobFilters $filters ): array {
		$all = array(
			'include'       => null === $filters->include ? null : new Condition( 'job_id IN (%s)', $filters->include ),
			'email'         => null === $filters->email ? null : new Condition( 'email = %s', $filters->email ),
			'post_id'       => null === $filters->post_id ? null : new Condition( 'post_id = %d', $filters->post_id ),
			'attachment_id' => null === $filters->attachment_id ? null : new Condition( 'attachment_id = %d', $filters->attachment_id ),
			'resolution'    => null === $filters->resolution ? null : new Condition( 'resolution = %s', $filters->resolution ),
			'after'         => null === $filters->after ? null : new Condition( 'created_at > %s', $filters->after ),
			'before'        => null === $filters->before ? null : new Condition( 'created_at < %s', $filters->before ),
			'modified'      => null === $filters->modified_after ? null : new Condition( 'updated_at > %s', $filters->modified_after ),
		);

		return array_filter( $all, static fn( ?Condition $condition ): bool => null !== $condition );
	}

	/** @param list<int> $facets Any of these. */
	public static function facets( array $facets ): Condition {
		return 1 === count( $facets ) ? new Condition( 'facet = %d', $facets[0] ) : new Condition( 'facet IN (%d)', $facets );
	}
}
