<?php
/**
 * The `open_checkout` command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\ProviderIds;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\FailureReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Support\Args;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

final class OpenCheckoutHandler implements CommandHandler {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly CommandRepository $commands,
		private readonly CheckoutSecrets $secrets
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::OpenCheckout;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		if ( null === $job || null !== $job->stripe_checkout_session_id || JobStatus::AwaitingPayment !== $job->status ) {
			return Claim::close( 'not needed' );
		}
		if ( self::is_too_late( $job ) || ! $this->secrets->is_known( $job ) ) {
			$this->lifecycle->within( $job->job_id, fn( Job $job ) => $this->abandon( $job, FailureReason::CheckoutNotOpened->value ) );

			return Claim::close( 'too late' );
		}

		return Claim::give( $this->secrets->put_in( $command->payload, $job ) );
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		if ( null === $job ) {
			return ReportResult::rejected( 'unknown_job' );
		}
		$session = $report->provider_ids->session;
		if ( 'ok' === $report->outcome && null !== $session ) {
			return $this->lifecycle->within(
				$job->job_id,
				fn( Job $job ): ReportResult => $this->opened( $job, $session, $report->provider_ids )
			);
		}
		if ( 'refused' === $report->outcome && $is_current && JobStatus::AwaitingPayment === $job->status ) {
			$this->lifecycle->within(
				$job->job_id,
				fn( Job $job ) => $this->abandon(
					$job,
					FailureReason::CheckoutRefused->value,
					array( 'said' => (string) $report->error_message )
				)
			);

			return ReportResult::applied();
		}

		return 'retry' === $report->outcome ? new ReportResult( 'retry' ) : ReportResult::unchanged();
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}

	public static function is_too_late( Job $job ): bool {
		return $job->created_at < Times::add( Times::now(), -Durations::seconds( 'CHECKOUT_UNMADE' ) );
	}

	/**
	 * @param string              $reason Of FailureReason.
	 * @param array<string,mixed> $args   Of its sentence.
	 */
	public function abandon( Job $job, string $reason, array $args = array() ): Job {
		if ( JobStatus::AwaitingPayment !== $job->status ) {
			return $job;
		}
		$changes = array( 'status' => JobStatus::Abandoned, 'failure_reason' => $reason, 'failure_args' => Args::json( $args ) );

		return $this->lifecycle->change( $job, $changes, array( 'reason' => $reason, 'args' => $args ) );
	}

	private function opened( Job $job, string $session, ProviderIds $ids ): ReportResult {
		if ( $job->stripe_checkout_session_id === $session ) {
			return ReportResult::unchanged();
		}
		$after = $this->lifecycle->change(
			$job,
			array(
				'stripe_checkout_session_id' => $session,
				'stripe_payment_intent_id'   => $ids->payment_intent ?? $job->stripe_payment_intent_id,
				'checkout_url'               => JobStatus::AwaitingPayment === $job->status ? $ids->session_url : null,
			)
		);
		$this->lifecycle->log( $after, 'checkout', array( 'to' => 'open', 'ref' => $session ) );
		$kind = JobStatus::AwaitingPayment === $after->status ? CommandKind::RefreshPayment : CommandKind::ExpireCheckout;
		$this->commands->hint(
			$kind,
			$job->job_id,
			$job->job_id,
			CommandKind::RefreshPayment === $kind ? Durations::seconds( 'CHECKOUT_POLL' ) : 0
		);

		return ReportResult::applied();
	}
}
