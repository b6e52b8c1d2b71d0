<?php
/**
 * The only SQL about attempts.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\TouchedJobs;

final class AttemptRepository {

	public function __construct( private readonly Connection $db, private readonly ?TouchedJobs $touched = null ) {
	}

	public function find( string $uuid ): ?Attempt {
		return $this->one( $this->db->row( 'SELECT * FROM {attempts} WHERE uuid = %s', $uuid ) );
	}

	public function find_by_provider_id( string $provider_id ): ?Attempt {
		return $this->one( $this->db->row( 'SELECT * FROM {attempts} WHERE provider_id = %s ORDER BY id DESC LIMIT 1', $provider_id ) );
	}

	public function find_by_idempotency_key( string $job_id, string $key ): ?Attempt {
		return $this->one( $this->db->row( 'SELECT * FROM {attempts} WHERE job_id = %s AND idempotency_key = %s', $job_id, $key ) );
	}

	/** @return list<Attempt> Newest first. */
	public function for_job( string $job_id ): array {
		return $this->many( $this->db->rows( 'SELECT * FROM {attempts} WHERE job_id = %s ORDER BY seq DESC', $job_id ) );
	}

	/**
	 * @param list<string> $job_ids Job identifiers.
	 * @return array<string,list<Attempt>> By job, newest first.
	 */
	public function for_jobs( array $job_ids ): array {
		$by_job = array();
		if ( array() === $job_ids ) {
			return $by_job;
		}
		$rows = $this->db->rows( 'SELECT * FROM {attempts} WHERE job_id IN (%s) ORDER BY job_id, seq DESC', $job_ids );
		foreach ( $this->many( $rows ) as $attempt ) {
			$by_job[ $attempt->job_id() ][] = $attempt;
		}

		return $by_job;
	}

	/**
	 * Attempts whose submit was never answered.
	 *
	 * @param string $before Unknown since before this UTC time.
	 * @param string $after  UUID of the last one seen.
	 * @return list<Attempt> In the order of their UUIDs.
	 */
	public function unknown_since( string $before, string $after, int $limit ): array {
		$from  = '{attempts}' . $this->db->hint( 'k_state' );
		$where = "state = 'unknown' AND provider_id IS NULL AND unknown_at < %s AND uuid > %s";

		return $this->many( $this->db->rows( "SELECT * FROM $from WHERE $where ORDER BY uuid LIMIT %d", $before, $after, $limit ) );
	}

	/** @param array<string,string|int|null> $values Column values. */
	public function insert( array $values ): Attempt {
		$seq           = (int) $this->db->value( 'SELECT COALESCE(MAX(seq), 0) FROM {attempts} WHERE job_id = %s', $values['job_id'] );
		$values['seq'] = $seq + 1;
		$this->touched?->add( (string) $values['job_id'] );
		$this->db->insert( 'attempts', $values );
		$attempt = $this->find( (string) $values['uuid'] );
		assert( null !== $attempt );

		return $attempt;
	}

	/**
	 * Compare-and-set: changes the row only while it is in the state it was read in.
	 *
	 * @param array<string,mixed> $changes Column values.
	 * @return Attempt|null The new row; null when somebody else was first.
	 */
	public function update( Attempt $attempt, array $changes ): ?Attempt {
		$this->touched?->add( $attempt->job_id() );
		$sets = array();
		$args = array();
		foreach ( $changes as $column => $value ) {
			$sets[] = null === $value ? "$column = NULL" : "$column = %s";
			if ( null !== $value ) {
				$args[] = is_bool( $value ) ? (int) $value : $value;
			}
		}
		$args[] = $attempt->id();
		$args[] = $attempt->state();
		$this->db->execute( 'UPDATE {attempts} SET ' . implode( ', ', $sets ) . ' WHERE id = %d AND state = %s', ...$args );
		$after = $this->find( $attempt->uuid() );
		$wants = $changes['state'] ?? $attempt->state();

		return null !== $after && $after->state() === $wants ? $after : null;
	}

	/** @param array<string,string|null>|null $row A row. */
	private function one( ?array $row ): ?Attempt {
		return null === $row ? null : new Attempt( $row );
	}

	/**
	 * @param list<array<string,string|null>> $rows Rows.
	 * @return list<Attempt>
	 */
	private function many( array $rows ): array {
		return array_map( static fn( array $row ): Attempt => new Attempt( $row ), $rows );
	}
}
