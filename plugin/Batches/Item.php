<?php
/**
 * One job of a batch.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Errors\RefusalWords;
use SellMyImages\Support\Args;

/**
 * A row of smi_batch_items, as it was read.
 */
final class Item {

	public const WAITING = 'waiting';

	/** What it does is in the database; the hook that tells of it comes next. Shown as waiting. */
	public const COMMITTED = 'committed';
	public const DONE      = 'done';
	public const FAILED    = 'failed';
	public const SKIPPED   = 'skipped';
	public const CANCELLED = 'cancelled';

	public function __construct(
		public readonly int $id,
		public readonly string $job_id,
		public readonly string $state,
		public readonly ?string $code,
		public readonly ?string $message,
		public readonly ?int $amount_minor,
		public readonly ?string $args = null
	) {
	}

	/** @param array<string,string|null> $row A row of smi_batch_items. */
	public static function from_row( array $row ): self {
		return new self(
			(int) $row['id'],
			(string) $row['job_id'],
			(string) $row['state'],
			$row['code'],
			$row['message'],
			null === $row['amount_minor'] ? null : (int) $row['amount_minor'],
			$row['args'] ?? null
		);
	}

	/** @return array<string,string|null> The shape of batch-item.schema.json. */
	public function to_rest(): array {
		return array(
			'job_id'  => $this->job_id,
			'state'   => self::COMMITTED === $this->state ? self::WAITING : $this->state,
			'code'    => $this->code,
			'message' => $this->message ?? ( null === $this->code ? null : RefusalWords::of( $this->code, Args::of( $this->args ) ) ),
		);
	}
}
