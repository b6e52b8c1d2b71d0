<?php
/**
 * A filter that may mean several things.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Branch;
use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\JobList\Query\Question;

/**
 * Its jobs are what several conditions find, each by an index of its own. A list has one of these at most.
 */
interface UnionFilter extends Filter {

	/** @return list<Branch> None: nothing is found. */
	public function branches( Question $question ): array;

	/** @return array{0:int,1:int}|null As RowFilter::dimension(). */
	public function dimension( JobCounts $counts ): ?array;
}
