<?php
/**
 * What is asked of the table, for a filter that knows a way to the answer.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\Titles\TitleWords;

/**
 * With what may be looked up on the way.
 */
final class Question {

	/**
	 * @param array<int,int>          $facets     Facets that may be in the answer => their jobs.
	 * @param array<string,Condition> $conditions That every job of the answer fulfils.
	 */
	public function __construct(
		public readonly Connection $db,
		public readonly JobCounts $counts,
		public readonly TitleWords $titles,
		public readonly Sort $sort,
		public readonly array $facets,
		public readonly array $conditions
	) {
	}

	/** The answer along one index. */
	public function along( string $index ): Plan {
		return new Plan( array( new Branch( $index, $this->conditions ) ) );
	}
}
