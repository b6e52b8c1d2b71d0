<?php
/**
 * What became of one job of a batch.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Jobs\ActionRefused;

/**
 * A state of Item and, where it did not go well, why.
 */
final class Outcome {

	private function __construct( public readonly string $state, public readonly ?string $code = null, public readonly ?string $message = null ) {
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
		return new self( Item::SKIPPED, $refused->error_code, $refused->getMessage() );
	}

	public static function no_such_job(): ActionRefused {
		return new ActionRefused( 'smi_job_not_found', __( 'There is no such job.', 'sell-my-images' ), 404 );
	}

	/** Something that nobody foresaw; the log has the details. */
	public static function failed(): self {
		return new self( Item::FAILED, 'smi_batch_item_failed', __( 'Nothing was done with this job and no money was moved: the site met an error, which its PHP log describes. Try this job by itself.', 'sell-my-images' ) );
	}

	/** Jobs with equal keys are written in one statement. */
	public function key(): string {
		return "$this->state|$this->code|$this->message";
	}
}
