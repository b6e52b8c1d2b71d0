<?php
/**
 * Jobs that were found, still to be read.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Query;

use SellMyImages\Database\Connection;

/**
 * Reads them in pieces, in the order in which they were made, so that memory stays flat.
 */
final class FoundJobs {

	private const PIECE = 1000;

	/** Ids in one question; from 1,000 on MariaDB makes a join of them. */
	private const ASKED = 500;

	/**
	 * @param list<int>|null $ids   Those, in ascending order; null: a walk through the table.
	 * @param Condition|null $where Of that walk.
	 * @param int|null       $total How many; null when no counter knows.
	 */
	private function __construct(
		private readonly Connection $db,
		private readonly ?array $ids,
		private readonly ?Condition $where,
		public readonly ?int $total
	) {
	}

	/** @param list<int> $ids Row ids, in any order. */
	public static function listed( Connection $db, array $ids ): self {
		sort( $ids );

		return new self( $db, $ids, null, count( $ids ) );
	}

	/** @param int|null $total How many will be found, if that is known. */
	public static function in_table( Connection $db, Condition $where, ?int $total ): self {
		return new self( $db, null, $where, $total );
	}

	/**
	 * @param list<string> $columns    Of smi_jobs, without id.
	 * @param bool         $descending The newest first.
	 * @return \Generator<int,list<array<string,string|null>>>
	 */
	public function pieces( array $columns, bool $descending = false ): \Generator {
		$select = implode( ', ', array_unique( array( 'id', ...$columns ) ) );
		if ( null === $this->ids ) {
			yield from $this->walk( $select, $descending );
			return;
		}
		$direction = $descending ? 'DESC' : 'ASC';
		foreach ( array_chunk( $descending ? array_reverse( $this->ids ) : $this->ids, self::ASKED ) as $some ) {
			yield $this->db->rows( "SELECT $select FROM {jobs} WHERE id IN (%d) ORDER BY id $direction", $some );
		}
	}

	/** @return \Generator<int,list<array<string,string|null>>> */
	private function walk( string $select, bool $descending ): \Generator {
		assert( null !== $this->where );
		// What is sold meanwhile is not in it, in either direction.
		$last = (int) $this->db->value( 'SELECT MAX(id) AS m FROM {jobs}' );
		$next = $descending ? $last + 1 : 0;
		$sql  = "SELECT $select FROM {jobs}" . $this->db->hint( 'PRIMARY' ) . ' WHERE id ' . ( $descending ? '<' : '>' ) . " %d AND id <= %d AND {$this->where->sql} ORDER BY id " . ( $descending ? 'DESC' : 'ASC' ) . ' LIMIT %d';
		for ( ;; ) {
			$rows = $this->db->rows( $sql, ...array( $next, $last, ...$this->where->args, self::PIECE ) );
			if ( array() === $rows ) {
				return;
			}
			yield $rows;
			$next = (int) end( $rows )['id'];
		}
	}
}
