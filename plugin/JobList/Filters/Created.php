<?php
/**
 * By the time of creation.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\DaySpan;

/**
 * The order of the list is that of creation, and the counters know each day: so lists, counts and the report ask for it by name.
 */
final class Created extends RowFilter {

	/**
	 * @param string|null $after  Exclusive, as the database writes it; null: from the beginning.
	 * @param string|null $before Exclusive; null: without end.
	 */
	private function __construct( public readonly ?string $after, public readonly ?string $before ) {
	}

	public static function params(): array {
		return array( 'after', 'before' );
	}

	public static function parse( Params $params ): ?self {
		$after  = $params->time( 'after' );
		$before = $params->time( 'before' );

		return null === $after && null === $before ? null : new self( $after, $before );
	}

	public function column(): string {
		return 'created_at';
	}

	public function condition(): Condition {
		$parts = array_filter(
			array( 'created_at > %s' => $this->after, 'created_at < %s' => $this->before ),
			static fn( ?string $time ): bool => null !== $time
		);

		return new Condition( implode( ' AND ', array_keys( $parts ) ), ...array_values( $parts ) );
	}

	public function span(): DaySpan {
		return DaySpan::of( $this->after, $this->before );
	}
}
