<?php
/**
 * Fires smi_payment_completed once a payment is in.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * At least once, and once without a crash: whoever wins the turn fires, and a turn can be taken again only after five quiet minutes.
 */
final class PaymentAction {

	public const TRIES = 5;

	/**
	 * @param Lifecycle       $lifecycle    Where jobs change.
	 * @param callable(): bool $is_safe_mode Whether this site is a copy that must keep still.
	 */
	public function __construct( private readonly Lifecycle $lifecycle, private $is_safe_mode ) {
	}

	/**
	 * Not to be called inside a transaction: listeners may do anything.
	 *
	 * @return bool Whether this call fired the action.
	 */
	public function fire( string $job_id ): bool {
		$try = ( $this->is_safe_mode )() ? 0 : $this->take_turn( $job_id );
		if ( 0 === $try ) {
			return false;
		}
		/**
		 * Fires when a payment is in, or a job is to be made again.
		 *
		 * @since 0.1.0
		 *
		 * @param string $job_id  The job; a listener's dedupe key.
		 * @param array  $context Empty at first; `redelivery` => n when fired again after a crash; `admin_override` => true for a retry.
		 */
		$failures = Listeners::do_action( 'smi_payment_completed', $job_id, 1 === $try ? array() : array( 'redelivery' => $try - 1 ) );
		$this->lifecycle->within( $job_id, fn( Job $job ): Job => $this->done( $job, $failures ) );

		return true;
	}

	/** @return int Which try this is; 0 when it is not ours to fire. */
	private function take_turn( string $job_id ): int {
		try {
			return $this->lifecycle->within( $job_id, fn( Job $job ): int => $this->is_due( $job ) ? $this->count_try( $job ) : 0 );
		} catch ( JobNotFound ) {
			return 0;
		}
	}

	private function count_try( Job $job ): int {
		$try = $job->payment_action_tries + 1;
		$this->lifecycle->change( $job, array( 'payment_action_tries' => $try, 'payment_action_at' => Times::now() ) );

		return $try;
	}

	/** A listener that failed is not told again, unless it may be the one that was to make the image. */
	private function done( Job $job, int $failures ): Job {
		$is_begun = null !== $job->current_attempt || $job->has_file();

		return 0 === $failures || $is_begun ? $this->lifecycle->change( $job, array( 'payment_action_done_at' => Times::now() ) ) : $job;
	}

	private function is_due( Job $job ): bool {
		if ( null !== $job->payment_action_done_at || null !== $job->mismatch || $job->payment_action_tries >= self::TRIES ) {
			return false;
		}
		if ( ! in_array( $job->payment_status, array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ), true ) ) {
			return false;
		}

		return null === $job->payment_action_at
			|| $job->payment_action_at < Times::add( Times::now(), -Durations::seconds( 'PAYMENT_ACTION_AGAIN' ) );
	}
}
