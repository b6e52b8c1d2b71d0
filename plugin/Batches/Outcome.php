<?php
/**
 * What became of one job of a batch.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Errors\RefusalWords;
use SellMyImages\Support\Args;

/**
 * A state of Item and, where it did not go well, why.
 */
final class Outcome {

	/** @param string|null $args JSON, what the code's sentence holds. */
	private function __construct(
		public readonly string $state,
		public readonly ?string $code = null,
		public readonly ?string $message = null,
		public readonly ?string $args = null
	) {
	}

	public static function done(): self {
		return new self( Item::DONE );
	}

	/** It is in the database; the hook must be fired. */
	public static function committed(): self {
		return new self( Item::COMMITTED );
	}

	/** Back in the queue: its turn was taken, but nothing came of it. */
	public static function waiting(): self {
		return new self( Item::WAITING );
	}

	public static function skipped( ActionRefused $refused ): self {
		$is_known = null !== RefusalWords::of( $refused->error_code, $refused->args );

		return new self( Item::SKIPPED, $refused->error_code, $is_known ? null : $refused->getMessage(), Args::json( $refused->args ) );
	}

	public static function no_such_job(): ActionRefused {
		return ActionRefused::because( ErrorCode::JOB_NOT_FOUND, array(), 404 );
	}

	/** Something that nobody foresaw; the log has the details. */
	public static function failed(): self {
		return new self( Item::FAILED, ErrorCode::BATCH_ITEM_FAILED );
	}

	/** Jobs with equal keys are written in one statement. */
	public function key(): string {
		return "$this->state|$this->code|$this->message|$this->args";
	}

	/** Why, for the reader. */
	public function words(): ?string {
		return $this->message ?? ( null === $this->code ? null : RefusalWords::of( $this->code, Args::of( $this->args ) ) );
	}
}
