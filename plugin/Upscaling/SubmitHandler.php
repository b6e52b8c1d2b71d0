<?php
/**
 * The `submit` command: sent once, for it costs money.
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
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\ProviderTime;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * The first of two phases: what is handed out stays `queued` until the bridge begins (SubmitTurns), just before its call.
 */
final class SubmitHandler implements CommandHandler {

	/** How long a dispute is left alone before the queue looks again; seconds. */
	private const DISPUTE_WAIT = 3600;

	/** The longest that an upscaler which says "too many" may ask us to wait; seconds. */
	private const LONGEST_LIMIT = 3600;

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly AttemptToken $tokens,
		private readonly AttemptIds $ids,
		private readonly SubmitTurns $turns,
		private readonly UpscalerPause $pause,
		private readonly UpscalerSilence $silence,
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

		return Claim::give( $this->payload( $job, $attempt ) );
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		$attempt = $this->attempts->find( $command->object );
		if ( null === $job || null === $attempt ) {
			return ReportResult::rejected( 'unknown_attempt' );
		}
		if ( 'ok' === $report->outcome && null !== $report->provider_ids->upsampler ) {
			$this->silence->end();
			$this->pause->lift();

			return $this->ids->learn( $attempt->uuid(), $report->provider_ids->upsampler )
				? ReportResult::applied()
				: ReportResult::unchanged();
		}
		if ( ! $is_current || ! in_array( $attempt->state(), array( Attempt::QUEUED, Attempt::SENT ), true ) ) {
			return ReportResult::unchanged();
		}

		return $this->lifecycle->within( $job->job_id, fn( Job $job ): ReportResult => $this->judge( $job, $attempt, $report ) );
	}

	/** One that was not begun is handed out again; of one that was, nobody knows whether it arrived, and it is never sent again. */
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

	/** @return array<string,mixed> Of command-submit.schema.json. */
	private function payload( Job $job, Attempt $attempt ): array {
		return array(
			'job_id'     => $job->job_id,
			'attempt'    => $attempt->uuid(),
			'token'      => $this->tokens->token( $attempt->uuid() ),
			'image_url'  => $attempt->source_url(),
			'factor'     => $attempt->factor(),
			'input_type' => $this->settings->input_type(),
		);
	}

	/** Under the current lease, of an attempt that is begun, or whose turn was given back. */
	private function judge( Job $job, Attempt $attempt, Report $report ): ReportResult {
		switch ( $report->outcome . ':' . $report->error_code ) {
			case 'refused:blocked':
				return $this->blocked( $job, $attempt, $report );
			case 'refused:rate_limited':
				return $this->rate_limited( $job, $attempt, $report );
			case 'refused:not_sent':
				return $this->unreachable( $job, $attempt, $report );
			case 'refused:refused':
				$this->heard();
				// A definite no costs nothing.
				$this->attempts->update( $attempt, array( 'may_cost_credits' => 0 ) );
				$this->service->fail( $job, $attempt, 'refused', (string) $report->error_message, false );

				return ReportResult::applied();
			case 'retry:no_answer':
				$this->unknown( $job, $attempt );

				return ReportResult::applied();
			default:
				return $this->undecided( $job, $attempt );
		}
	}

	/** The bridge came to no call of which it knows: one that was not begun is handed out again. */
	private function undecided( Job $job, Attempt $attempt ): ReportResult {
		if ( Attempt::QUEUED === $attempt->state() ) {
			return new ReportResult( 'retry' );
		}
		$this->unknown( $job, $attempt );

		return ReportResult::applied();
	}

	/** The account's trouble is not the job's failure. */
	private function blocked( Job $job, Attempt $attempt, Report $report ): ReportResult {
		$this->silence->end();
		$wait = (int) ceil( ( $report->retry_in_ms ?? 0 ) / 1000 );
		$this->raise( (string) $report->error_code, (string) $report->error_message, $wait );
		$this->requeue( $job, $attempt, EventReason::Blocked, $report );

		return new ReportResult( 'applied', null, max( $wait, Durations::seconds( 'UPSCALER_PROBE' ) ) );
	}

	/** Too many at once is nobody's trouble: it comes again when the upscaler said. */
	private function rate_limited( Job $job, Attempt $attempt, Report $report ): ReportResult {
		$this->heard();
		$this->requeue( $job, $attempt, EventReason::RateLimited, $report );
		$wait = null === $report->retry_in_ms ? Durations::seconds( 'SUBMIT_LIMITED' ) : (int) ceil( $report->retry_in_ms / 1000 );

		return new ReportResult( 'applied', null, min( self::LONGEST_LIMIT, max( 1, $wait ) ) );
	}

	/** No connection opened: tried again, later each time; when that lasts, selling pauses until it works. */
	private function unreachable( Job $job, Attempt $attempt, Report $report ): ReportResult {
		if ( $this->silence->note() && ! $this->pause->is_on() ) {
			$this->raise( UpscalerPause::UNREACHABLE, (string) $report->error_message, 0 );
		}
		$this->requeue( $job, $attempt, EventReason::NotSent, $report );

		return new ReportResult( 'retry', 'not_sent' );
	}

	private function raise( string $code, string $message, int $wait ): void {
		if ( $this->pause->raise( $code, $message, $wait ) ) {
			$this->lifecycle->after_commit( fn() => $this->pause->mail_owner() );
		}
	}

	/** The upscaler answered, whatever it said. */
	private function heard(): void {
		$this->silence->end();
		$this->pause->lift_if_unreachable();
	}

	/** A turn that the bridge could not give back before it reported. */
	private function requeue( Job $job, Attempt $attempt, EventReason $reason, Report $report ): void {
		if ( Attempt::SENT === $attempt->state() ) {
			$why = array( 'reason' => $reason->value, 'args' => array( 'said' => (string) $report->error_message ) );
			$this->turns->requeue( $job, $attempt, $why );
		}
	}

	private function unknown( Job $job, Attempt $attempt ): void {
		$now   = Times::now();
		$after = $this->attempts->update(
			$attempt,
			array( 'state' => Attempt::UNKNOWN, 'unknown_at' => $now, 'sent_at' => $attempt->sent_at() ?? $now )
		);
		if ( null === $after ) {
			return;
		}
		$this->lifecycle->log( $job, 'attempt', array( 'from' => $attempt->state(), 'to' => Attempt::UNKNOWN, 'ref' => $attempt->uuid() ) );
		if ( $attempt->uuid() === $job->current_attempt ) {
			$this->lifecycle->change( $job, UnderWay::changes( $job, (string) $after->sent_at() ) );
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
