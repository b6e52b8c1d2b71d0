<?php
/**
 * Why an action cannot be done with a job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Downloads\LinkTokens;
use SellMyImages\Payments\Refund;
use SellMyImages\Payments\RefundLedger;
use SellMyImages\Support\Money;
use SellMyImages\Support\MoneyWords;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptPlan;

/**
 * Looks only, at rows that the caller has read: the same words for one job, for a batch, and for what a batch would do. Each throws ActionRefused.
 */
final class Refusals {

	/**
	 * @param list<Attempt>                                   $attempts All of the job's.
	 * @param list<Refund>                                    $refunds  All of the job's.
	 * @param array{force?:bool,acknowledge_refunded?:bool} $options  Guards the caller has answered.
	 */
	public static function retry( Job $job, array $attempts, array $refunds, array $options ): void {
		$current = AttentionRules::current( $job, $attempts );
		if ( null !== $current && $current->is_live() && empty( $options['force'] ) ) {
			throw new ActionRefused( 'smi_job_running', __( 'The image is being made right now. Making it again would stop that attempt, and it may cost twice.', 'sell-my-images' ), 409, array( 'needs' => 'force', 'attempt' => $current->uuid() ) );
		}
		if ( ( new RefundLedger( $job, $refunds ) )->is_under_way() && empty( $options['acknowledge_refunded'] ) ) {
			throw new ActionRefused( 'smi_job_refunded', __( 'Money of this job was returned or is on its way back. Making the image again gives it to the customer all the same.', 'sell-my-images' ), 409, array( 'needs' => 'acknowledge_refunded' ) );
		}
	}

	/** What retry() does not ask when a late result is to be applied: whether there is something to make the image from. */
	public static function source( Job $job ): AttemptPlan {
		return AttemptPlan::for_job( $job ) ?? throw new ActionRefused( 'smi_job_without_source', __( 'Nothing was started: the picture this job was made from is not known any more. Refund the customer instead.', 'sell-my-images' ) );
	}

	/**
	 * @param list<Refund> $refunds      All of the job's.
	 * @param int|null     $amount_minor Minor units; null for all that is left.
	 * @return int What would go back, in minor units.
	 */
	public static function refund( Job $job, array $refunds, ?int $amount_minor ): int {
		$why = AllowedActions::refund_blocked( $job, $refunds );
		if ( null !== $why ) {
			throw new ActionRefused( 'smi_refund_not_possible', $why );
		}
		$left = ( new RefundLedger( $job, $refunds ) )->left_minor();
		$wish = $amount_minor ?? $left;
		if ( $wish < 1 || $wish > $left ) {
			throw new ActionRefused(
				'smi_refund_amount',
				/* translators: %s: an amount of money. */
				sprintf( __( 'Nothing was refunded. The amount must be more than nothing and at most what is left: %s.', 'sell-my-images' ), MoneyWords::of_minor( $left, $job->currency ) ),
				400,
				array( 'left' => Money::to_decimal( $left, $job->currency ), 'params' => array( 'amount' => 'out of range' ) )
			);
		}

		return $wish;
	}

	public static function status( Job $job, JobStatus $status ): void {
		if ( in_array( $status, array( JobStatus::Pending, JobStatus::Processing ), true ) ) {
			throw new ActionRefused( 'smi_job_use_retry', __( 'Nothing was changed: to make the image again, use "Make again" (retry).', 'sell-my-images' ) );
		}
		$allowed = AllowedActions::statuses( $job );
		if ( $status !== $job->status && ( ! in_array( $status, $allowed, true ) || ( JobStatus::Completed === $status && ! $job->has_file() ) ) ) {
			throw new ActionRefused( 'smi_job_status_not_possible', self::why_not( $status ), 409, array( 'allowed' => array_map( static fn( JobStatus $open ): string => $open->value, $allowed ) ) );
		}
	}

	public static function new_link( Job $job, bool $notify ): void {
		self::need_file( $job );
		if ( $notify ) {
			self::need_email( $job );
		}
	}

	/**
	 * @param list<Refund> $refunds All of the job's.
	 * @return 'ready'|'failed_refunded' Which e-mail would be sent.
	 */
	public static function send_email( Job $job, array $refunds ): string {
		$type = AllowedActions::mail( $job, $refunds );
		if ( 'failed_refunded' !== $type ) {
			self::need_file( $job );
		}
		self::need_email( $job );
		if ( 'failed_refunded' !== $type && 'active' !== LinkTokens::state( $job ) ) {
			throw new ActionRefused( 'smi_job_link_ended', __( 'No e-mail was sent: the download link has ended. Make a new link first.', 'sell-my-images' ) );
		}

		return $type ?? 'ready';
	}

	private static function why_not( JobStatus $status ): string {
		return match ( $status ) {
			JobStatus::Completed => __( 'Nothing was changed: a job can only be completed when its file is on the server. Make the image again instead.', 'sell-my-images' ),
			JobStatus::Abandoned => __( 'Nothing was changed: a job that was paid for, or has a file, cannot be abandoned.', 'sell-my-images' ),
			default => __( 'Nothing was changed: the job cannot have this status now.', 'sell-my-images' ),
		};
	}

	private static function need_file( Job $job ): void {
		if ( JobStatus::Completed !== $job->status || ! $job->has_file() ) {
			throw new ActionRefused( 'smi_job_without_file', __( 'There is no finished file to link to. Make the image again first.', 'sell-my-images' ) );
		}
	}

	private static function need_email( Job $job ): void {
		if ( '' === $job->email ) {
			throw new ActionRefused( 'smi_job_without_email', __( 'No e-mail was sent: this job has no address. Copy the link and send it yourself.', 'sell-my-images' ) );
		}
	}
}
