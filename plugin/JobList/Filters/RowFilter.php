<?php
/**
 * A filter on a column.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\JobList\Query\Plan;
use SellMyImages\JobList\Query\Question;

/**
 * A condition is enough. What an index or a counter knows of it is said by those that have one: a list is quicker then.
 */
abstract class RowFilter implements Filter {

	/** The column of smi_jobs that the condition is about. */
	abstract public function column(): string;

	/** What its jobs fulfil. Never only a function of the column: that would cost the index. */
	abstract public function condition(): Condition;

	/** The way to its jobs, where it knows one that is better than going along all of them; null: it knows none. */
	public function plan( Question $question ): ?Plan {
		return null;
	}

	/** The index in which its jobs stand in the order of their creation; null: in none do they, and their keys are to be read first. */
	public function index(): ?string {
		return 'k_list';
	}

	/**
	 * Who has this has an index of its own as well: the planner weighs it against the others by what the counter says.
	 *
	 * @return array{0:int,1:int}|null Dimension and key of the counter that knows how many its jobs are; null: none does.
	 */
	public function dimension( JobCounts $counts ): ?array {
		return null;
	}
}
