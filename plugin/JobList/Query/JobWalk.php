<?php
/**
 * Finds all jobs that match, however many, for walking through them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\JobFilters;
use SellMyImages\Jobs\Titles\TitleWords;

/**
 * Along one index that holds them in the order of creation, from key to key. Where there is none (a list of identifiers, a search that is a
 * start of a word) their keys are read first; there are few of them as a rule.
 */
final class JobWalk {

	/** So many are counted where no counter knows, and so many keys are kept in memory: about 2 MB. */
	public const MOST = 10000;

	/** The index in which all stand in the order of creation. */
	private const LIST = 'k_list';

	/** Identifiers in one question; from 1,000 on MariaDB makes a join of them. */
	private const ASKED = 500;

	private readonly JobCounts $counts;
	private readonly Planner $planner;

	public function __construct( private readonly Connection $db, TitleWords $titles ) {
		$this->counts  = new JobCounts( $db );
		$this->planner = new Planner( $db, $this->counts, $titles );
	}

	/**
	 * @param JobFilters        $filters Which jobs.
	 * @param list<string>|null $job_ids Only these of them, in any number.
	 */
	public function find( JobFilters $filters, ?array $job_ids = null ): FoundJobs {
		// What matches is said by the planner alone, so that an export never knows a filter less than the list.
		$plan   = $this->planner->plan( $filters, new Sort(), self::MOST );
		$wanted = $job_ids ?? $filters->job_ids();
		if ( array() === $plan->branches ) {
			return FoundJobs::listed( $this->db, array() );
		}
		if ( null !== $wanted ) {
			return FoundJobs::listed( $this->db, $this->keys_of( $wanted, $plan ) );
		}
		$index = self::index( $filters, $plan );
		$where = self::condition( $plan );
		if ( null === $index ) {
			$keys = $this->keys( $plan->branches, self::MOST + 1 );

			return count( $keys ) > self::MOST
				? FoundJobs::along( $this->db, self::LIST, $where, null )
				: FoundJobs::listed( $this->db, $keys );
		}

		return FoundJobs::along( $this->db, $index, $where, $this->number( $filters, $index, $where ) );
	}

	/** Null: in none do they stand in the order of creation. */
	private static function index( JobFilters $filters, Plan $plan ): ?string {
		if ( null !== $filters->union() ) {
			return 1 === count( $plan->branches ) && $plan->branches[0]->is_in_order ? $plan->branches[0]->index : null;
		}
		foreach ( $filters->on_rows() as $filter ) {
			if ( self::LIST !== $filter->index() ) {
				return $filter->index();
			}
		}

		return self::LIST;
	}

	private function number( JobFilters $filters, string $index, Condition $where ): ?int {
		$by_facet = $this->counts->matching( $filters );
		if ( null !== $by_facet ) {
			return (int) array_sum(
				array_filter( $by_facet, static fn( int $facet ): bool => $filters->takes( $facet ), ARRAY_FILTER_USE_KEY )
			);
		}
		$counted = (int) $this->db->value(
			'SELECT COUNT(*) AS n FROM ( SELECT 1 AS one FROM {jobs}' . $this->db->hint( $index ) . " WHERE {$where->sql} LIMIT %d ) AS c",
			...array( ...$where->args, self::MOST + 1 )
		);

		return $counted > self::MOST ? null : $counted;
	}

	/**
	 * @param list<Branch> $branches Any of these.
	 * @param int          $most     Of each.
	 * @return array<int,string> Row id => time of creation.
	 */
	private function keys( array $branches, int $most ): array {
		$keys = array();
		foreach ( $branches as $branch ) {
			$hint = '' === $branch->index ? '' : $this->db->hint( $branch->index );
			foreach (
				$this->db->rows(
					"SELECT id, created_at FROM {jobs}$hint WHERE {$branch->where()} LIMIT %d",
					...array( ...$branch->args(), $most )
				) as $row
			) {
				$keys[ (int) $row['id'] ] = (string) $row['created_at'];
			}
		}

		return $keys;
	}

	/**
	 * @param list<string> $wanted Identifiers of jobs.
	 * @return array<int,string> Row id => time of creation.
	 */
	private function keys_of( array $wanted, Plan $plan ): array {
		$keys = array();
		foreach ( array_chunk( array_values( array_unique( array_map( 'strtolower', $wanted ) ) ), self::ASKED ) as $some ) {
			$keys += $this->keys(
				array(
					new Branch( 'job_id', array( 'ids' => new Condition( 'job_id IN (%s)', $some ), 'plan' => self::condition( $plan ) ) ),
				),
				self::ASKED
			);
		}

		return $keys;
	}

	/** What a job of any branch fulfils, for a walk that uses none of their indexes. */
	private static function condition( Plan $plan ): Condition {
		$facets = array_filter(
			array_map( static fn( Branch $branch ): ?int => $branch->facet, $plan->branches ),
			static fn( ?int $facet ): bool => null !== $facet
		);
		if ( count( $facets ) === count( $plan->branches ) ) {
			$one = $plan->branches[0]->with( 'facet', Conditions::facets( array_values( $facets ) ) );

			return new Condition( $one->where(), ...$one->args() );
		}
		$any = implode( ' OR ', array_map( static fn( Branch $branch ): string => "( {$branch->where()} )", $plan->branches ) );

		return new Condition(
			"( $any )",
			...array_merge( array(), ...array_map( static fn( Branch $branch ): array => $branch->args(), $plan->branches ) )
		);
	}
}
