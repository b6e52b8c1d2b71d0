<?php
/**
 * Why a job needs its owner.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Attention;

use SellMyImages\Actions\JobFacts;
use SellMyImages\Actions\SendEmail;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Payments\PaymentAction;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundLedger;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\Attempt;

/**
 * Computes every reason from facts alone; nothing is remembered.
 */
final class AttentionRules {

	/**
	 * @param JobFacts $facts The job as it is now.
	 * @return list<Attention> The most urgent first.
	 */
	public static function all( JobFacts $facts ): array {
		$job     = $facts->job;
		$refunds = $facts->refunds();
		$current = $facts->current_attempt();
		$ledger  = $facts->ledger();
		$reasons = array(
			array( Attention::Disputed, Disputes::needs_answer( $job->dispute_status ) ),
			array( Attention::RefundFailed, self::has_failed_refund( $job, $ledger, $refunds ) ),
			array( Attention::FailedNotRefunded, self::is_failed_and_unpaid_back( $job, $ledger ) ),
			array(
				Attention::AmountMismatch,
				null !== $job->mismatch && JobStatus::Completed !== $job->status && JobStatus::Failed !== $job->status,
			),
			array( Attention::PaidNotStarted, self::is_paid_and_idle( $job, $current ) ),
			array( Attention::SubmitUnknown, null !== $current && Attempt::UNKNOWN === $current->state() ),
			array( Attention::FileMissing, JobStatus::Completed === $job->status && ! $job->has_file() && ! self::is_erased( $job ) ),
			array( Attention::StuckProcessing, self::is_stuck( $job, $current ) ),
			array( Attention::EmailFailed, 'failed' === $job->email_state && self::is_mail_missed( $facts ) ),
			array( Attention::RefundPending, self::has_pending_refund( $refunds ) ),
		);

		return array_values(
			array_map(
				static fn( array $pair ): Attention => $pair[0],
				array_filter( $reasons, static fn( array $pair ): bool => $pair[1] )
			)
		);
	}

	/** Nobody misses the file of a customer whose data was erased: it went with the address and the link. */
	private static function is_erased( Job $job ): bool {
		return '' === $job->email && null === $job->upscaled_file_path && LinkTokens::is_revoked( $job );
	}

	/**
	 * A refund may succeed and fail at the bank days later, when newer ones are made already: it is answered only by one that was asked for
	 * since.
	 *
	 * @param list<Refund> $refunds Newest first.
	 */
	private static function has_failed_refund( Job $job, RefundLedger $ledger, array $refunds ): bool {
		if ( ! $job->is_paid() || 0 === $ledger->left_minor() ) {
			return false;
		}
		$answered = '';
		foreach ( $refunds as $refund ) {
			if ( Refund::FAILED === $refund->status() && $refund->updated_at() > $answered ) {
				return true;
			}
			$answered = $refund->holds_money() ? max( $answered, $refund->created_at() ) : $answered;
		}

		return false;
	}

	private static function is_failed_and_unpaid_back( Job $job, RefundLedger $ledger ): bool {
		return JobStatus::Failed === $job->status
			&& $job->is_paid()
			&& $ledger->left_minor() > 0
			&& 'lost' !== $job->dispute_status
			&& ! $job->has_file();
	}

	/** Whether the customer should still get the e-mail that failed: there is a link that was not withdrawn, or money on its way back. */
	private static function is_mail_missed( JobFacts $facts ): bool {
		return JobStatus::Completed === $facts->job->status ? ! LinkTokens::is_revoked( $facts->job ) : null !== SendEmail::type( $facts );
	}

	private static function is_paid_and_idle( Job $job, ?Attempt $current ): bool {
		if (
			JobStatus::Pending !== $job->status
			|| ! in_array( $job->payment_status, array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ), true )
			|| null !== $job->mismatch
		) {
			return false;
		}
		if ( null !== $current && $current->is_live() ) {
			// One that is on its way to the upscaler has waited just as long.
			return in_array( $current->state(), array( Attempt::QUEUED, Attempt::SENT ), true )
				&& self::is_older( $current->created_at(), 'QUEUED_TOO_LONG' );
		}
		$is_given_up = $job->payment_action_tries >= PaymentAction::TRIES || null !== $job->payment_action_done_at;

		return $is_given_up || ( null !== $job->paid_at && self::is_older( $job->paid_at, 'PAID_NOT_STARTED' ) );
	}

	private static function is_stuck( Job $job, ?Attempt $current ): bool {
		if ( JobStatus::Processing !== $job->status || ( null !== $current && Attempt::UNKNOWN === $current->state() ) ) {
			return false;
		}
		$since = $current?->began_at() ?? $job->processing_started_at ?? $job->updated_at;

		return self::is_older( $since, 'STUCK_PROCESSING' );
	}

	/**
	 * Money that is on its way, or that could not be sent off for long: the key may lack the right, or Stripe may not answer.
	 *
	 * @param list<Refund> $refunds Any order.
	 */
	private static function has_pending_refund( array $refunds ): bool {
		foreach ( $refunds as $refund ) {
			$is_unsent = in_array( $refund->status(), array( Refund::REQUESTED, Refund::SENDING ), true );
			if ( $is_unsent ? self::is_older( $refund->created_at(), 'REFUND_UNSENT' ) : self::is_at_the_bank( $refund ) ) {
				return true;
			}
		}

		return false;
	}

	private static function is_at_the_bank( Refund $refund ): bool {
		return in_array( $refund->status(), array( Refund::PENDING, Refund::REQUIRES_ACTION ), true );
	}

	private static function is_older( string $utc, string $duration ): bool {
		return $utc < Times::add( Times::now(), -Durations::seconds( $duration ) );
	}
}
