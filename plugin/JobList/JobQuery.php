<?php
/**
 * Lists jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\Cursor;
use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\JobList\Query\PageSeek;
use SellMyImages\JobList\Query\Planner;
use SellMyImages\JobList\Query\PlanReader;
use SellMyImages\JobList\Query\Sort;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Titles\TitleWords;

/**
 * Picks a plan, reads the page's ids by it, then the rows; the total comes from counters where they know it.
 */
final class JobQuery {

	/** Where counting rows stops. */
	public const COUNT_TO = 10000;

	private readonly JobCounts $counts;
	private readonly Planner $planner;
	private readonly PlanReader $reader;

	public function __construct( private readonly Connection $db, TitleWords $titles ) {
		$this->counts  = new JobCounts( $db );
		$this->planner = new Planner( $db, $this->counts, $titles );
		$this->reader  = new PlanReader( $db );
	}

	/**
	 * @param JobFilters  $filters  Which jobs.
	 * @param Sort        $sort     In which order.
	 * @param int         $per_page 1..100.
	 * @param int         $page     From 1; not looked at with a cursor.
	 * @param string|null $cursor   Of the page before; only in the order of creation.
	 * @throws InvalidFilter When the cursor means nothing.
	 */
	public function page( JobFilters $filters, Sort $sort, int $per_page, int $page = 1, ?string $cursor = null ): JobPage {
		$offset = null === $cursor ? ( $page - 1 ) * $per_page : 0;
		$start  = null === $cursor ? null : $this->start( Cursor::parse( $cursor ), $sort );
		$ids    = $this->ids( $filters, $sort, $per_page + 1, $offset, $start );
		$jobs   = $this->rows( array_slice( $ids, 0, $per_page ) );
		$more   = count( $ids ) > $per_page;
		$next   = $more && array() !== $jobs && $sort->is_by_creation() ? (string) Cursor::after( $jobs[ array_key_last( $jobs ) ] ) : null;
		if ( null === $start && ! $more && ( array() !== $ids || 0 === $offset ) ) {
			return new JobPage( $jobs, $offset + count( $jobs ), false, $next );
		}
		[ $total, $is_floor ] = $this->total( $filters );

		return new JobPage( $jobs, $total, $is_floor, $next );
	}

	/** @return array{0:int,1:bool} How many match, and whether counting stopped there: beyond COUNT_TO only counters know. */
	public function total( JobFilters $filters ): array {
		$by_facet = $this->counts->matching( $filters );
		if ( null !== $by_facet ) {
			return array(
				(int) array_sum(
					array_filter( $by_facet, static fn( int $facet ): bool => $filters->takes( $facet ), ARRAY_FILTER_USE_KEY )
				),
				false,
			);
		}
		$counted = $this->reader->count( $this->planner->plan( $filters, new Sort(), self::COUNT_TO ), self::COUNT_TO + 1 );

		return array( min( $counted, self::COUNT_TO ), $counted > self::COUNT_TO );
	}

	/** @return array<int,int> Facet => jobs that match all filters but those on status and attention. */
	public function by_facet( JobFilters $filters ): array {
		$tabs   = $filters->for_tabs();
		$counts = $this->counts->matching( $tabs ) ?? $this->reader->by_facet( $this->planner->plan( $tabs, new Sort(), self::COUNT_TO ) );

		return array_filter( $counts, static fn( int $facet ): bool => $tabs->takes( $facet ), ARRAY_FILTER_USE_KEY );
	}

	/**
	 * The matching jobs in the order of the table: for walking through all of them in constant memory.
	 *
	 * @param int $after_id Row id of the last one seen; 0 at first.
	 * @return list<Job> Fewer than $limit only at the end.
	 */
	public function after_id( JobFilters $filters, int $after_id, int $limit ): array {
		$plan = $this->planner->plan( $filters, new Sort(), self::COUNT_TO )->with( 'after_id', new Condition( 'id > %d', $after_id ) );

		return $this->rows( $this->reader->ids_in_table_order( $plan, $limit ) );
	}

	/**
	 * @param list<int> $ids Row ids.
	 * @return list<Job> In that order.
	 */
	public function rows( array $ids ): array {
		$by_id = array();
		foreach ( array() === $ids ? array() : $this->db->rows( 'SELECT * FROM {jobs} WHERE id IN (%d)', $ids ) as $row ) {
			$by_id[ (int) $row['id'] ] = Job::from_row( $row );
		}

		return array_values( array_filter( array_map( static fn( int $id ): ?Job => $by_id[ $id ] ?? null, $ids ) ) );
	}

	/** @return list<int> */
	private function ids( JobFilters $filters, Sort $sort, int $limit, int $offset, ?Condition $start ): array {
		$plan = $this->planner->plan( $filters, $sort, $offset + $limit );
		$seek = null === $start ? ( new PageSeek( $this->counts ) )->find( $filters, $sort, $offset ) : array( $start, 0 );
		if ( null === $seek ) {
			return $this->reader->ids( $plan, $sort, $limit, $offset );
		}

		return $this->reader->ids( $plan->with( 'start', $seek[0] ), $sort, $limit, $seek[1] );
	}

	private function start( Cursor $cursor, Sort $sort ): Condition {
		if ( ! $sort->is_by_creation() ) {
			throw new InvalidFilter( 'cursor', __( 'A cursor works only with orderby=created_at.', 'sell-my-images' ) );
		}
		$id = $this->db->value( 'SELECT id FROM {jobs} WHERE job_id = %s', $cursor->job_id );

		return $cursor->condition( $sort, null === $id ? null : (int) $id );
	}
}
