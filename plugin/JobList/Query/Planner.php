<?php
/**
 * Chooses how a list is read.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\JobFilters;

/**
 * From the counters, never left to the database's optimizer, which at a million jobs is wrong by seconds.
 */
class Planner {

	/** So many jobs are read faster than they are planned for in SQLite, whose SQL is translated by PHP. */
	private const FEW = 5000;

	/** Beyond so many changed jobs, walking the list finds a page sooner than sorting them. */
	private const MANY_CHANGED = 2000;

	public function __construct(
		private readonly Connection $db,
		private readonly JobCounts $counts,
		private readonly SearchSides $searches
	) {
	}

	/**
	 * @param JobFilters $filters Which jobs.
	 * @param Sort       $sort    In which order.
	 * @param int        $need    How many from the start: offset and page.
	 */
	public function plan( JobFilters $filters, Sort $sort, int $need ): Plan {
		$existing = $this->counts->facets();
		$facets   = array_filter( $existing, static fn( int $facet ): bool => $filters->takes( $facet ), ARRAY_FILTER_USE_KEY );
		if ( $filters->has_facets() && array() === $facets ) {
			return new Plan( array() );
		}
		$shared = Conditions::of( $filters );
		if ( $filters->has_facets() ) {
			$shared['facet'] = Conditions::facets( array_keys( $facets ) );
		}
		if ( null !== $filters->email_start ) {
			$shared['email_start'] = new Condition( 'email LIKE %s', $this->db->like( $filters->email_start ) . '%' );
		}
		if ( null !== $filters->search ) {
			return $this->search( $filters, $shared );
		}
		if ( $this->db->is_sqlite() && array_sum( $existing ) <= self::FEW ) {
			return new Plan( array( new Branch( '', $shared ) ) );
		}

		return $this->choose( $filters, $sort, $need, $facets, $shared );
	}

	/** @param array<string,Condition> $shared Conditions of every branch. */
	private function search( JobFilters $filters, array $shared ): Plan {
		assert( null !== $filters->search );
		$branches = array_map( static fn( Branch $side ): Branch => new Branch( $side->index, $side->conditions + $shared ), $this->searches->of( $filters->search ) );

		return new Plan( $branches, 1 === count( $branches ) );
	}

	/**
	 * @param array<int,int>          $facets Facets that may be in the answer => their jobs.
	 * @param array<string,Condition> $shared Conditions of every branch.
	 */
	private function choose( JobFilters $filters, Sort $sort, int $need, array $facets, array $shared ): Plan {
		if ( null !== $filters->include ) {
			return new Plan( array( new Branch( 'job_id', $shared ) ) );
		}
		if ( null !== $filters->email ) {
			return new Plan( array( new Branch( 'k_email', $shared ) ) );
		}
		if ( null !== $filters->email_start ) {
			return new Plan( array( new Branch( $this->searches->index_of_emails( $filters->email_start ), $shared ) ) );
		}
		if ( null !== $filters->post_id || null !== $filters->attachment_id ) {
			return $this->by_picture( $filters, $sort, $need, $facets, $shared );
		}
		if ( null !== $filters->modified_after && 'updated_at' !== $sort->by ) {
			return $this->by_change( $filters, $facets, $shared );
		}
		$is_along_list = $sort->is_by_creation() ? ! $filters->has_facets() : $filters->has_range() && $this->is_range_cheaper( $filters, $sort, $need, $facets );

		return $is_along_list ? new Plan( array( new Branch( 'k_list', $shared ) ) ) : self::by_facet( $sort->facet_key(), array_keys( $facets ), $shared );
	}

