<?php
/**
 * Chooses how a list is read.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\Filters\Created;
use SellMyImages\JobList\Filters\RowFilter;
use SellMyImages\JobList\JobFilters;
use SellMyImages\Jobs\Titles\TitleWords;

/**
 * From the counters, never left to the database's optimizer, which at a million jobs is wrong by seconds.
 */
final class Planner {

	/** So many jobs are read faster than they are planned for in SQLite, whose SQL is translated by PHP. */
	private const FEW = 5000;

	/** Columns that stand in the facets' indexes (updated_at in one of them): what is asked of others has to be looked up in the rows. */
	private const IN_FACET_KEYS = array( 'post_id', 'created_at', 'updated_at' );

	public function __construct(
		private readonly Connection $db,
		private readonly JobCounts $counts,
		private readonly TitleWords $titles
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
		$question = new Question( $this->db, $this->counts, $this->titles, $sort, $facets, $shared );
		$union    = $filters->union();
		if ( null !== $union ) {
			$branches = array_map( static fn( Branch $branch ): Branch => $branch->narrowed( $shared ), $union->branches( $question ) );

			return new Plan( $branches, 1 === count( $branches ) );
		}
		if ( $this->db->is_sqlite() && array_sum( $existing ) <= self::FEW ) {
			return $question->along( '' );
		}

		return $this->choose( $filters, $question, $need );
	}

	private function choose( JobFilters $filters, Question $question, int $need ): Plan {
		foreach ( $filters->on_rows() as $filter ) {
			$is_counted = null !== $filter->dimension( $this->counts );
			$plan       = $is_counted ? $this->by_counter( $filters, $question, $need ) : $filter->plan( $question );
			if ( null !== $plan ) {
				return $plan;
			}
		}
		$created       = $filters->created();
		$is_along_list = $question->sort->is_by_creation()
			? ! $filters->has_facets()
			: null !== $created && $this->is_range_cheaper( $created, $question, $need );

		return $is_along_list ? $question->along( 'k_list' ) : self::by_facet( $question, array_keys( $question->facets ) );
	}

	/**
	 * By filters of whose jobs the counters know how many there are: along the index of the one that has fewest, or along the facets',
	 * whichever reads less.
	 */
	private function by_counter( JobFilters $filters, Question $question, int $need ): Plan {
		[ $own, $index ] = $this->fewest( $filters );
		$hits            = array_intersect_key( $own, $question->facets );
		if ( array() === $hits ) {
			return new Plan( array() );
		}
		[ $sort, $facets ] = array( $question->sort, $question->facets );
		[ $sum, $scan ]    = array( array_sum( $own ), array_sum( array_intersect_key( $facets, $hits ) ) );
		$is_long           = ! $sort->is_by_creation() && ! $sort->is_by_status();
		$own_cost          = $is_long ? $sum * ( 'email' === $sort->by ? 30 : 1 ) : self::until( $need, $sum, array_sum( $hits ) );
		$cost              = static fn( int $facet, int $n ): int => self::until( $need, $facets[ $facet ], $n );
		$columns           = array_map( static fn( RowFilter $filter ): string => $filter->column(), $filters->on_rows() );
		$is_in_facet       = array() === array_diff( $columns, self::IN_FACET_KEYS );
		if ( $is_in_facet && $is_long && array_sum( array_map( $cost, array_keys( $hits ), $hits ) ) < $own_cost ) {
			return self::by_facet( $question, array_keys( $hits ) );
		}
		if ( $is_in_facet && ! $is_long && $filters->has_facets() && $scan < $own_cost ) {
			$facet = Conditions::facets( array_keys( $hits ) );

			return new Plan( array( new Branch( 'k_fu', array( 'facet' => $facet ) + $question->conditions ) ) );
		}

		return $question->along( $index );
	}

	/** How many of so many are read until so many of the wanted among them are found. */
	private static function until( int $need, int $all, int $wanted ): int {
		return min( $all, (int) ( $need * $all / max( 1, $wanted ) ) );
	}

	/** @return array{0:array<int,int>,1:string} Facet => jobs of the filter that fewest have, and its index. */
	private function fewest( JobFilters $filters ): array {
		$found = null;
		foreach ( $filters->on_rows() as $filter ) {
			$dim  = $filter->dimension( $this->counts );
			$jobs = null === $dim ? null : $this->counts->dim( ...$dim );
			if ( null !== $jobs && ( null === $found || array_sum( $jobs ) < array_sum( $found[0] ) ) ) {
				$found = array( $jobs, (string) $filter->index() );
			}
		}

		return $found ?? array( array(), '' );
	}

	/**
	 * Whether sorting all jobs of the range reads less than walking the facets in order until enough lie in the range.
	 */
	private function is_range_cheaper( Created $created, Question $question, int $need ): bool {
		[ $sort, $facets ] = array( $question->sort, $question->facets );
		$in_range          = $this->counts->in_span( $created->span() );
		$sorted            = array_sum( $in_range ) * ( 'email' === $sort->by ? 30 : 1 );
		if ( $sort->is_by_status() ) {
			return $sorted < count( $facets ) * $need;
		}
		$walked = 0;
		foreach ( $facets as $facet => $n ) {
			$is_at_start = $sort->is_by_time() && $sort->is_descending() && null === $created->before;
			$is_far      = $sort->is_by_time() && ! $is_at_start;
			$walked     += $is_at_start ? min( $n, $need ) : ( $is_far ? $n : self::until( $need, $n, $in_range[ $facet ] ?? 0 ) );
		}

		return $sorted <= $walked;
	}

	/** @param list<int> $facets One branch for each. */
	private static function by_facet( Question $question, array $facets ): Plan {
		$conditions = array_diff_key( $question->conditions, array( 'facet' => true ) );
		$branches   = array();
		foreach ( $facets as $facet ) {
			$one        = array( 'facet' => Conditions::facets( array( $facet ) ) );
			$branches[] = new Branch( $question->sort->facet_key(), $one + $conditions, $facet );
		}

		return new Plan( $branches );
	}
}
