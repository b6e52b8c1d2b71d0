<?php
/**
 * One action on many jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\ActionRequest;

/**
 * A row of smi_batches, as it was read.
 */
final class Batch {

	public const RUNNING   = 'running';
	public const DONE      = 'done';
	public const CANCELLED = 'cancelled';

	/**
	 * @param int                 $id          Never leaves the database.
	 * @param string              $action      Of job-action.schema.json.
	 * @param array<string,mixed> $params      Of batch-params.schema.json.
	 * @param string              $state       running, done or cancelled.
	 * @param int                 $total       Jobs that were eligible at the start.
	 * @param string              $created_by  Actor, such as user:1.
	 * @param string              $created_at  UTC.
	 * @param string|null         $finished_at UTC.
	 */
	public function __construct(
		public readonly int $id,
		public readonly string $uuid,
		public readonly string $action,
		public readonly array $params,
		public readonly string $state,
		public readonly int $total,
		public readonly string $created_by,
		public readonly string $created_at,
		public readonly ?string $finished_at
	) {
	}

	/** @param array<string,string|null> $row A row of smi_batches. */
	public static function from_row( array $row ): self {
		$params = json_decode( (string) $row['params'], true );

		return new self(
			(int) $row['id'],
			(string) $row['uuid'],
			(string) $row['action'],
			is_array( $params ) ? $params : array(),
			(string) $row['state'],
			(int) $row['total'],
			(string) $row['created_by'],
			(string) $row['created_at'],
			$row['finished_at']
		);
	}

	/** Under which refunds and attempts of this batch are known: at most one of each per job. */
	public function key(): string {
		return "batch:$this->uuid";
	}

	/** How each of its jobs is asked for the action. */
	public function request(): ActionRequest {
		return new ActionRequest( $this->params, $this->key(), ActionRequest::BATCH );
	}

	public function is_running(): bool {
		return self::RUNNING === $this->state;
	}
}
