<?php
/**
 * The upscaler has an attempt, or may have it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;

/**
 * A job is `processing` once its submit is known to have been made, or is unknown; not when it begins: what was not sent after all must
 * have moved no status and fired no hook.
 */
final class UnderWay {

	/**
	 * @param string $since When it was sent, or its local resize began; UTC.
	 * @return array<string,mixed> What changes of the job.
	 */
	public static function changes( Job $job, string $since ): array {
		return array( 'processing_started_at' => $since )
			+ ( JobStatus::Pending === $job->status ? array( 'status' => JobStatus::Processing ) : array() );
	}
}
