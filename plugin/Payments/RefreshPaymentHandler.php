<?php
/**
 * The `refresh_payment` command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Commands\Claim;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandHandler;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Lifecycle;

final class RefreshPaymentHandler implements CommandHandler {

	public function __construct( private readonly Lifecycle $lifecycle, private readonly PaymentSnapshots $snapshots ) {
	}

	public function kind(): CommandKind {
		return CommandKind::RefreshPayment;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		if ( null === $job || ( null === $job->stripe_checkout_session_id && null === $job->stripe_payment_intent_id ) ) {
			return Claim::close( 'nothing to look at' );
		}

		return Claim::give(
			array(
				'job_id'         => $job->job_id,
				'session'        => $job->stripe_checkout_session_id,
				'payment_intent' => $job->stripe_payment_intent_id,
				'has_dispute'    => null !== $job->dispute_status && '' !== $job->dispute_status,
				'is_fee_known'   => null !== $job->stripe_fee,
			)
		);
	}

	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		if ( null === $job ) {
			return ReportResult::rejected( 'unknown_job' );
		}
		if ( ! $is_current || 'retry' === $report->outcome ) {
			return new ReportResult( 'retry' );
		}
		$fetched = 'snapshot' === $report->outcome ? $report->snapshot( PaymentSnapshot::TYPE ) : null;
		if ( null === $fetched ) {
			return ReportResult::unchanged();
		}
		$snapshot = PaymentSnapshot::from_array( $fetched );

		return $this->lifecycle->within( $job->job_id, fn( Job $job ): ReportResult => $this->snapshots->apply( $job, $snapshot ) );
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}
}
