<?php
/**
 * One way into the table.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

/**
 * Jobs that one index finds. A list is the union of its branches.
 */
final class Branch {

	/**
	 * @param string                  $index       Must be used; '' leaves it to the database.
	 * @param array<string,Condition> $conditions  All that its jobs fulfil.
	 * @param int|null                $facet       When all its jobs have the same.
	 * @param bool                    $is_in_order Whether they stand in the index in the order of their creation, whatever else is asked.
	 */
	public function __construct(
		public readonly string $index,
		public readonly array $conditions,
		public readonly ?int $facet = null,
		public readonly bool $is_in_order = false
	) {
	}

	public function with( string $name, Condition $condition ): self {
		return new self( $this->index, array( $name => $condition ) + $this->conditions, $this->facet, $this->is_in_order );
	}

	/** @param array<string,Condition> $conditions That its jobs fulfil as well. */
	public function narrowed( array $conditions ): self {
		return new self( $this->index, $this->conditions + $conditions, $this->facet, $this->is_in_order );
	}

	public function where(): string {
		$parts = array_map( static fn( Condition $condition ): string => $condition->sql, $this->conditions );

		return array() === $parts ? '1 = 1' : implode( ' AND ', $parts );
	}

	/** @return list<mixed> */
	public function args(): array {
		return array_merge(
			array(),
			...array_map( static fn( Condition $condition ): array => $condition->args, array_values( $this->conditions ) )
		);
	}
}
