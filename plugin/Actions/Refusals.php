<?php
/**
 * Why an action cannot be done with a job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundLedger;
use SellMyImages\Support\Money;
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
		$current = Attempt::current( $job, $attempts );
		if ( null !== $current && $current->is_live() && empty( $options['force'] ) ) {
			throw ActionRefused::because( 'smi_job_running', array(), 409, array( 'needs' => 'force', 'attempt' => $current->uuid() ) );
		}
		if ( ( new RefundLedger( $job, $refunds ) )->is_under_way() && empty( $options['acknowledge_refunded'] ) ) {
			throw ActionRefused::because( 'smi_job_refunded', array(), 409, array( 'needs' => 'acknowledge_refunded' ) );
		}
	}

	/** What retry() does not ask when a late result is to be applied: whether there is something to make the image from. */
	public static function source( Job $job ): AttemptPlan {
		return AttemptPlan::for_job( $job ) ?? throw ActionRefused::because( 'smi_job_without_source' );
	}

	/**
	 * @param list<Refund> $refunds      All of the job's.
	 * @param int|null     $amount_minor Minor units; null for all that is left.
	 * @return int What would go back, in minor units.
	 */
	public static function refund( Job $job, array $refunds, ?int $amount_minor ): int {
		$why = AllowedActions::why_no_refund( $job, $refunds );
		if ( null !== $why ) {
			throw ActionRefused::because( 'smi_refund_not_possible', array( 'why' => $why ) );
		}
		$left = ( new RefundLedger( $job, $refunds ) )->left_minor();
		$wish = $amount_minor ?? $left;
		if ( $wish < 1 || $wish > $left ) {
			throw ActionRefused::because(
				'smi_refund_amount',
				array( 'why' => 'range', 'left' => $left, 'currency' => $job->currency ),
				400,
				array( 'left' => Money::to_decimal( $left, $job->currency ), 'params' => array( 'amount' => 'out of range' ) )
			);
		}

		return $wish;
	}

	/** @return array<string,string> Of RefusalWords: what was typed is no amount of the currency. */
	public static function not_money( string $currency ): array {
		return array( 'why' => 'not_money', 'currency' => $currency, 'example' => Money::to_decimal( Money::minimum( $currency ), $currency ) );
	}

	public static function status( Job $job, JobStatus $status ): void {
		if ( in_array( $status, array( JobStatus::Pending, JobStatus::Processing ), true ) ) {
			throw ActionRefused::because( 'smi_job_use_retry' );
		}
		$allowed = AllowedActions::statuses( $job );
		if ( $status !== $job->status && ( ! in_array( $status, $allowed, true ) || ( JobStatus::Completed === $status && ! $job->has_file() ) ) ) {
			$why = JobStatus::Abandoned === $status && $job->is_payment_under_way ? 'under_way' : $status->value;

			throw ActionRefused::because( 'smi_job_status_not_possible', array( 'why' => $why ), 409, array( 'allowed' => array_map( static fn( JobStatus $open ): string => $open->value, $allowed ) ) );
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
			throw ActionRefused::because( 'smi_job_link_ended' );
		}

		return $type ?? 'ready';
	}

	private static function need_file( Job $job ): void {
		if ( JobStatus::Completed !== $job->status || ! $job->has_file() ) {
			throw ActionRefused::because( 'smi_job_without_file' );
		}
	}

	private static function need_email( Job $job ): void {
		if ( '' === $job->email ) {
			throw ActionRefused::because( 'smi_job_without_email' );
		}
	}
}
