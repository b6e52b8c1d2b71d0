<?php
/**
 * What the owner can do with a job now.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\RefusalWords;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundLedger;
use SellMyImages\Refunds\RefundRepository;

final class AllowedActions {

	public function __construct( private readonly RefundRepository $refunds ) {
	}

	/**
	 * @param list<Job> $jobs A page of jobs.
	 * @return array<string,list<string>> By job_id; one query for all.
	 */
	public function for_rows( array $jobs ): array {
		$refunds = $this->refunds->for_jobs( array_map( static fn( Job $job ): string => $job->job_id, $jobs ) );
		$actions = array();
		foreach ( $jobs as $job ) {
			$actions[ $job->job_id ] = self::of( $job, $refunds[ $job->job_id ] ?? array() );
		}

		return $actions;
	}

	/**
	 * @param list<Refund> $refunds All of the job's.
	 * @return list<string> Of job-action.schema.json.
	 */
	public static function of( Job $job, array $refunds ): array {
		$is_finished = JobStatus::Completed === $job->status;
		$allowed     = array(
			'retry'          => true,
			'refund'         => null === self::why_no_refund( $job, $refunds ),
			'download_token' => $is_finished && '' !== (string) $job->upscaled_file_path,
			'email'          => '' !== $job->email && self::has_mail( $job, $refunds ),
			'status'         => array() !== self::statuses( $job ),
			'refresh'        => null !== $job->stripe_checkout_session_id || null !== $job->stripe_payment_intent_id,
		);

		return array_keys( array_filter( $allowed ) );
	}

	/**
	 * @param list<Refund> $refunds All of the job's.
	 * @return 'ready'|'failed_refunded'|null Which e-mail is true of the job ('ready' also needs a link that works); null for none.
	 */
	public static function mail( Job $job, array $refunds ): ?string {
		if ( JobStatus::Completed === $job->status ) {
			return '' === (string) $job->upscaled_file_path ? null : 'ready';
		}
		$is_told = array_filter( $refunds, static fn( Refund $refund ): bool => $refund->is_automatic() && $refund->holds_money() );

		return JobStatus::Failed === $job->status && array() !== $is_told ? 'failed_refunded' : null;
	}

	/** @param list<Refund> $refunds All of the job's. */
	private static function has_mail( Job $job, array $refunds ): bool {
		return match ( self::mail( $job, $refunds ) ) {
			'ready'           => 'active' === LinkTokens::state( $job ),
			'failed_refunded' => true,
			null              => false,
		};
	}

	/** @return list<JobStatus> Where PATCH may move the job. */
	public static function statuses( Job $job ): array {
		$is_unpaid = ! $job->is_paid() && ! $job->is_payment_under_way;
		$targets   = array(
			array( JobStatus::Completed, '' !== (string) $job->upscaled_file_path ),
			array( JobStatus::Failed, true ),
			array( JobStatus::Abandoned, $is_unpaid && '' === (string) $job->upscaled_file_path ),
		);
		$open      = array_filter( $targets, static fn( array $pair ): bool => $pair[1] && $pair[0] !== $job->status );

		return array_values( array_map( static fn( array $pair ): JobStatus => $pair[0], $open ) );
	}

	/**
	 * @param list<Refund> $refunds All of the job's.
	 * @return string|null Why nothing can be refunded now, in words; null when it can.
	 */
	public static function refund_blocked( Job $job, array $refunds ): ?string {
		return RefusalWords::refund_blocked( (string) self::why_no_refund( $job, $refunds ) );
	}

	/**
	 * @param list<Refund> $refunds All of the job's.
	 * @return 'unpaid'|'all'|'disputed'|null Null when something can be refunded.
	 */
	public static function why_no_refund( Job $job, array $refunds ): ?string {
		if ( ! $job->is_paid() || null === $job->stripe_payment_intent_id ) {
			return 'unpaid';
		}
		if ( 0 === ( new RefundLedger( $job, $refunds ) )->left_minor() ) {
			return 'all';
		}

		return Disputes::allows_refund( $job ) ? null : 'disputed';
	}
}
