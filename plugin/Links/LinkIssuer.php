<?php
/**
 * Gives a buyer a link that works.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Links;

use SellMyImages\Database\Transaction;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\JobStatus;

/**
 * Rebuilds the link of a completed job, or makes its next generation where the site's salts changed.
 */
final class LinkIssuer {

	public function __construct(
		private readonly JobRepository $jobs,
		private readonly Transaction $transaction,
		private readonly LinkTokens $links
	) {}

	/**
	 * The link's address; null when there is none to give (not completed, expired, revoked).
	 */
	public function url( Job $job ): ?string {
		$url = JobStatus::Completed === $job->status ? $this->links->url( $job ) : null;
		return null === $url && $this->is_lost( $job ) ? $this->reissue( $job->job_id ) : $url;
	}

	/**
	 * Whether the file is there and the time to fetch it is over.
	 */
	public function has_expired( Job $job ): bool {
		return JobStatus::Completed === $job->status && 'expired' === LinkTokens::state( $job );
	}

	/**
	 * A live link that can no longer be rebuilt: the salts changed since it was made.
	 */
	private function is_lost( Job $job ): bool {
		return JobStatus::Completed === $job->status && $this->links->is_lost( $job );
	}

	private function reissue( string $job_id ): ?string {
		$job = $this->transaction->run(
			function () use ( $job_id ): ?Job {
				$job = $this->jobs->lock( $job_id );
				if ( null !== $job && $this->is_lost( $job ) ) {
					$job = $this->jobs->update( $job, $this->links->issue( $job ) );
				}
				return $job;
			}
		);
		return null === $job ? null : $this->links->url( $job );
	}
}
