<?php
/**
 * The `submit` command: handed out once, for it costs money.
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
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\EventReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\ProviderTime;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

final class SubmitHandler implements CommandHandler {

	/** How long a dispute is left alone before the queue looks again; seconds. */
	private const DISPUTE_WAIT = 3600;

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly AttemptToken $tokens,
		private readonly AttemptIds $ids,
		private readonly UpscalerPause $pause,
		private readonly Settings $settings
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::Submit;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		$attempt = $this->attempts->find( $command->object );
		if ( null === $job || null === $attempt || Attempt::QUEUED !== $attempt->state() || $attempt->uuid() !== $job->current_attempt ) {
			return Claim::close( 'not queued' );
		}
		if ( Disputes::holds_the_work( $job ) ) {
			return Claim::later( self::DISPUTE_WAIT );
		}
		if ( $this->is_too_late( $job, $attempt ) ) {
			$this->lifecycle->within( $job->job_id, fn( Job $job ) => $this->service->supersede( $job ) );

			return Claim::close( 'too late' );
		}
		if ( ! $this->pause->lets_through() ) {
			return $this->wait( $job, $attempt );
		}

		return $this->lifecycle->within( $job->job_id, fn( Job $job ): Claim => $this->send( $job, $attempt ) );
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		$attempt = $this->attempts->find( $command->object );
		if ( null === $job || null === $attempt ) {
			return ReportResult::rejected( 'unknown_attempt' );
		}
		if ( 'ok' === $report->outcome && null !== $report->provider_ids->upsampler ) {
			$this->pause->lift();

			return $this->ids->learn( $attempt->uuid(), $report->provider_ids->upsampler )
				? ReportResult::applied()
				: ReportResult::unchanged();
		}
		if ( ! $is_current || Attempt::SENT !== $attempt->state() ) {
			return ReportResult::unchanged();
		}

		return $this->lifecycle->within( $job->job_id, fn( Job $job ): ReportResult => $this->refused( $job, $attempt, $report ) );
	}

	/** Never sent again: whether it arrived is not known. */
	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		$attempt = $this->attempts->find( $command->object );
		if ( null !== $job && null !== $attempt && Attempt::SENT === $attempt->state() ) {
			$this->lifecycle->within( $job->job_id, fn( Job $job ) => $this->unknown( $job, $attempt ) );
		}

		return null !== $attempt && Attempt::QUEUED === $attempt->state() ? null : Claim::close( 'lease ended' );
	}

	/** A first start that nobody asked for again, and that waited too long: without its attempt the job asks for attention. */
	private function is_too_late( Job $job, Attempt $attempt ): bool {
		return null === $job->processing_started_at && ! $attempt->is_override() && ProviderTime::is_too_late_to_start( $job );
	}

	private function send( Job $job, Attempt $attempt ): Claim {
		$plan = AttemptPlan::for_job( $job );
		$now  = Times::now();
		$sent = $this->attempts->update(
			$attempt,
			array( 'state' => Attempt::SENT, 'sent_at' => $now, 'may_cost_credits' => null === $plan ? 1 : $plan->credits )
		);
		if ( null === $sent ) {
			return Claim::close( 'not queued' );
		}
		$changes = array( 'processing_started_at' => $now );
		if ( JobStatus::Pending === $job->status ) {
			$changes['status'] = JobStatus::Processing;
		}
		$this->lifecycle->change( $job, $changes );
		$this->lifecycle->log( $job, 'attempt', array( 'from' => Attempt::QUEUED, 'to' => Attempt::SENT, 'ref' => $attempt->uuid() ) );

		return Claim::give(
			array(
				'job_id'     => $job->job_id,
				'attempt'    => $attempt->uuid(),
				'token'      => $this->tokens->token( $attempt->uuid() ),
				'image_url'  => $attempt->source_url(),
				'factor'     => $attempt->factor(),
				'input_type' => $this->settings->input_type(),
			)
		);
	}

	private function refused( Job $job, Attempt $attempt, Report $report ): ReportResult {
		$message = (string) $report->error_message;
		switch ( $report->outcome . ':' . $report->error_code ) {
			case 'refused:blocked':
				return $this->blocked( $job, $attempt, $report );
			case 'refused:not_sent':
				$this->requeue( $job, $attempt, EventReason::NotSent, $message );

				return new ReportResult( 'applied', null, Durations::seconds( 'SUBMIT_AGAIN' ) );
			case 'refused:refused':
				$this->service->fail( $job, $attempt, 'refused', $message, false );

				return ReportResult::applied();
			default:
				$this->unknown( $job, $attempt );

				return ReportResult::applied();
		}
	}

	/** The account's trouble is not the job's failure. */
	private function blocked( Job $job, Attempt $attempt, Report $report ): ReportResult {
		$wait = (int) ceil( ( $report->retry_in_ms ?? 0 ) / 1000 );
		if ( $this->pause->raise( (string) $report->error_code, (string) $report->error_message, $wait ) ) {
			$this->lifecycle->after_commit( fn() => $this->pause->mail_owner() );
		}
		$this->requeue( $job, $attempt, EventReason::Blocked, (string) $report->error_message );

		return new ReportResult( 'applied', null, max( $wait, Durations::seconds( 'UPSCALER_PROBE' ) ) );
	}

	/** @param string $said The bridge's or the upscaler's own words. */
	private function requeue( Job $job, Attempt $attempt, EventReason $reason, string $said ): void {
		$why = array( 'reason' => $reason->value, 'args' => array( 'said' => $said ) );
		$this->attempts->update( $attempt, array( 'state' => Attempt::QUEUED, 'sent_at' => null, 'may_cost_credits' => 0 ) );
		$this->lifecycle->log(
			$job,
			'attempt',
			array( 'from' => Attempt::SENT, 'to' => Attempt::QUEUED, 'ref' => $attempt->uuid() ) + $why
		);
		if ( JobStatus::Processing === $job->status ) {
			$this->lifecycle->change( $job, array( 'status' => JobStatus::Pending ), $why );
		}
	}

	private function unknown( Job $job, Attempt $attempt ): void {
		if ( null !== $this->attempts->update( $attempt, array( 'state' => Attempt::UNKNOWN, 'unknown_at' => Times::now() ) ) ) {
			$this->lifecycle->log( $job, 'attempt', array( 'from' => Attempt::SENT, 'to' => Attempt::UNKNOWN, 'ref' => $attempt->uuid() ) );
		}
	}

	private function wait( Job $job, Attempt $attempt ): Claim {
		if ( ! $this->pause->has_waited_too_long( $attempt->created_at() ) ) {
			return Claim::later( Durations::seconds( 'UPSCALER_PROBE' ) );
		}
		$message = $this->pause->state()['message'] ?? '';
		$this->lifecycle->within(
			$job->job_id,
			fn( Job $job ) => $this->service->fail( $job, $attempt, 'upscaler_blocked', $message, false )
		);

		return Claim::close( 'waited too long' );
	}
}
