<?php
/**
 * One durable request.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * A row of the commands table. One row per kind and object lives for ever and is opened again by each new hint.
 *
 * Times are UTC, `Y-m-d H:i:s`, by the database's clock.
 */
final class Command {

	/**
	 * Built by from_row(), by claims and by tests.
	 *
	 * @param int                 $id           Never leaves the database.
	 * @param string              $uuid         What the bridge knows it by.
	 * @param CommandKind         $kind         What is to be done.
	 * @param string              $object       To what: a job's or an attempt's UUID, an intent, …
	 * @param string|null         $job_id       The job to lock first, if there is one.
	 * @param array<string,mixed> $payload      Parameters fixed when the row was made.
	 * @param int                 $wanted       How often it was asked for.
	 * @param int                 $taken        The value of `wanted` that the last claim saw.
	 * @param int                 $lease_no     How often it was handed out.
	 * @param string              $due_at       Not before this.
	 * @param string|null         $leased_until Until when the present lease runs; null when nobody holds it.
	 * @param string|null         $done_at      When it was finished; null while open.
	 * @param int                 $tries        Unanswered or fruitless claims since the last finish.
	 * @param string              $created_at   When the row was made.
	 */
	public function __construct(
		public readonly int $id,
		public readonly string $uuid,
		public readonly CommandKind $kind,
		public readonly string $object,
		public readonly ?string $job_id,
		public readonly array $payload,
		public readonly int $wanted,
		public readonly int $taken,
		public readonly int $lease_no,
		public readonly string $due_at,
		public readonly ?string $leased_until,
		public readonly ?string $done_at,
		public readonly int $tries,
		public readonly string $created_at,
	) {}

	/** The payload of a refresh_attempt command whose picture is known to be made. */
	public const READY = array( 'is_ready' => true );

	/**
	 * The command of a database row.
	 *
	 * @param array<string,string|null> $row A row of the commands table.
	 */
	public static function from_row( array $row ): self {
		$payload = json_decode( (string) $row['payload'], true );
		return new self(
			(int) $row['id'],
			(string) $row['uuid'],
			CommandKind::from( (string) $row['kind'] ),
			(string) $row['object'],
			$row['job_id'],
			is_array( $payload ) ? $payload : array(),
			(int) $row['wanted'],
			(int) $row['taken'],
			(int) $row['lease_no'],
			(string) $row['due_at'],
			$row['leased_until'],
			$row['done_at'],
			(int) $row['tries'],
			(string) $row['created_at'],
		);
	}
}
