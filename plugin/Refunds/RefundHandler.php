<?php
/**
 * The `refund` command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Refunds;

use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Lifecycle;

/**
 * Handed out again after a lost answer: the bridge first looks for the refund by its UUID, so it is made once.
 */
final class RefundHandler implements CommandHandler {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly RefundRepository $refunds,
		private readonly CommandRepository $commands,
		private readonly SiteIdentity $site
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::Refund;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		$refund = $this->refunds->find( $command->object );
		if ( null === $job || null === $refund || null === $job->stripe_payment_intent_id ) {
			return Claim::close( 'unknown refund' );
		}
		if ( Refund::SENDING === $refund->status() ) {
			return Claim::give( $this->payload( $job, $refund ) );
		}
		if ( Refund::REQUESTED !== $refund->status() ) {
			return Claim::close( 'already answered' );
		}
		if ( ! Disputes::allows_refund( $job ) ) {
			return $this->lifecycle->within( $job->job_id, fn( Job $job ): Claim => $this->withdraw( $job, $refund ) );
		}

		return $this->lifecycle->within( $job->job_id, fn( Job $job ): Claim => $this->send( $job, $refund ) );
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		$refund = $this->refunds->find( $command->object );
		if ( null === $job || null === $refund ) {
			return ReportResult::rejected( 'unknown_refund' );
		}
		if ( 'ok' === $report->outcome ) {
			$stripe_id = $report->provider_ids->refund ?? '';

			return $this->lifecycle->within( $job->job_id, fn( Job $job ): ReportResult => $this->learn_id( $job, $refund, $stripe_id ) );
		}
		if ( 'refused' === $report->outcome && $is_current ) {
			return $this->lifecycle->within( $job->job_id, fn( Job $job ): ReportResult => $this->refuse( $job, $refund, $report ) );
		}

		return 'retry' === $report->outcome ? new ReportResult( 'retry' ) : ReportResult::unchanged();
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}

	private function send( Job $job, Refund $refund ): Claim {
		$sending = $this->refunds->update( $refund, array( 'status' => Refund::SENDING ) );
		if ( null === $sending ) {
			return Claim::later( 1 );
		}
		$this->lifecycle->log( $job, 'refund', array( 'from' => Refund::REQUESTED, 'to' => Refund::SENDING, 'ref' => $refund->uuid() ) );

		return Claim::give( $this->payload( $job, $sending ) );
	}

	/** A dispute came between the request and the sending: both together would return the money twice. */
	private function withdraw( Job $job, Refund $refund ): Claim {
		$this->refunds->update( $refund, array( 'status' => Refund::CANCELED, 'failure_code' => 'charge_disputed' ) );
		$this->lifecycle->log(
			$job,
			'refund',
			array( 'from' => Refund::REQUESTED, 'to' => Refund::CANCELED, 'reason' => 'charge_disputed', 'ref' => $refund->uuid() )
		);

		return Claim::close( 'disputed' );
	}

	private function learn_id( Job $job, Refund $refund, string $stripe_id ): ReportResult {
		$known = '' === $stripe_id ? null : $this->refunds->find_by_stripe_id( $stripe_id );
		if ( '' !== $stripe_id && null === $known && null === $refund->stripe_refund_id() ) {
			$this->refunds->update( $refund, array( 'stripe_refund_id' => $stripe_id ) );
		}
		$this->commands->hint( CommandKind::RefreshPayment, $job->job_id, $job->job_id );

		return ReportResult::applied();
	}

	private function refuse( Job $job, Refund $refund, Report $report ): ReportResult {
		if ( Refund::SENDING !== $refund->status() ) {
			return ReportResult::unchanged();
		}
		$this->refunds->update(
			$refund,
			array(
				'status'          => Refund::FAILED,
				'failure_code'    => (string) $report->error_code,
				'failure_message' => (string) $report->error_message,
			)
		);
		$this->lifecycle->log(
			$job,
			'refund',
			array( 'from' => Refund::SENDING, 'to' => Refund::FAILED, 'reason' => $report->error_message, 'ref' => $refund->uuid() )
		);
		$this->commands->hint( CommandKind::RefreshPayment, $job->job_id, $job->job_id );

		return ReportResult::applied();
	}

	/** @return array<string,mixed> Of command-refund.schema.json; from the row alone, so that a replayed key brings the same parameters. */
	private function payload( Job $job, Refund $refund ): array {
		return array(
			'job_id'          => $job->job_id,
			'refund'          => $refund->uuid(),
			'payment_intent'  => (string) $job->stripe_payment_intent_id,
			'amount_minor'    => $refund->amount_minor(),
			'currency'        => strtolower( $refund->currency() ),
			'reason'          => $refund->reason(),
			'metadata'        => array(
				'smi_refund' => $refund->uuid(),
				'smi_job'    => $job->job_id,
				'smi_site'   => $this->site->uuid(),
			),
			'idempotency_key' => 'smi-refund-' . $refund->uuid(),
		);
	}
}
