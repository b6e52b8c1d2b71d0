<?php
/**
 * Walks through all jobs that match, however many.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Query;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\JobFilters;
use SellMyImages\Jobs\TitleWords;

/**
 * Few are found by their index, all at once, and read by id. For many the whole table is read once, from end to end: walking an index in the
 * order of the table would sort it anew for each piece.
 */
class JobWalk {

	/** So many ids are kept in memory: about 2 MB. */
	public const MOST_IDS = 50000;

	/** Identifiers in one question; from 1,000 on MariaDB makes a join of them. */
	private const ASKED = 500;

	private readonly JobCounts $counts;
	private readonly Planner $planner;

	public function __construct( private readonly Connection $db, TitleWords $titles ) {
		$this->counts  = new JobCounts( $db );
		$this->planner = new Planner( $db, $this->counts, new SearchSides( $db, $titles, $this->counts ) );
	}

	/**
	 * @param JobFilters        $filters Which jobs.
	 * @param list<string>|null $job_ids Only these of them, in any number.
	 */
	public function find( JobFilters $filters, ?array $job_ids = null ): FoundJobs {
		if ( null !== $job_ids ) {
			return FoundJobs::listed( $this->db, $this->ids_of( $filters, $job_ids ) );
		}
		$known = $this->known_number( $filters );
		$plan  = $this->planner->plan( $filters, new Sort(), self::MOST_IDS );
		if ( null !== $known && ( $known > self::MOST_IDS || ( ! $filters->has_facets() && ! $filters->has_range() && ! $filters->has_others() ) ) ) {
			return FoundJobs::in_table( $this->db, self::condition( $plan ), $known );
		}
		$ids = $this->ids( $plan, self::MOST_IDS + 1 );

		return count( $ids ) > self::MOST_IDS ? FoundJobs::in_table( $this->db, self::condition( $plan ), $known ) : FoundJobs::listed( $this->db, $ids );
	}

	private function known_number( JobFilters $filters ): ?int {
		$by_facet = $this->counts->matching( $filters );

		return null === $by_facet ? null : (int) array_sum( array_filter( $by_facet, static fn( int $facet ): bool => $filters->takes( $facet ), ARRAY_FILTER_USE_KEY ) );
	}

	/** @return list<int> In no order; at most $most. */
	private function ids( Plan $plan, int $most ): array {
		$ids = array();
		foreach ( $plan->branches as $branch ) {
			$hint = '' === $branch->index ? '' : $this->db->hint( $branch->index );
			foreach ( $this->db->column( "SELECT id FROM {jobs}$hint WHERE {$branch->where()} LIMIT %d", ...array( ...$branch->args(), $most ) ) as $id ) {
				$ids[ (int) $id ] = (int) $id;
			}
			if ( count( $ids ) >= $most ) {
				break;
			}
		}

		return array_slice( array_values( $ids ), 0, $most );
	}

	/**
	 * @param list<string> $job_ids Identifiers.
	 * @return list<int>
	 */
	private function ids_of( JobFilters $filters, array $job_ids ): array {
		$wanted = array_values( array_unique( array_map( 'strtolower', $job_ids ) ) );
		$wanted = null === $filters->include ? $wanted : array_values( array_intersect( $wanted, $filters->include ) );
		$ids    = array();
		foreach ( array_chunk( $wanted, self::ASKED ) as $some ) {
			$of_these = new JobFilters( $some, $filters->statuses, $filters->payments, $filters->attentions, $filters->email, $filters->post_id, $filters->attachment_id, $filters->resolution, $filters->after, $filters->before, $filters->modified_after, $filters->search, $filters->email_start );
			array_push( $ids, ...$this->ids( $this->planner->plan( $of_these, new Sort(), self::ASKED ), self::ASKED ) );
		}

		return $ids;
	}

	/** What a job of any branch fulfils, for a walk that uses none of their indexes. */
	private static function condition( Plan $plan ): Condition {
		$facets = array_filter( array_map( static fn( Branch $branch ): ?int => $branch->facet, $plan->branches ), static fn( ?int $facet ): bool => null !== $facet );
		if ( count( $plan->branches ) > 1 && count( $facets ) === count( $plan->branches ) ) {
			$one = $plan->branches[0]->with( 'facet', Conditions::facets( array_values( $facets ) ) );

			return new Condition( $one->where(), ...$one->args() );
		}
		$sides = array_map( static fn( Branch $branch ): string => "( {$branch->where()} )", $plan->branches );

		return new Condition( array() === $sides ? '1 = 0' : '( ' . implode( ' OR ', $sides ) . ' )', ...array_merge( array(), ...array_map( static fn( Branch $branch ): array => $branch->args(), $plan->branches ) ) );
	}
}
