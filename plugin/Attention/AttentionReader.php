<?php
/**
 * What needs the owner, from the rows.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Attention;

use SellMyImages\Jobs\AttentionSource;
use SellMyImages\Jobs\Job;
use SellMyImages\Refunds\RefundRepository;
use SellMyImages\Upscaling\AttemptRepository;

/** Two queries for any number of jobs. */
final class AttentionReader implements AttentionSource {

	public function __construct( private readonly AttemptRepository $attempts, private readonly RefundRepository $refunds ) {
	}

	public function for_jobs( array $jobs ): array {
		$job_ids  = array_map( 'strval', array_keys( $jobs ) );
		$attempts = $this->attempts->for_jobs( $job_ids );
		$refunds  = $this->refunds->for_jobs( $job_ids );

		return array_map(
			static fn( Job $job ): array => AttentionRules::all( $job, $attempts[ $job->job_id ] ?? array(), $refunds[ $job->job_id ] ?? array() ),
			$jobs
		);
	}
}
