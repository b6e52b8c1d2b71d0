<?php
/**
 * The only SQL about the jobs of batches.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Database\Connection;

final class ItemRepository {

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * @param list<array{0:string,1:string,2:string|null,3:string|null,4:int|null,5:string|null}> $rows job_id, state, code, message,
	 *   amount_minor, args.
	 */
	public function insert( Batch $batch, array $rows ): void {
		foreach ( array_chunk( $rows, 500 ) as $chunk ) {
			$values = implode( ', ', array_fill( 0, count( $chunk ), '(%s)' ) );
			$this->db->execute(
				"INSERT INTO {batch_items} (batch, job_id, state, code, message, amount_minor, args) VALUES $values",
				...array_map( static fn( array $row ): array => array( $batch->id, ...$row ), $chunk )
			);
		}
	}

	/** @return array<string,int> State => items; only states that have some. */
	public function counts( Batch $batch ): array {
		$counts = array();
		foreach (
			$this->db->rows( 'SELECT state, COUNT(*) AS n FROM {batch_items} WHERE batch = %d GROUP BY state', $batch->id ) as $row
		) {
			$counts[ (string) $row['state'] ] = (int) $row['n'];
		}

		return $counts;
	}

	/** Whether anything is still to be done. */
	public function has_open( Batch $batch ): bool {
		return null !== $this->db->value(
			'SELECT 1 FROM {batch_items} WHERE batch = %d AND state IN (%s) LIMIT 1',
			$batch->id,
			array( Item::WAITING, Item::COMMITTED )
		);
	}

	/** @return list<Item> Of one state, in the order they were taken in. */
	public function in_state( Batch $batch, string $state, int $limit, int $offset = 0 ): array {
		return array_map(
			array( Item::class, 'from_row' ),
			$this->db->rows(
				'SELECT * FROM {batch_items} WHERE batch = %d AND state = %s ORDER BY id LIMIT %d OFFSET %d',
				$batch->id,
				$state,
				$limit,
				$offset
			)
		);
	}

	/**
	 * Locks those that still wait, until the transaction ends.
	 *
	 * @param list<Item> $items As they were read.
	 * @return list<Item>
	 */
	public function lock_waiting( array $items ): array {
		$ids = array_map( static fn( Item $item ): int => $item->id, $items );

		return array_map(
			array( Item::class, 'from_row' ),
			$this->db->rows( 'SELECT * FROM {batch_items} WHERE id IN (%d) AND state = %s ORDER BY id FOR UPDATE', $ids, Item::WAITING )
		);
	}

	/**
	 * Writes what became of them, by compare-and-set.
	 *
	 * @param string                $from     The state that each must be in.
	 * @param array<int,Outcome> $outcomes By id.
	 * @return int How many were in that state.
	 */
	public function settle( string $from, array $outcomes ): int {
		$groups = array();
		foreach ( $outcomes as $id => $outcome ) {
			$groups[ $outcome->key() ][] = $id;
		}
		$changed = 0;
		foreach ( $groups as $ids ) {
			$outcome  = $outcomes[ $ids[0] ];
			$values   = array( $outcome->state, $outcome->code, $outcome->message, $outcome->args );
			$changed += $this->db->execute(
				'UPDATE {batch_items} SET state = %s, code = %s, message = %s, args = %s WHERE id IN (%d) AND state = %s',
				...array( ...$values, $ids, $from )
			);
		}

		return $changed;
	}

	/** What waits will not be done any more. */
	public function cancel( Batch $batch ): int {
		return $this->db->execute(
			'UPDATE {batch_items} SET state = %s WHERE batch = %d AND state = %s',
			Item::CANCELLED,
			$batch->id,
			Item::WAITING
		);
	}
}
