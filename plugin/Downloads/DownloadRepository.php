<?php
/**
 * Finds jobs by their download links, and counts downloads.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Downloads;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Support\Times;

/**
 * The SQL of downloads.
 */
final class DownloadRepository {

	public function __construct(
		private readonly JobRepository $jobs,
		private readonly Connection $db,
		private readonly LinkTokens $links
	) {}

	/**
	 * The job that a token opens, or opened until its link was revoked.
	 */
	public function find( string $token ): ?Job {
		$hash = $this->links->hash( $token );
		return $this->jobs->find_by( 'download_token', $hash )
			?? $this->jobs->find_by( 'download_token', $this->links->revoked_hash( $hash ) );
	}

	/**
	 * Counts one download, in one statement, so that two at once count as two.
	 */
	public function count( Job $job ): void {
		$this->db->execute(
			'UPDATE {jobs} SET download_count = download_count + 1, version = version + 1, updated_at = %s WHERE job_id = %s',
			Times::now(),
			$job->job_id
		);
	}
}
