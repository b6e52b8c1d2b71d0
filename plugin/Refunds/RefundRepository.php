<?php
/**
 * The only SQL about refunds.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Refunds;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\TouchedJobs;
use SellMyImages\Support\Times;

final class RefundRepository {

	public function __construct( private readonly Connection $db, private readonly ?TouchedJobs $touched = null ) {
	}

	public function find( string $uuid ): ?Refund {
		return $this->one( $this->db->row( 'SELECT * FROM {refunds} WHERE uuid = %s', $uuid ) );
	}

	public function find_by_stripe_id( string $stripe_refund_id ): ?Refund {
		return $this->one( $this->db->row( 'SELECT * FROM {refunds} WHERE stripe_refund_id = %s', $stripe_refund_id ) );
	}

	public function find_by_idempotency_key( string $job_id, string $key ): ?Refund {
		return $this->one( $this->db->row( 'SELECT * FROM {refunds} WHERE job_id = %s AND idempotency_key = %s', $job_id, $key ) );
	}

	/** @return list<Refund> Newest first. */
	public function for_job( string $job_id ): array {
		return $this->many( $this->db->rows( 'SELECT * FROM {refunds} WHERE job_id = %s ORDER BY id DESC', $job_id ) );
	}

	/**
	 * @param list<string> $job_ids Job identifiers.
	 * @return array<string,list<Refund>> By job, newest first.
	 */
	public function for_jobs( array $job_ids ): array {
		$by_job = array();
		if ( array() === $job_ids ) {
			return $by_job;
		}
		foreach (
			$this->many( $this->db->rows( 'SELECT * FROM {refunds} WHERE job_id IN (%s) ORDER BY job_id, id DESC', $job_ids ) ) as $refund
		) {
			$by_job[ $refund->job_id() ][] = $refund;
		}

		return $by_job;
	}

	/** @param array<string,string|int|null> $values Column values. */
	public function insert( array $values ): Refund {
		$now = Times::now();
		$this->touched?->add( (string) $values['job_id'] );
		$this->db->insert( 'refunds', $values + array( 'created_at' => $now, 'updated_at' => $now ) );
		$refund = $this->find( (string) $values['uuid'] );
		assert( null !== $refund );

		return $refund;
	}

	/**
	 * Compare-and-set on the status that was read.
	 *
	 * @param array<string,mixed> $changes Column values.
	 * @return Refund|null The new row; null when somebody else was first.
	 */
	public function update( Refund $refund, array $changes ): ?Refund {
		$this->touched?->add( $refund->job_id() );
		$changes['updated_at'] = Times::now();
		$sets                  = array();
		$args                  = array();
		foreach ( $changes as $column => $value ) {
			$sets[] = null === $value ? "$column = NULL" : "$column = %s";
			if ( null !== $value ) {
				$args[] = $value;
			}
		}
		$args[] = $refund->id();
		$args[] = $refund->status();
		$this->db->execute( 'UPDATE {refunds} SET ' . implode( ', ', $sets ) . ' WHERE id = %d AND status = %s', ...$args );
		$after = $this->find( $refund->uuid() );
		$wants = $changes['status'] ?? $refund->status();

		return null !== $after && $after->status() === $wants ? $after : null;
	}

	/** @param array<string,string|null>|null $row A row. */
	private function one( ?array $row ): ?Refund {
		return null === $row ? null : new Refund( $row );
	}

	/**
	 * @param list<array<string,string|null>> $rows Rows.
	 * @return list<Refund>
	 */
	private function many( array $rows ): array {
		return array_map( static fn( array $row ): Refund => new Refund( $row ), $rows );
	}
}
