<?php
/**
 * Runs a plan.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;

/**
 * Reads ids first, on indexes alone, and whole rows only for the page: skipped rows are never looked up.
 * Members of a union stand in a FROM of their own, for SQLite takes no parentheses around them.
 */
final class PlanReader {

	public function __construct( private readonly Connection $db ) {
	}

	/** @return list<int> Ids of the page, in order. */
	public function ids( Plan $plan, Sort $sort, int $limit, int $offset ): array {
		if ( array() === $plan->branches ) {
			return array();
		}
		if ( 1 === count( $plan->branches ) ) {
			$branch = $plan->branches[0];
			$sql    = 'SELECT id FROM {jobs}' . $this->hint( $branch )
				. " WHERE {$branch->where()} ORDER BY {$sort->order( null !== $branch->facet )} LIMIT %d OFFSET %d";

			return array_map( 'intval', $this->db->column( $sql, ...array( ...$branch->args(), $limit, $offset ) ) );
		}

		return $this->union( $plan, $sort, $limit, $offset );
	}

	/**
	 * @param int $most Stops there.
	 * @return int How many jobs match; at most $most.
	 */
	public function count( Plan $plan, int $most ): int {
		if ( array() === $plan->branches ) {
			return 0;
		}
		$parts = array();
		$args  = array();
		foreach ( $plan->branches as $i => $branch ) {
			$parts[] = "SELECT * FROM ( SELECT id FROM {jobs}{$this->hint( $branch )} WHERE {$branch->where()} LIMIT %d ) AS t$i";
			array_push( $args, ...array( ...$branch->args(), $most ) );
		}
		$sql = 'SELECT COUNT(*) AS n FROM ( SELECT * FROM ( ' . implode( $plan->is_distinct ? ' UNION ALL ' : ' UNION ', $parts )
			. ' ) AS u LIMIT %d ) AS c';

		return (int) $this->db->value( $sql, ...array( ...$args, $most ) );
	}

	/** @return array<int,int> Facet => number of jobs. */
	public function by_facet( Plan $plan ): array {
		$counts = array();
		if ( array() === $plan->branches ) {
			return $counts;
		}
		$parts = array();
		$args  = array();
		foreach ( $plan->branches as $i => $branch ) {
			$parts[] = "SELECT id, facet FROM {jobs}{$this->hint( $branch )} WHERE {$branch->where()}";
			array_push( $args, ...$branch->args() );
		}
		$rows = $this->db->rows(
			'SELECT facet, COUNT(*) AS n FROM ( ' . implode( $plan->is_distinct ? ' UNION ALL ' : ' UNION ', $parts )
				. ' ) AS u GROUP BY facet',
			...$args
		);
		foreach ( $rows as $row ) {
			$counts[ (int) $row['facet'] ] = (int) $row['n'];
		}

		return $counts;
	}

	/** @return list<int> The first ids of all that match, ascending. */
	public function ids_in_table_order( Plan $plan, int $limit ): array {
		$parts = array();
		$args  = array();
		foreach ( $plan->branches as $i => $branch ) {
			$parts[] = "SELECT * FROM ( SELECT id FROM {jobs} WHERE {$branch->where()} ORDER BY id LIMIT %d ) AS t$i";
			array_push( $args, ...array( ...$branch->args(), $limit ) );
		}

		return array() === $parts
			? array()
			: array_map(
				'intval',
				$this->db->column(
					'SELECT id FROM ( ' . implode( ' UNION ', $parts ) . ' ) AS u ORDER BY id LIMIT %d',
					...array( ...$args, $limit )
				)
			);
	}

	/** @return list<int> */
	private function union( Plan $plan, Sort $sort, int $limit, int $offset ): array {
		$parts = array();
		$args  = array();
		foreach ( $plan->branches as $i => $branch ) {
			$x       = null === $branch->facet ? $sort->expression() : $sort->expression_for( $branch->facet );
			$parts[] = "SELECT * FROM ( SELECT id, created_at, $x AS x FROM {jobs}{$this->hint( $branch )} WHERE {$branch->where()}
				ORDER BY {$sort->order( null !== $branch->facet )} LIMIT %d ) AS t$i";
			array_push( $args, ...array( ...$branch->args(), $limit + $offset ) );
		}
		$sql = 'SELECT id FROM ( ' . implode( $plan->is_distinct ? ' UNION ALL ' : ' UNION ', $parts )
			. " ) AS u ORDER BY {$sort->outer_order()} LIMIT %d OFFSET %d";

		return array_map( 'intval', $this->db->column( $sql, ...array( ...$args, $limit, $offset ) ) );
	}

	private function hint( Branch $branch ): string {
		return '' === $branch->index ? '' : $this->db->hint( $branch->index );
	}
}
