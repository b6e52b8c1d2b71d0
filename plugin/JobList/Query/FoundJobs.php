<?php
/**
 * Jobs that were found, still to be read.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;

/**
 * Reads them in pieces, in the order of their creation, so that memory stays flat.
 */
final class FoundJobs {

	/**
	 * Of a walk. With more, what becomes of a piece no longer fits into memory that PHP keeps at hand: lines of JSON took twice as long at
	 * 1,000.
	 */
	private const PIECE = 500;

	/** Ids in one question; from 1,000 on MariaDB makes a join of them. */
	private const ASKED = 500;

	/**
	 * @param list<int>      $ids   Those, in order; none: a walk.
	 * @param string         $index Along this index.
	 * @param Condition|null $where Of the walk; null: none.
	 * @param int|null       $total How many; null when there are more than were counted.
	 */
	private function __construct(
		private readonly Connection $db,
		private readonly array $ids,
		private readonly string $index,
		private readonly ?Condition $where,
		public readonly ?int $total
	) {
	}

	/** @param array<int,string> $keys Row id => time of creation. */
	public static function listed( Connection $db, array $keys ): self {
		$ids = array_keys( $keys );
		array_multisort( array_values( $keys ), SORT_STRING, $ids );

		return new self( $db, $ids, '', null, count( $ids ) );
	}

	/**
	 * @param string    $index In which those that fulfil the condition stand in the order of creation.
	 * @param Condition $where Of all.
	 * @param int|null  $total How many will be found, if that is known.
	 */
	public static function along( Connection $db, string $index, Condition $where, ?int $total ): self {
		return new self( $db, array(), $index, $where, $total );
	}

	/**
	 * @param list<string> $columns    Of smi_jobs.
	 * @param bool         $descending The newest first.
	 * @param list<string> $blanks     Those of the columns that the table does not have: null, to be filled by the caller.
	 * @return \Generator<int,non-empty-list<array<string,string|null>>> In the order of the columns; `id` and `created_at` are always
	 *   there.
	 */
	public function pieces( array $columns, bool $descending = false, array $blanks = array() ): \Generator {
		$columns   = array_unique( array( ...$columns, 'id', 'created_at' ) );
		$select    = implode(
			', ',
			array_map( static fn( string $name ): string => in_array( $name, $blanks, true ) ? "NULL AS $name" : $name, $columns )
		);
		$direction = $descending ? 'DESC' : 'ASC';
		if ( null !== $this->where ) {
			yield from $this->walk( $select, $direction, $this->where );
			return;
		}
		foreach ( array_chunk( $descending ? array_reverse( $this->ids ) : $this->ids, self::ASKED ) as $some ) {
			$rows = $this->db->many_rows(
				"SELECT $select FROM {jobs} WHERE id IN (%d) ORDER BY created_at $direction, id $direction",
				$some
			);
			if ( array() !== $rows ) {
				yield $rows;
			}
		}
	}

	/** @return \Generator<int,non-empty-list<array<string,string|null>>> */
	private function walk( string $select, string $direction, Condition $where ): \Generator {
		$sign = 'DESC' === $direction ? '<' : '>';
		// What is sold meanwhile is not in it, in either direction.
		$last = (int) $this->db->value( 'SELECT MAX(id) AS m FROM {jobs}' );
		$sql  = "SELECT $select FROM {jobs}" . $this->db->hint( $this->index ) . " WHERE id <= %d AND {$where->sql}";
		$tail = " ORDER BY created_at $direction, id $direction LIMIT %d";
		$from = new Condition( '' );
		do {
			$rows = $this->db->many_rows( $sql . $from->sql . $tail, $last, ...$where->args, ...$from->args, ...array( self::PIECE ) );
			$n    = count( $rows );
			if ( $n > 0 ) {
				[ 'created_at' => $at, 'id' => $id ] = end( $rows );
				$from                                = new Condition(
					" AND created_at $sign= %s AND ( created_at $sign %s OR id $sign %d )",
					$at,
					$at,
					$id
				);
				yield $rows;
			}
		} while ( self::PIECE === $n );
	}
}
