<?php
/**
 * Reads what actions ask of jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Jobs\Job;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundRepository;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptRepository;

/** At most two queries for any number of jobs, and none that nobody asks for. */
final class JobFactsReader {

	public function __construct( private readonly AttemptRepository $attempts, private readonly RefundRepository $refunds ) {
	}

	/** Inside the transaction that holds the job's lock. */
	public function for_job( Job $job ): JobFacts {
		return $this->for_jobs( array( $job->job_id => $job ) )[ $job->job_id ];
	}

	/**
	 * @param array<string,Job> $jobs          By job_id.
	 * @param bool              $looks_at_disk See JobFacts.
	 * @return array<string,JobFacts> By job_id.
	 */
	public function for_jobs( array $jobs, bool $looks_at_disk = true ): array {
		$job_ids  = array_map( 'strval', array_keys( $jobs ) );
		$attempts = self::once( fn(): array => $this->attempts->for_jobs( $job_ids ) );
		$refunds  = self::once( fn(): array => $this->refunds->for_jobs( $job_ids ) );

		return array_map( static fn( Job $job ): JobFacts => new JobFacts( $job, $attempts, $refunds, $looks_at_disk ), $jobs );
	}

	/**
	 * @template T of Attempt|Refund
	 * @param \Closure(): array<string,list<T>> $read By job_id.
	 * @return \Closure(string): list<T>
	 */
	private static function once( \Closure $read ): \Closure {
		$rows = null;

		return static function ( string $job_id ) use ( $read, &$rows ): array {
			$rows ??= $read();

			return $rows[ $job_id ] ?? array();
		};
	}
}
