<?php
/**
 * One page of a list of jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

use SellMyImages\Jobs\Job;

/**
 * With how many there are in all.
 */
final class JobPage {

	/**
	 * @param list<Job>   $jobs     In order.
	 * @param int         $total    All that match.
	 * @param bool        $is_floor Whether counting stopped there: there are at least so many.
	 * @param string|null $next     Cursor of the next page; null at the end, and in orders without one.
	 */
	public function __construct(
		public readonly array $jobs,
		public readonly int $total,
		public readonly bool $is_floor,
		public readonly ?string $next
	) {
	}
}
