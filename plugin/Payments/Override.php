<?php
/**
 * Makes a locked job again, whatever state it is in.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Jobs\EventReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Refunds\Refunds;
use SellMyImages\Support\Actor;
use SellMyImages\Upscaling\Attempts;

/**
 * What `admin_override` of smi_payment_completed means. Called inside Lifecycle::within().
 */
final class Override {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly Attempts $attempts,
		private readonly Refunds $refunds,
		private readonly CommandRepository $commands
	) {
	}

	/**
	 * Once per idempotency key, however often the action is fired.
	 *
	 * @param array<string,mixed> $context Of smi_payment_completed, as anybody's code may have filled it.
	 */
	public function start( Job $job, array $context ): void {
		$key = self::key( $context );
		if ( null !== $key && $this->attempts->has_started( $job->job_id, $key ) ) {
			return;
		}
		$this->refunds->cancel_unsent_automatic( $job );
		$job = $this->acknowledge_refunds( $job );
		$this->stop_checkout( $job );
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

	/**
	 * Whether the action says nothing new; asked before any lock is taken.
	 *
	 * @param array<string,mixed> $context See start().
	 */
	public function is_repeated( string $job_id, array $context ): bool {
		$key = self::key( $context );

		return null !== $key && $this->attempts->has_started( $job_id, $key );
	}

	/** @param array<string,mixed> $context See start(). */
	private static function key( array $context ): ?string {
		return is_string( $context['idempotency_key'] ?? null ) ? $context['idempotency_key'] : null;
	}

	/** The bare hook goes on although money was returned, and the log says so. */
	private function acknowledge_refunds( Job $job ): Job {
		if ( $job->refund_acknowledged || ! $this->refunds->ledger( $job )->is_under_way() ) {
			return $job;
		}
		$after = $this->lifecycle->change( $job, array( 'refund_acknowledged' => true ) );
		$this->lifecycle->log( $after, 'action', array( 'to' => 'retry', 'reason' => EventReason::AgainAlthoughRefunded->value ) );

		return $after;
	}

	/** An unpaid job that is made anyway must not be paid for later. */
	private function stop_checkout( Job $job ): void {
		if ( ! $job->is_paid() && null !== $job->stripe_checkout_session_id && JobStatus::AwaitingPayment === $job->status ) {
			$this->commands->hint( CommandKind::ExpireCheckout, $job->job_id, $job->job_id );
		}
	}
}
