<?php
/**
 * The only SQL about batches.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Database\Connection;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;

final class BatchRepository {

	/** Batches that ended longer ago are forgotten; what they did stands in each job's log for ever. */
	public const KEPT_DAYS = 90;

	public function __construct( private readonly Connection $db ) {
	}

	public function find( string $uuid ): ?Batch {
		return $this->one( 'uuid = %s', $uuid );
	}

	/** The batch that this user asked for under this key. */
	public function find_by_key( string $created_by, string $idempotency_key ): ?Batch {
		return $this->one( 'created_by = %s AND idempotency_key = %s', $created_by, $idempotency_key );
	}

	/** @return list<Batch> The oldest first. */
	public function running(): array {
		return array_map(
			array( Batch::class, 'from_row' ),
			$this->db->rows( 'SELECT * FROM {batches} WHERE state = %s ORDER BY id', Batch::RUNNING )
		);
	}

	/** @param array<string,mixed> $params Of batch-params.schema.json. */
	public function insert( string $action, array $params, ?string $idempotency_key ): Batch {
		$uuid = Uuid::v4();
		$this->db->insert(
			'batches',
			array(
				'uuid'            => $uuid,
				'action'          => $action,
				'params'          => (string) wp_json_encode( (object) $params ),
				'state'           => Batch::RUNNING,
				'created_by'      => Actor::current(),
				'idempotency_key' => $idempotency_key,
				'created_at'      => Times::now(),
			)
		);

		return $this->find( $uuid ) ?? throw new \LogicException( 'A batch that was just made is not there.' );
	}

	public function set_total( Batch $batch, int $total ): void {
		$this->db->execute( 'UPDATE {batches} SET total = %d WHERE id = %d', $total, $batch->id );
	}

	/** Whether it still runs; until the transaction ends nobody can cancel it. */
	public function lock_running( Batch $batch ): bool {
		return Batch::RUNNING === $this->db->value( 'SELECT state FROM {batches} WHERE id = %d FOR UPDATE', $batch->id );
	}

	/**
	 * @param string $state Batch::DONE or Batch::CANCELLED.
	 * @return bool False when it was not running any more.
	 */
	public function finish( Batch $batch, string $state ): bool {
		return 1 === $this->db->execute(
			'UPDATE {batches} SET state = %s, finished_at = %s WHERE id = %d AND state = %s',
			$state,
			Times::now(),
			$batch->id,
			Batch::RUNNING
		);
	}

	/**
	 * Forgets batches that ended long ago, their items first.
	 *
	 * @param int $limit At most so many rows.
	 * @return int How many.
	 */
	public function forget( int $days, int $limit ): int {
		$before = Times::add( Times::now(), -$days * DAY_IN_SECONDS );
		$batch  = $this->db->value(
			'SELECT id FROM {batches} WHERE state IN (%s) AND finished_at < %s ORDER BY id LIMIT 1',
			array( Batch::DONE, Batch::CANCELLED ),
			$before
		);
		if ( null === $batch ) {
			return 0;
		}
		$items = $this->db->column( 'SELECT id FROM {batch_items} WHERE batch = %d LIMIT %d', (int) $batch, $limit );
		if ( array() !== $items ) {
			$this->db->execute( 'DELETE FROM {batch_items} WHERE id IN (%d)', array_map( 'intval', $items ) );
		}
		if ( count( $items ) < $limit ) {
			$this->db->execute( 'DELETE FROM {batches} WHERE id = %d', (int) $batch );
		}

		// A full count means "there may be more", and another batch may wait.
		return $limit;
	}

	private function one( string $where, string ...$args ): ?Batch {
		$row = $this->db->row( "SELECT * FROM {batches} WHERE $where", ...$args );

		return null === $row ? null : Batch::from_row( $row );
	}
}
