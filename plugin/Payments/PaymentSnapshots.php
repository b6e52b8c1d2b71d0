<?php
/**
 * Applies the fetched truth about a payment.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Bridge\SiteIdentity;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\EventReason;
use SellMyImages\Jobs\FailureReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Jobs\ProviderTime;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Args;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * Called under the current lease, inside Lifecycle::within(): that is the only ordering there is.
 */
final class PaymentSnapshots {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly RefundSnapshots $refunds,
		private readonly PaymentAction $action,
		private readonly SiteIdentity $site
	) {
	}

	public function apply( Job $job, PaymentSnapshot $snapshot ): ReportResult {
		$version = $job->version;
		$foreign = $this->foreign( $job, $snapshot );
		if ( null !== $foreign ) {
			$job = $this->hold( $job, $foreign );

			return $job->version === $version ? ReportResult::unchanged() : ReportResult::applied();
		}
		$this->log_foreign_fee( $job, $snapshot );
		$job = $this->lifecycle->change( $job, $this->ids( $job, $snapshot ) );
		$job = $this->apply_payment( $job, $snapshot );
		$job = $this->apply_dispute( $job, $snapshot->dispute );
		$job = $this->refunds->apply( $job, $snapshot->refunds );

		return new ReportResult( $job->version === $version ? 'unchanged' : 'applied', null, $this->again_in( $job, $snapshot ) );
	}

	/** @return string|null Why it cannot be about this job. */
	private function foreign( Job $job, PaymentSnapshot $snapshot ): ?string {
		if ( $job->livemode !== $snapshot->livemode ) {
			return EventReason::OtherMode->value;
		}
		if ( ( $snapshot->smi_job ?? $job->job_id ) !== $job->job_id ) {
			return EventReason::OtherJob->value;
		}

		return ( $snapshot->smi_site ?? $this->site->uuid() ) === $this->site->uuid() ? null : EventReason::OtherSite->value;
	}

	/** @return array<string,string|Amount> Ids and the fee, which are always kept. */
	private function ids( Job $job, PaymentSnapshot $snapshot ): array {
		return array_filter(
			array(
				'stripe_checkout_session_id' => $snapshot->session?->id,
				'stripe_payment_intent_id'   => $snapshot->intent?->id,
				'stripe_charge_id'           => $snapshot->charge?->id,
				'stripe_fee'                 => $snapshot->charge?->fee_in( $job->currency ),
			),
			static fn( string|Amount|null $value ): bool => null !== $value
		);
	}

	/** A fee in another currency is kept as Stripe took it, once, beside what it is in the sale's. */
	private function log_foreign_fee( Job $job, PaymentSnapshot $snapshot ): void {
		$fee = null === $job->stripe_fee ? $snapshot->charge?->foreign_fee( $job->currency ) : null;
		if ( null === $fee || ! $snapshot->is_paid() ) {
			return;
		}
		$args = array( 'got' => $fee->minor(), 'currency' => strtolower( $fee->currency ) );
		$why  = array( 'reason' => EventReason::ForeignFee->value, 'args' => $args );
		$this->lifecycle->log( $job, 'fee', $why + array( 'ref' => $snapshot->charge?->id ) );
	}

	private function apply_payment( Job $job, PaymentSnapshot $snapshot ): Job {
		if ( $snapshot->is_paid() ) {
			return $job->is_paid() ? $job : $this->pay( $job, $snapshot );
		}
		if ( $job->is_paid() ) {
			return $job;
		}
		if ( SessionStatus::Expired === $snapshot->session?->status ) {
			return $this->abandon( $job, PaymentStatus::Pending, FailureReason::CheckoutExpired->value );
		}
		if ( $snapshot->has_failed() ) {
			$said = array( 'said' => $snapshot->intent?->last_error );

			return $this->abandon( $job, PaymentStatus::Failed, FailureReason::PaymentFailed->value, $said );
		}

		return $snapshot->is_under_way() ? $this->wait( $job, $snapshot ) : $job;
	}

	private function pay( Job $job, PaymentSnapshot $snapshot ): Job {
		[ $mismatch, $args ] = PaymentCheck::mismatch( $job, $snapshot ) ?? array( null, array() );
		$changes  = array(
			'payment_status' => PaymentStatus::Paid,
			'is_payment_under_way' => false,
			'paid_at'        => ProviderTime::of( $snapshot->paid_at, $job->created_at ),
			'mismatch'       => $mismatch,
			'amount_charged' => PaymentCheck::received( $job, $snapshot ),
		) + self::email( $snapshot );
		if ( in_array( $job->status, array( JobStatus::AwaitingPayment, JobStatus::Abandoned ), true ) ) {
			$changes += array( 'status' => JobStatus::Pending, 'failure_reason' => null );
		}
		$after = $this->lifecycle->change(
			$job,
			$changes,
			array( 'ref' => $snapshot->intent?->id, 'reason' => $mismatch, 'args' => $args )
		);
		if ( null === $mismatch ) {
			$this->lifecycle->after_commit( fn() => $this->action->fire( $job->job_id ) );
		}

		return $after;
	}

	/** A bank debit or a voucher: the buyer is done, the money comes later or never. */
	private function wait( Job $job, PaymentSnapshot $snapshot ): Job {
		if ( $job->is_payment_under_way ) {
			return $job;
		}
		$after = $this->lifecycle->change( $job, array( 'is_payment_under_way' => true ) + self::email( $snapshot ) );
		$this->lifecycle->log( $after, 'payment', array( 'to' => 'under_way', 'ref' => $snapshot->intent?->id ) );

		return $after;
	}

	/** @return array<string,string> The address that the payer gave, if any. */
	private static function email( PaymentSnapshot $snapshot ): array {
		$email = $snapshot->session->email ?? '';

		return '' === $email ? array() : array( 'email' => $email );
	}

	/** @param array<string,mixed> $args Of the reason's sentence. */
	private function abandon( Job $job, PaymentStatus $payment, string $reason, array $args = array() ): Job {
		$changes = array( 'payment_status' => $payment, 'is_payment_under_way' => false );
		if ( JobStatus::AwaitingPayment === $job->status ) {
			$changes += array( 'status' => JobStatus::Abandoned, 'failure_reason' => $reason, 'failure_args' => Args::json( $args ) );
		}

		return $this->lifecycle->change( $job, $changes, array( 'reason' => $reason, 'args' => $args ) );
	}

	private function hold( Job $job, string $why ): Job {
		return $this->lifecycle->change( $job, array( 'mismatch' => $why ) );
	}

	private function apply_dispute( Job $job, ?DisputeSnapshot $dispute ): Job {
		if ( null === $dispute || ! $job->is_paid() ) {
			return $job;
		}
		$after = $this->lifecycle->change(
			$job,
			array(
				'dispute_id'         => $dispute->id,
				'dispute_status'     => $dispute->status,
				'dispute_refundable' => $dispute->is_charge_refundable,
				'dispute_amount'     => Amount::of_minor( $dispute->amount_minor, $job->currency ),
			)
		);
		if ( $after->dispute_status !== $job->dispute_status ) {
			$moved = array( 'from' => $job->dispute_status, 'to' => $after->dispute_status );
			$this->lifecycle->log( $after, 'dispute', $moved + array( 'reason' => $dispute->reason, 'ref' => $dispute->id ) );
		}

		return $after;
	}

	/**
	 * Polling is a refresh with a later due time.
	 *
	 * @return int|null Seconds; null when nothing more is expected.
	 */
	private function again_in( Job $job, PaymentSnapshot $snapshot ): ?int {
		if ( JobStatus::AwaitingPayment === $job->status ) {
			return Durations::seconds( SessionStatus::Open === $snapshot->session?->status ? 'CHECKOUT_POLL' : 'PAYMENT_POLL' );
		}
		$is_awaited = $job->is_payment_under_way || $snapshot->has_waiting_refund() || Disputes::is_open( $job->dispute_status );

		$payment    = $is_awaited ? Durations::seconds( 'PAYMENT_POLL' ) : null;
		$waits      = array_filter( array( $payment, self::fee_again_in( $job, $snapshot ) ) );

		return array() === $waits ? null : min( $waits );
	}

	/** A fee comes late with some methods, and where the owner has yet to allow that it is read; after a month it is left alone. */
	private static function fee_again_in( Job $job, PaymentSnapshot $snapshot ): ?int {
		$is_wanted = null === $job->stripe_fee && null !== $job->paid_at
			&& $job->paid_at > Times::add( Times::now(), -Durations::seconds( 'FEE_GIVEN_UP' ) );

		return $is_wanted ? $snapshot->charge?->fee_again_in() : null;
	}
}
