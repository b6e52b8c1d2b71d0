<?php
/**
 * Who knows what needs the owner.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/** The rules look at refunds and attempts, which stand above the job; the lifecycle only keeps what they say. */
interface AttentionSource {

	/**
	 * @param array<string,Job> $jobs As the open transaction sees them, by job_id.
	 * @return array<string,list<Attention>> Every reason of each, the most urgent first, by job_id.
	 */
	public function for_jobs( array $jobs ): array;
}
