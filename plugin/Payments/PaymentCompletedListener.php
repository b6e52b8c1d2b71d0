<?php
/**
 * Starts the making of a file when smi_payment_completed fires.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Hooks\OwnListener;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Jobs\ProviderTime;
use SellMyImages\Upscaling\Attempts;

/**
 * Priority 1: another plugin's fatal error must not keep the buyer waiting.
 */
final class PaymentCompletedListener implements OwnListener {

	/**
	 * Hooked in on every request, so it makes nothing before it is called.
	 *
	 * @param \Closure(): Lifecycle $lifecycle
	 * @param \Closure(): Attempts  $attempts
	 * @param \Closure(): Override  $override
	 */
	public function __construct(
		private readonly \Closure $lifecycle,
		private readonly \Closure $attempts,
		private readonly \Closure $override
	) {
	}

	public function register(): void {
		add_action( 'smi_payment_completed', array( $this, 'handle' ), 1, 2 );
	}

	/** False where somebody took it off, to make images in another way. */
	public function is_hooked(): bool {
		return false !== has_action( 'smi_payment_completed', array( $this, 'handle' ) );
	}

	/**
	 * Fired by anybody's code, so nothing about the arguments is taken for granted.
	 *
	 * @param mixed $job_id  A job's UUID.
	 * @param mixed $context `admin_override` => true retries a job in any state; `source`, `retry_of`, `retry_no` and `idempotency_key` are
	 *   for the log and the guards.
	 */
	public function handle( mixed $job_id, mixed $context = array() ): void {
		if ( ! is_string( $job_id ) || '' === $job_id ) {
			return;
		}
		$context     = is_array( $context ) ? $context : array();
		$is_override = true === filter_var( $context['admin_override'] ?? false, FILTER_VALIDATE_BOOLEAN );
		if ( $is_override && ( $this->override )()->is_repeated( $job_id, $context ) ) {
			return;
		}
		try {
			( $this->lifecycle )()->within(
				$job_id,
				fn( Job $job ) => $is_override ? ( $this->override )()->start( $job, $context ) : $this->start( $job )
			);
		} catch ( JobNotFound ) {
			_doing_it_wrong(
				'smi_payment_completed',
				esc_html__( 'No job has this number; nothing was started.', 'sell-my-images' ),
				'0.1.0'
			);
		}
	}

	/** The payment's own call: starts once, and never a job that has waited for a week. */
	private function start( Job $job ): void {
		$is_paid = in_array( $job->payment_status, array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ), true );
		$current = ( $this->attempts )()->current( $job );
		if (
			! $is_paid
			|| JobStatus::Pending !== $job->status
			|| null !== $job->mismatch
			|| ProviderTime::is_too_late_to_start( $job )
			|| $job->has_file()
		) {
			return;
		}
		if ( null === $current || ! $current->is_live() ) {
			( $this->attempts )()->start( $job, array( 'by' => 'payment' ) );
		}
	}
}
