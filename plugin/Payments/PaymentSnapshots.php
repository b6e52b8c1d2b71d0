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
use SellMyImages\Support\Args;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Money;

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

	/** @param array<string,mixed> $snapshot Of payment-snapshot.schema.json. */
	public function apply( Job $job, array $snapshot ): ReportResult {
		$version = $job->version;
		$foreign = $this->foreign( $job, $snapshot );
		if ( null !== $foreign ) {
			$job = $this->hold( $job, $foreign );

			return $job->version === $version ? ReportResult::unchanged() : ReportResult::applied();
		}
		$job = $this->lifecycle->change( $job, $this->ids( $job, $snapshot ) );
		$job = $this->apply_payment( $job, $snapshot );
		$job = $this->apply_dispute( $job, $snapshot['dispute'] ?? null );
		$job = $this->refunds->apply( $job, $snapshot['refunds'] ?? array() );

		return new ReportResult( $job->version === $version ? 'unchanged' : 'applied', null, $this->again_in( $job, $snapshot ) );
	}

	/**
	 * @param array<string,mixed> $snapshot The snapshot.
	 * @return string|null Why it cannot be about this job.
	 */
	private function foreign( Job $job, array $snapshot ): ?string {
		if ( $job->livemode !== (bool) $snapshot['livemode'] ) {
			return EventReason::OtherMode->value;
		}
		if ( ( $snapshot['smi_job'] ?? $job->job_id ) !== $job->job_id ) {
			return EventReason::OtherJob->value;
		}

		return ( $snapshot['smi_site'] ?? $this->site->uuid() ) === $this->site->uuid() ? null : EventReason::OtherSite->value;
	}

	/**
	 * @param array<string,mixed> $snapshot The snapshot.
	 * @return array<string,mixed> Ids and the fee, which are always kept.
	 */
	private function ids( Job $job, array $snapshot ): array {
		$fee = self::fee( $job, $snapshot['charge'] ?? array() );

		return array_filter(
			array(
				'stripe_checkout_session_id' => $snapshot['session']['id'] ?? null,
				'stripe_payment_intent_id'   => $snapshot['payment_intent']['id'] ?? null,
				'stripe_charge_id'           => $snapshot['charge']['id'] ?? null,
				'stripe_fee'                 => null === $fee ? null : Money::to_decimal( $fee, $job->currency ),
			),
			static fn( $value ): bool => null !== $value
		);
	}

	/**
	 * In the account's currency where that is the job's; else what Stripe's own conversion makes of it. A fee in euros is no part of dollars.
	 *
	 * @param array<string,mixed> $charge The snapshot's.
	 * @return int|null Minor units of the job's currency; null: not known.
	 */
	private static function fee( Job $job, array $charge ): ?int {
		$is_own = strtoupper( (string) ( $charge['fee_currency'] ?? $job->currency ) ) === $job->currency;

		return $is_own ? $charge['fee_minor'] ?? null : $charge['fee_charge_minor'] ?? null;
	}

	/** @param array<string,mixed> $snapshot The snapshot. */
	private function apply_payment( Job $job, array $snapshot ): Job {
		if ( $this->is_paid( $snapshot ) ) {
			return $job->is_paid() ? $job : $this->pay( $job, $snapshot );
		}
		if ( $job->is_paid() ) {
			return $job;
		}
		$session = $snapshot['session'] ?? null;
		if ( 'expired' === ( $session['status'] ?? '' ) ) {
			return $this->abandon( $job, PaymentStatus::Pending, FailureReason::CheckoutExpired->value );
		}
		$intent = (string) ( $snapshot['payment_intent']['status'] ?? '' );
		if ( 'complete' === ( $session['status'] ?? '' ) && in_array( $intent, array( 'requires_payment_method', 'canceled' ), true ) ) {
			return $this->abandon( $job, PaymentStatus::Failed, FailureReason::PaymentFailed->value, array( 'said' => $snapshot['payment_intent']['last_error'] ?? null ) );
		}

		return 'complete' === ( $session['status'] ?? '' ) && 'unpaid' === $session['payment_status'] ? $this->wait( $job, $snapshot ) : $job;
	}

	/** @param array<string,mixed> $snapshot The snapshot. */
	private function is_paid( array $snapshot ): bool {
		return 'paid' === ( $snapshot['session']['payment_status'] ?? '' ) || 'succeeded' === ( $snapshot['payment_intent']['status'] ?? '' );
	}

	/** @param array<string,mixed> $snapshot The snapshot. */
	private function pay( Job $job, array $snapshot ): Job {
		[ $mismatch, $args ] = PaymentCheck::mismatch( $job, $snapshot ) ?? array( null, array() );
		$changes  = array(
			'payment_status' => PaymentStatus::Paid,
			'is_payment_under_way' => false,
			'paid_at'        => ProviderTime::of( $snapshot['paid_at'] ?? null, $job->created_at ),
			'mismatch'       => $mismatch,
			'amount_charged' => PaymentCheck::received( $job, $snapshot ),
		) + self::email( $snapshot );
		if ( in_array( $job->status, array( JobStatus::AwaitingPayment, JobStatus::Abandoned ), true ) ) {
			$changes += array( 'status' => JobStatus::Pending, 'failure_reason' => null );
		}
		$after = $this->lifecycle->change( $job, $changes, array( 'ref' => $snapshot['payment_intent']['id'] ?? null, 'reason' => $mismatch, 'args' => $args ) );
		if ( null === $mismatch ) {
			$this->lifecycle->after_commit( fn() => $this->action->fire( $job->job_id ) );
		}

		return $after;
	}

	/**
	 * A bank debit or a voucher: the buyer is done, the money comes later or never.
	 *
	 * @param array<string,mixed> $snapshot The snapshot.
	 */
	private function wait( Job $job, array $snapshot ): Job {
		if ( $job->is_payment_under_way ) {
			return $job;
		}
		$after = $this->lifecycle->change( $job, array( 'is_payment_under_way' => true ) + self::email( $snapshot ) );
		$this->lifecycle->log( $after, 'payment', array( 'to' => 'under_way', 'ref' => $snapshot['payment_intent']['id'] ?? null ) );

		return $after;
	}

	/**
	 * @param array<string,mixed> $snapshot The snapshot.
	 * @return array<string,string> The address that the payer gave, if any.
	 */
	private static function email( array $snapshot ): array {
		$email = (string) ( $snapshot['session']['email'] ?? '' );

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

	/** @param array<string,mixed>|null $dispute The snapshot's dispute. */
	private function apply_dispute( Job $job, ?array $dispute ): Job {
		if ( null === $dispute || ! $job->is_paid() ) {
			return $job;
		}
		$after = $this->lifecycle->change(
			$job,
			array(
				'dispute_id'         => (string) $dispute['id'],
				'dispute_status'     => (string) $dispute['status'],
				'dispute_refundable' => (bool) $dispute['is_charge_refundable'],
				'dispute_amount'     => Money::to_decimal( (int) $dispute['amount_minor'], $job->currency ),
			)
		);
		if ( $after->dispute_status !== $job->dispute_status ) {
			$this->lifecycle->log( $after, 'dispute', array( 'from' => $job->dispute_status, 'to' => $after->dispute_status, 'reason' => $dispute['reason'] ?? null, 'ref' => $dispute['id'] ) );
		}

		return $after;
	}

	/**
	 * Polling is a refresh with a later due time.
	 *
	 * @param array<string,mixed> $snapshot The snapshot.
	 * @return int|null Seconds; null when nothing more is expected.
	 */
	private function again_in( Job $job, array $snapshot ): ?int {
		if ( JobStatus::AwaitingPayment === $job->status ) {
			return Durations::seconds( 'open' === ( $snapshot['session']['status'] ?? '' ) ? 'CHECKOUT_POLL' : 'PAYMENT_POLL' );
		}
		if ( $job->is_payment_under_way ) {
			return Durations::seconds( 'PAYMENT_POLL' );
		}
		foreach ( $snapshot['refunds'] ?? array() as $refund ) {
			if ( in_array( $refund['status'], array( 'pending', 'requires_action' ), true ) ) {
				return Durations::seconds( 'PAYMENT_POLL' );
			}
		}

		return Disputes::is_open( $job->dispute_status ) ? Durations::seconds( 'PAYMENT_POLL' ) : null;
	}
}
