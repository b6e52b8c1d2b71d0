<?php
/**
 * The `retry` command: asks the bridge to make a job again after a passing fault.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Support\Fields;

final class RetryHandler implements CommandHandler {

	public function __construct( private readonly AttemptRepository $attempts ) {
	}

	public function kind(): CommandKind {
		return CommandKind::Retry;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		$attempt = $this->attempts->find( $command->object );
		if (
			null === $job
			|| null === $attempt
			|| Attempt::FAILED !== $attempt->state()
			|| $attempt->uuid() !== $job->current_attempt
			|| JobStatus::Processing !== $job->status
		) {
			return Claim::close( 'not needed' );
		}

		$reason = ( new Fields( $command->payload ) )->text_or_null( 'reason' );

		return Claim::give( array( 'job_id' => $job->job_id, 'attempt' => $attempt->uuid(), 'reason' => $reason ?? '' ) );
	}

	/** The route that fires the action closes the command; a report only says that it was called. */
	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		return 'retry' === $report->outcome ? new ReportResult( 'retry' ) : ReportResult::unchanged();
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}
}
