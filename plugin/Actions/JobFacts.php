<?php
/**
 * What is known of a job when an action is asked for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Jobs\Job;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundLedger;
use SellMyImages\Upscaling\Attempt;

/**
 * The job and its children, read together, and only when asked for; true for as long as the job's lock is held, and a moment's look without
 * it.
 */
final class JobFacts {

	/**
	 * @param \Closure(string): list<Attempt> $attempts      By job_id, newest first.
	 * @param \Closure(string): list<Refund>  $refunds       By job_id, newest first.
	 * @param bool                            $looks_at_disk False where a page of jobs is shown: its rows say which files there should be.
	 */
	public function __construct(
		public readonly Job $job,
		private readonly \Closure $attempts,
		private readonly \Closure $refunds,
		private readonly bool $looks_at_disk = true
	) {
	}

	/** @return list<Attempt> Newest first. */
	public function attempts(): array {
		return ( $this->attempts )( $this->job->job_id );
	}

	/** The one that the job's state comes from. */
	public function current_attempt(): ?Attempt {
		return Attempt::current( $this->job, $this->attempts() );
	}

	public function attempt( string $uuid ): ?Attempt {
		foreach ( $this->attempts() as $attempt ) {
			if ( $attempt->uuid() === $uuid ) {
				return $attempt;
			}
		}

		return null;
	}

	/** @return list<Refund> Newest first. */
	public function refunds(): array {
		return ( $this->refunds )( $this->job->job_id );
	}

	public function ledger(): RefundLedger {
		return new RefundLedger( $this->job, $this->refunds() );
	}

	public function has_file(): bool {
		return $this->looks_at_disk ? $this->job->has_file() : '' !== (string) $this->job->upscaled_file_path;
	}
}
