<?php
/**
 * The `refresh_attempt` command.
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
use SellMyImages\Files\ResultFiles;
use SellMyImages\Jobs\FailureReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * Looks at the upscaler and brings the file; a local resize is done under this lease too, for it may be repeated.
 */
final class RefreshAttemptHandler implements CommandHandler {

	/** Seconds until the file is looked for again when its report came before it. */
	private const FILE_AGAIN = 5;

	/** What a bridge says that found a picture, and was busy with others. */
	private const READY = 'ready';

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly AttemptIds $ids,
		private readonly ResultFiles $files,
		private readonly CreditPrice $price
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::RefreshAttempt;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		$attempt = $this->attempts->find( $command->object );
		if ( null === $job || null === $attempt || null !== $attempt->file_path() ) {
			return Claim::close( 'nothing to look at' );
		}
		$is_open = $attempt->is_live()
			|| ( Attempt::SUPERSEDED === $attempt->state() && ! $attempt->is_local() )
			|| ( Attempt::FAILED === $attempt->state() && null !== $attempt->provider_id() );
		if ( ! $is_open || ( ! $attempt->is_local() && null === $attempt->provider_id() ) ) {
			return Claim::close( 'nothing to look at' );
		}
		if ( $attempt->is_local() && Attempt::QUEUED === $attempt->state() ) {
			$this->lifecycle->within( $job->job_id, fn( Job $job ) => $this->begin( $job, $attempt ) );
			$attempt = $this->attempts->find( $command->object ) ?? $attempt;
		}

		return Claim::give( $this->payload( $job, $attempt, array() !== $command->payload ) );
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		$attempt = $this->attempts->find( $command->object );
		if ( null === $job || null === $attempt ) {
			return ReportResult::rejected( 'unknown_attempt' );
		}
		$fetched  = $report->snapshot( AttemptSnapshot::TYPE );
		$snapshot = null === $fetched ? null : AttemptSnapshot::from_array( $fetched );
		if ( null !== $snapshot?->provider_id ) {
			$this->ids->learn( $attempt->uuid(), $snapshot->provider_id );
		}
		if ( $is_current && self::READY === $report->error_code ) {
			$this->service->is_ready( $attempt );

			return new ReportResult( 'retry', self::READY, 1 );
		}
		if ( ! $is_current || 'retry' === $report->outcome ) {
			return new ReportResult( 'retry' );
		}
		if ( 'snapshot' !== $report->outcome || null === $snapshot ) {
			return ReportResult::unchanged();
		}

		return $this->lifecycle->within( $job->job_id, fn( Job $job ): ReportResult => $this->apply( $job, $attempt, $snapshot ) );
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}

	private function apply( Job $job, Attempt $attempt, AttemptSnapshot $snapshot ): ReportResult {
		$attempt = $this->attempts->find( $attempt->uuid() ) ?? $attempt;
		if ( ProviderState::Running === $snapshot->state ) {
			return new ReportResult( 'unchanged', null, Durations::seconds( 'ATTEMPT_POLL' ) );
		}
		if ( ProviderState::Succeeded === $snapshot->state ) {
			return $this->succeeded( $job, $attempt, $snapshot );
		}
		$job     = $this->service->record_cost( $job, $attempt, $this->cost( $attempt, $snapshot ) );
		$attempt = $this->attempts->find( $attempt->uuid() ) ?? $attempt;
		if ( $attempt->is_live() ) {
			$this->service->fail( $job, $attempt, $snapshot->code ?? 'failed', $snapshot->error ?? '', $snapshot->is_transient );
		}

		return ReportResult::applied();
	}

	private function succeeded( Job $job, Attempt $attempt, AttemptSnapshot $snapshot ): ReportResult {
		$file = $this->files->finished( $attempt->uuid() );
		if ( null === $file || $file->sha256 !== $snapshot->sha256 ) {
			return new ReportResult( 'rejected', 'file_missing', self::FILE_AGAIN );
		}
		if ( null !== $job->target_width && ( $file->width !== $job->target_width || $file->height !== $job->target_height ) ) {
			$this->service->fail(
				$job,
				$attempt,
				FailureReason::WrongSize->value,
				'',
				false,
				array( 'width' => $file->width, 'height' => $file->height )
			);

			return ReportResult::applied();
		}
		$this->service->succeed( $job, $attempt, $file, $this->cost( $attempt, $snapshot ) );

		return ReportResult::applied();
	}

	/** @return array<string,mixed> Columns. */
	private function cost( Attempt $attempt, AttemptSnapshot $snapshot ): array {
		return array( 'may_cost_credits' => 0 ) + $this->price->columns( $snapshot->credits ?? 0, $attempt );
	}

	private function begin( Job $job, Attempt $attempt ): void {
		$now = Times::now();
		if ( null === $this->attempts->update( $attempt, array( 'state' => Attempt::RUNNING, 'started_at' => $now ) ) ) {
			return;
		}
		$this->lifecycle->change( $job, UnderWay::changes( $job, $now ) );
		$this->lifecycle->log( $job, 'attempt', array( 'from' => Attempt::QUEUED, 'to' => Attempt::RUNNING, 'ref' => $attempt->uuid() ) );
	}

	/** @return array<string,mixed> Of command-refresh-attempt.schema.json. */
	private function payload( Job $job, Attempt $attempt, bool $is_ready ): array {
		return array(
			'job_id'      => $job->job_id,
			'attempt'     => $attempt->uuid(),
			'provider'    => $attempt->provider(),
			'provider_id' => $attempt->provider_id(),
			'source_url'  => $attempt->source_url(),
			'sent_s_ago'  => Times::between( $attempt->began_at(), Times::now() ) ?? 0,
			'width'       => $job->target_width ?? (int) $job->image_width * (int) $job->resolution,
			'height'      => $job->target_height ?? (int) $job->image_height * (int) $job->resolution,
			'mime'        => AttemptPlan::mime( $job ),
			'is_ready'    => $is_ready || $attempt->is_local(),
		);
	}
}