	/**
	 * Of a post or an attachment: along its own index, or along the facets', whichever reads less.
	 *
	 * @param array<int,int>          $facets Facets => their jobs.
	 * @param array<string,Condition> $shared Conditions.
	 */
	private function by_picture( JobFilters $filters, Sort $sort, int $need, array $facets, array $shared ): Plan {
		$own   = array();
		$index = '';
		foreach ( array( 'k_post' => $this->counts->post( $filters ), 'k_att' => $this->counts->attachment( $filters ) ) as $key => $dim ) {
			$jobs = null === $dim ? null : $this->counts->dim( ...$dim );
			if ( null !== $jobs && ( '' === $index || array_sum( $jobs ) < array_sum( $own ) ) ) {
				[ $own, $index ] = array( $jobs, $key );
			}
		}
		$hits = array_intersect_key( $own, $facets );
		if ( array() === $hits ) {
			return new Plan( array() );
		}
		$is_long   = ! $sort->is_by_creation() && ! $sort->is_by_status();
		$own_cost  = $is_long ? array_sum( $own ) * ( 'email' === $sort->by ? 30 : 1 ) : min( array_sum( $own ), (int) ( $need * array_sum( $own ) / array_sum( $hits ) ) );
		$costs     = array_map( static fn( int $facet, int $n ): int => min( $facets[ $facet ], (int) ( $need * $facets[ $facet ] / $n ) ), array_keys( $hits ), $hits );
		$with_post = 'k_post' === $index && null === $filters->attachment_id && null === $filters->resolution;
		if ( $with_post && $is_long && array_sum( $costs ) < $own_cost ) {
			return self::by_facet( $sort->facet_key(), array_keys( $hits ), $shared );
		}
		$scan = array_sum( array_intersect_key( $facets, $hits ) );
		if ( $with_post && ! $is_long && $filters->has_facets() && $scan < $own_cost ) {
			return new Plan( array( new Branch( 'k_fu', array( 'facet' => Conditions::facets( array_keys( $hits ) ) ) + $shared ) ) );
		}

		return new Plan( array( new Branch( $index, $shared ) ) );
	}

	/**
	 * Changed lately: few are sorted; for many, the newest jobs have enough of them.
	 *
	 * @param array<int,int>          $facets Facets => their jobs.
	 * @param array<string,Condition> $shared Conditions.
	 */
	private function by_change( JobFilters $filters, array $facets, array $shared ): Plan {
		if ( array() === $facets ) {
			return new Plan( array( new Branch( 'k_list', $shared ) ) );
		}
		$sql  = 'SELECT COUNT(*) AS n FROM ( SELECT 1 AS one FROM {jobs}' . $this->db->hint( 'k_fu' ) . ' WHERE facet IN (%d) AND updated_at > %s LIMIT %d ) AS c';
		$many = (int) $this->db->value( $sql, array_keys( $facets ), $filters->modified_after, self::MANY_CHANGED + 1 ) > self::MANY_CHANGED;

		return new Plan( array( $many ? new Branch( 'k_list', $shared ) : new Branch( 'k_fu', array( 'facet' => Conditions::facets( array_keys( $facets ) ) ) + $shared ) ) );
	}

	/**
	 * Whether sorting all jobs of the range reads less than walking the facets in order until enough lie in the range.
	 *
	 * @param array<int,int> $facets Facets => their jobs.
	 */
	private function is_range_cheaper( JobFilters $filters, Sort $sort, int $need, array $facets ): bool {
		$in_range = $this->counts->in_span( DaySpan::of( $filters->after, $filters->before ) );
		$sorted   = array_sum( $in_range ) * ( 'email' === $sort->by ? 30 : 1 );
		if ( $sort->is_by_status() ) {
			return $sorted < count( $facets ) * $need;
		}
		$walked = 0;
		foreach ( $facets as $facet => $n ) {
			$is_at_start = $sort->is_by_time() && $sort->is_descending() && null === $filters->before;
			$is_far      = $sort->is_by_time() && ! $is_at_start;
			$walked     += $is_at_start ? min( $n, $need ) : ( $is_far ? $n : min( $n, (int) ( $need * $n / max( 1, $in_range[ $facet ] ?? 0 ) ) ) );
		}

		return $sorted <= $walked;
	}

	/**
	 * @param list<int>               $facets One branch for each.
	 * @param array<string,Condition> $shared Conditions.
	 */
	private static function by_facet( string $index, array $facets, array $shared ): Plan {
		unset( $shared['facet'] );
		$branches = array_map( static fn( int $facet ): Branch => new Branch( $index, array( 'facet' => Conditions::facets( array( $facet ) ) ) + $shared, $facet ), $facets );

		return new Plan( $branches );
	}
}
