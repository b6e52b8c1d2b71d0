<?php
/**
 * Starts the making of a file when smi_payment_completed fires.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\Attempts;

/**
 * Priority 1: another plugin's fatal error must not keep the buyer waiting.
 */
final class PaymentCompletedListener {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly Attempts $attempts,
		private readonly Refunds $refunds,
		private readonly CommandRepository $commands
	) {
	}

	public function register(): void {
		add_action( 'smi_payment_completed', array( $this, 'handle' ), 1, 2 );
	}

	/**
	 * Fired by anybody's code, so nothing about the arguments is taken for granted.
	 *
	 * @param mixed $job_id  A job's UUID.
	 * @param mixed $context `admin_override` => true retries a job in any state; `source`, `retry_of`, `retry_no` and `idempotency_key` are for the log and the guards.
	 */
	public function handle( mixed $job_id, mixed $context = array() ): void {
		if ( ! is_string( $job_id ) || '' === $job_id ) {
			return;
		}
		$context     = is_array( $context ) ? $context : array();
		$is_override = true === filter_var( $context['admin_override'] ?? false, FILTER_VALIDATE_BOOLEAN );
		try {
			$this->lifecycle->within( $job_id, fn( Job $job ) => $is_override ? $this->override( $job, $context ) : $this->start( $job ) );
		} catch ( JobNotFound ) {
			_doing_it_wrong( 'smi_payment_completed', esc_html__( 'No job has this number; nothing was started.', 'sell-my-images' ), '0.1.0' );
		}
	}

	/** The payment's own call: starts once, and never a job that has waited for a week. */
	private function start( Job $job ): void {
		$is_paid  = in_array( $job->payment_status, array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ), true );
		$current  = $this->attempts->current( $job );
		$too_late = null !== $job->paid_at && $job->paid_at < Times::add( Times::now(), -Durations::seconds( 'START_TOO_LATE' ) );
		if ( ! $is_paid || JobStatus::Pending !== $job->status || null !== $job->mismatch || $too_late || $job->has_file() ) {
			return;
		}
		if ( null === $current || ! $current->is_live() ) {
			$this->attempts->start( $job, array( 'by' => 'payment' ) );
		}
	}

	/** @param array<string,mixed> $context See handle(). */
	private function override( Job $job, array $context ): void {
		$key = is_string( $context['idempotency_key'] ?? null ) ? $context['idempotency_key'] : null;
		if ( null !== $key && $this->attempts->has_started( $job, $key ) ) {
			return; // Fired again after a crash, or by two at once.
		}
		$this->refunds->cancel_unsent_automatic( $job );
		$job = $this->acknowledge_refunds( $job );
		$job = $this->stop_checkout( $job );
		$this->attempts->start(
			$job,
			array(
				'by'              => is_string( $context['source'] ?? null ) ? $context['source'] : Actor::current(),
				'is_override'     => true,
				'idempotency_key' => $key,
				'retry_of'        => is_string( $context['retry_of'] ?? null ) ? $context['retry_of'] : null,
				'retry_no'        => is_int( $context['retry_no'] ?? null ) ? $context['retry_no'] : 0,
			)
		);
	}

	/** The bare hook goes on although money was returned, and the log says so. */
	private function acknowledge_refunds( Job $job ): Job {
		if ( ! $this->refunds->ledger( $job )->is_under_way() || $job->refund_acknowledged ) {
			return $job;
		}
		$after = $this->lifecycle->change( $job, array( 'refund_acknowledged' => true ) );
		$this->lifecycle->log( $after, 'action', array( 'to' => 'retry', 'reason' => 'made again although money was returned' ) );

		return $after;
	}

	/** An unpaid job that is made anyway must not be paid for later. */
	private function stop_checkout( Job $job ): Job {
		if ( ! $job->is_paid() && null !== $job->stripe_checkout_session_id && JobStatus::AwaitingPayment === $job->status ) {
			$this->commands->hint( CommandKind::ExpireCheckout, $job->job_id, $job->job_id );
		}

		return $job;
	}
}
