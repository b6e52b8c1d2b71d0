<?php
/**
 * What happened to each job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Database\Connection;
use SellMyImages\Support\Actor;
use SellMyImages\Support\ActorNames;
use SellMyImages\Support\Args;
use SellMyImages\Support\Times;

/**
 * One row per transition, in its transaction.
 */
final class EventLog {

	/** Shown of one job; what goes beyond is still in the table. */
	private const SHOWN = 500;

	public function __construct( private readonly Connection $db, private readonly ?TouchedJobs $touched = null ) {
	}

	/**
	 * @param Job                 $job  The job.
	 * @param string              $type status, payment, attempt, refund, email, link, action …
	 * @param array<string,mixed> $data from, to, reason (a code, or a person's words), args of that code, ref; actor unless it is the
	 *   current one.
	 */
	public function append( Job $job, string $type, array $data = array() ): void {
		$this->touched?->add( $job->job_id );
		$this->db->insert(
			'job_events',
			array(
				'job_id'     => $job->job_id,
				'at'         => Times::now(),
				'actor'      => (string) ( $data['actor'] ?? Actor::current() ),
				'type'       => $type,
				'from_value' => self::short( $data['from'] ?? null, 64 ),
				'to_value'   => self::short( $data['to'] ?? null, 64 ),
				'reason'     => self::short( $data['reason'] ?? null, 2000 ),
				'ref'        => self::short( $data['ref'] ?? null, 255 ),
				'args'       => Args::json( (array) ( $data['args'] ?? array() ) ),
			)
		);
	}

	/** The log of a job that is no more. */
	public function forget( Job $job ): void {
		$this->db->execute( 'DELETE FROM {job_events} WHERE job_id = %s', $job->job_id );
	}

	/** @return list<array<string,string|null>> The shape of job-event.schema.json, the oldest first. */
	public function for_job( Job $job ): array {
		$rows = $this->db->rows( 'SELECT * FROM {job_events} WHERE job_id = %s ORDER BY id DESC LIMIT %d', $job->job_id, self::SHOWN );

		ActorNames::learn( array_column( $rows, 'actor' ) );

		return array_map( array( $this, 'to_rest' ), array_reverse( $rows ) );
	}

	/**
	 * @param array<string,string|null> $row A row.
	 * @return array<string,string|null>
	 */
	private function to_rest( array $row ): array {
		return array(
			'at'         => Times::iso( $row['at'] ),
			'actor'      => $row['actor'],
			'actor_name' => ActorNames::of( $row['actor'] ),
			'type'       => $row['type'],
			'from'        => self::whole( $row, 'from_value' ),
			'to'          => self::whole( $row, 'to_value' ),
			'reason'      => ReasonWords::in_the_log( $row['reason'], $row['args'] ?? null ),
			'reason_code' => ReasonWords::code( $row['reason'] ),
			'ref'         => $row['ref'],
		);
	}

	/** @param array<string,string|null> $row A row. */
	private static function whole( array $row, string $column ): ?string {
		return 'dispute' === $row['type'] && null !== $row[ $column ] ? Disputes::whole( $row[ $column ] ) : $row[ $column ];
	}

	private static function short( mixed $value, int $length ): ?string {
		$value = $value instanceof \BackedEnum ? $value->value : $value;

		return null === $value ? null : mb_substr( (string) $value, 0, $length );
	}
}
