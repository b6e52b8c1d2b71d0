<?php
/**
 * How a list will be read.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

/**
 * Branches; none: nothing matches, and nothing needs to be asked.
 */
final class Plan {

	/**
	 * @param list<Branch> $branches    Ways into the table.
	 * @param bool         $is_distinct Whether no job can be in two of them.
	 */
	public function __construct( public readonly array $branches, public readonly bool $is_distinct = true ) {
	}

	public function with( string $name, Condition $condition ): self {
		return new self(
			array_map( static fn( Branch $branch ): Branch => $branch->with( $name, $condition ), $this->branches ),
			$this->is_distinct
		);
	}
}
