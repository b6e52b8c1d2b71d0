<?php
/**
 * Applies the fetched truth about a payment's refunds.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Jobs\FailureReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Jobs\ProviderTime;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundLedger;
use SellMyImages\Refunds\RefundRepository;
use SellMyImages\Refunds\RefundSnapshot;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;
use SellMyImages\Upscaling\Attempts;

/**
 * Rows first, then the job's totals from the rows; refunds made in Stripe's dashboard become rows too.
 */
final class RefundSnapshots {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly RefundRepository $refunds,
		private readonly Attempts $attempts,
		private readonly LinkTokens $links,
		private readonly Settings $settings
	) {
	}

	/** @param list<RefundSnapshot> $fetched All that Stripe has of the payment. */
	public function apply( Job $job, array $fetched ): Job {
		foreach ( $fetched as $refund ) {
			$this->upsert( $job, $refund );
		}

		return $job->is_paid() ? $this->total( $job ) : $job;
	}

	private function upsert( Job $job, RefundSnapshot $fetched ): void {
		$row = $this->refunds->find_by_stripe_id( $fetched->id ) ?? $this->by_metadata( $job, $fetched );
		if ( null === $row ) {
			$this->add_external( $job, $fetched );

			return;
		}
		$settled = self::settled_at( $fetched, $row );
		$changes = array( 'stripe_refund_id' => $fetched->id, 'status' => $fetched->status, 'failure_code' => $fetched->failure_reason );
		if ( $row->status() === $fetched->status && $row->stripe_refund_id() === $fetched->id ) {
			return;
		}
		if ( null !== $this->refunds->update( $row, $changes + ( null === $settled ? array() : array( 'settled_at' => $settled ) ) ) ) {
			$moved = array( 'from' => $row->status(), 'to' => $fetched->status );
			$this->lifecycle->log( $job, 'refund', $moved + array( 'reason' => $fetched->failure_reason, 'ref' => $fetched->id ) );
			$this->tell_buyer( $job, $row, $fetched->status );
		}
	}

	private function by_metadata( Job $job, RefundSnapshot $fetched ): ?Refund {
		$uuid = $fetched->smi_refund ?? '';
		$row  = '' === $uuid ? null : $this->refunds->find( $uuid );

		return null !== $row && $row->job_id() === $job->job_id && null === $row->stripe_refund_id() ? $row : null;
	}

	/**
	 * Stripe tells when a refund was made, not when the bank was done: for one that was seen waiting, that is now.
	 *
	 * @param Refund|null $row As it was known; null: not at all.
	 * @return string|null UTC; null while it is under way.
	 */
	private static function settled_at( RefundSnapshot $fetched, ?Refund $row ): ?string {
		if ( ! $fetched->is_settled() ) {
			return null;
		}
		$was_waiting = null !== $row && ! in_array( $row->status(), array( Refund::REQUESTED, Refund::SENDING ), true );
		$is_at_once  = Refund::SUCCEEDED === $fetched->status && ! $was_waiting;

		return ProviderTime::of( $is_at_once ? $fetched->created : null, $row?->created_at() ?? '' );
	}

	private function add_external( Job $job, RefundSnapshot $fetched ): void {
		$row = $this->refunds->insert(
			array(
				'uuid'             => Uuid::v4(),
				'job_id'           => $job->job_id,
				'amount_minor'     => $fetched->amount_minor,
				'currency'         => $job->currency,
				'origin'           => Refund::ORIGIN_EXTERNAL,
				'reason'           => $fetched->reason,
				'status'           => $fetched->status,
				'stripe_refund_id' => $fetched->id,
				'failure_code'     => $fetched->failure_reason,
				'requested_by'     => 'stripe',
				'created_at'       => ProviderTime::of( $fetched->created, $job->created_at ),
				'settled_at'       => self::settled_at( $fetched, null ),
			)
		);
		$origin = array( 'reason' => 'external', 'actor' => 'stripe' );
		$this->lifecycle->log( $job, 'refund', array( 'to' => $row->status(), 'ref' => $fetched->id ) + $origin );
	}

	/** The buyer hears of an automatic refund when Stripe has taken it on. */
	private function tell_buyer( Job $job, Refund $row, string $status ): void {
		$is_first = in_array( $row->status(), array( Refund::REQUESTED, Refund::SENDING ), true );
		if ( $row->is_automatic() && $is_first && in_array( $status, array( Refund::SUCCEEDED, Refund::PENDING ), true ) ) {
			$this->attempts->queue_mail( $this->lifecycle->fresh( $job ), 'failed_refunded' );
		}
	}

	private function total( Job $job ): Job {
		$job       = $this->lifecycle->fresh( $job );
		$rows      = $this->refunds->for_job( $job->job_id );
		$ledger    = new RefundLedger( $job, $rows );
		$succeeded = $ledger->succeeded();
		$status    = $this->payment_status( $job, $succeeded );
		if ( $status === $job->payment_status && $succeeded->equals( $job->refunded() ) ) {
			return $job;
		}
		$becomes_refunded = PaymentStatus::Refunded === $status && PaymentStatus::Refunded !== $job->payment_status;
		$after            = $this->lifecycle->change(
			$job,
			array(
				'payment_status' => $status,
				'refund_amount'  => $succeeded,
				'refunded_at'    => $ledger->refunded_at(),
				'refund_reason'  => $succeeded->is_zero() ? null : $ledger->reason() ?? $job->refund_reason,
			)
		);
		// A refund that failed after all is no refund to tell anybody of.
		if ( $job->refunded()->is_less_than( $succeeded ) ) {
			$this->lifecycle->after_commit(
				/**
				 * Fires when the sum of a job's succeeded refunds rose.
				 *
				 * @since 0.1.0
				 *
				 * @param string $job_id The job.
				 * @param string $total  That sum, a decimal in the job's currency.
				 */
				static fn(): int => Listeners::do_action( 'smi_job_refunded', $job->job_id, $succeeded->to_decimal() )
			);
		}

		return $becomes_refunded ? $this->refunded( $after ) : $after;
	}

	private function payment_status( Job $job, Amount $succeeded ): PaymentStatus {
		if ( $succeeded->is_zero() ) {
			return PaymentStatus::Paid;
		}

		return $succeeded->is_less_than( $job->charged() ) ? PaymentStatus::PartiallyRefunded : PaymentStatus::Refunded;
	}

	/** Only in the transaction that moves TO refunded: work that is not done stops, and a link ends. */
	private function refunded( Job $job ): Job {
		if ( in_array( $job->status, array( JobStatus::Pending, JobStatus::Processing ), true ) && ! $job->refund_acknowledged ) {
			$this->attempts->supersede( $job );
			$job = $this->lifecycle->change(
				$job,
				array( 'status' => JobStatus::Failed, 'failed_at' => Times::now(), 'failure_reason' => FailureReason::Refunded->value ),
				array( 'reason' => 'refunded' )
			);
		}
		if ( $this->settings->revoke_link_on_refund() && 'active' === LinkTokens::state( $job ) ) {
			$job = $this->lifecycle->change( $job, $this->links->revoke( $job ) );
			$this->lifecycle->log( $job, 'link', array( 'to' => 'revoked', 'reason' => 'refunded' ) );
		}

		return $job;
	}
}
