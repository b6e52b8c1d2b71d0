<?php
/**
 * The `expire_checkout` command.
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
use SellMyImages\Commands\Report;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\Job;

final class ExpireCheckoutHandler implements CommandHandler {

	public function __construct( private readonly CommandRepository $commands ) {
	}

	public function kind(): CommandKind {
		return CommandKind::ExpireCheckout;
	}

	public function claim( Command $command, ?Job $job ): Claim {
		if ( null === $job || null === $job->stripe_checkout_session_id || $job->is_paid() || $job->is_payment_under_way ) {
			return Claim::close( 'nothing to expire' );
		}

		return Claim::give( array( 'job_id' => $job->job_id, 'session' => $job->stripe_checkout_session_id ) );
	}

	/** Whatever Stripe answered, only a fetched session tells whether it is expired or was paid in the last moment. */
	public function report( Command $command, ?Job $job, Report $report, bool $is_current ): ReportResult {
		if ( null !== $job && 'retry' !== $report->outcome ) {
			$this->commands->hint( CommandKind::RefreshPayment, $job->job_id, $job->job_id );

			return ReportResult::applied();
		}

		return new ReportResult( 'retry' );
	}

	public function lease_ended( Command $command, ?Job $job ): ?Claim {
		return null;
	}
}
