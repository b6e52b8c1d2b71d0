<?php
/**
 * Whether a list showed anything new.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundRepository;

/**
 * A pass through what the provider has shows every object, and nearly all of them are as this site knows them: those need not be
 * fetched. Only ends are compared; what may still move is looked at.
 */
final class KnownState {

	/**
	 * @param RefundRepository $refunds Refunds.
	 */
	public function __construct( private readonly RefundRepository $refunds ) {}

	/**
	 * Whether the job is as the object says.
	 *
	 * @param Job                 $job  The job.
	 * @param array<string,mixed> $hint As hint.schema.json has it.
	 */
	public function agrees( Job $job, array $hint ): bool {
		$state = explode( '/', (string) ( $hint['state'] ?? '' ) );
		return match ( (string) $hint['type'] ) {
			'reconcile.checkout.session' => self::session_agrees( $job, $state ),
			'reconcile.refund'           => $this->refund_agrees( $state ),
			'reconcile.dispute'          => array( $job->dispute_id, $job->dispute_status ) === $state,
			default                      => false,
		};
	}

	/**
	 * @param Job          $job   The job.
	 * @param list<string> $state Status and payment status.
	 */
	private static function session_agrees( Job $job, array $state ): bool {
		return match ( implode( '/', $state ) ) {
			'complete/paid'  => $job->payment_status->is_paid() && null !== $job->stripe_payment_intent_id,
			'expired/unpaid' => JobStatus::Abandoned === $job->status && ! $job->payment_status->is_paid(),
			default          => false,
		};
	}

	/**
	 * @param list<string> $state Id, status and minor units.
	 */
	private function refund_agrees( array $state ): bool {
		$refund = $this->refunds->find_by_stripe_id( $state[0] );
		return null !== $refund
			&& in_array( $refund->status(), array( Refund::SUCCEEDED, Refund::FAILED, Refund::CANCELED ), true )
			&& array( $refund->status(), (string) $refund->amount_minor() ) === array_slice( $state, 1 );
	}
}
