<?php
/**
 * One of the things that the sweep looks for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

final class SweepStep {

	/**
	 * @param string                              $name      For the cursor and for Site Health.
	 * @param int                                 $batch     At most so many in one turn.
	 * @param \Closure(string, int): list<string> $find      Ids after that one, in order, at most so many.
	 * @param \Closure(string): mixed             $work      Does one. Safe to repeat.
	 * @param bool                                $is_urgent Whether what is left over must not wait for the next sweep.
	 */
	public function __construct(
		public readonly string $name,
		public readonly int $batch,
		private readonly \Closure $find,
		private readonly \Closure $work,
		public readonly bool $is_urgent
	) {
	}

	/** @return list<string> Ids. */
	public function find( string $after ): array {
		return ( $this->find )( $after, $this->batch );
	}

	public function work( string $id ): void {
		( $this->work )( $id );
	}
}
