<?php
/**
 * A range of creation times as whole days and what is left at both ends.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

use SellMyImages\Support\Times;

/**
 * A day of a site in Kolkata is no day of the counters, which are in UTC: what the ends of a range have of such a day is read from rows.
 */
final class DaySpan {

	private const FIRST_SECOND = '00:00:00';
	private const LAST_SECOND  = '23:59:59';

	/**
	 * @param bool                           $has_days Whether whole days are in it.
	 * @param string|null                    $first    The first whole day; null: from the beginning.
	 * @param string|null                    $last     The last whole day; null: without end.
	 * @param list<array{0:string,1:string}> $edges    First and last second of what is no whole day.
	 */
	private function __construct(
		public readonly bool $has_days,
		public readonly ?string $first,
		public readonly ?string $last,
		public readonly array $edges
	) {
	}

	/**
	 * @param string|null $after  Created after; null: from the beginning.
	 * @param string|null $before Created before; null: without end.
	 */
	public static function of( ?string $after, ?string $before ): self {
		$from = null === $after ? null : Times::add( $after, 1 );
		$to   = null === $before ? null : Times::add( $before, -1 );
		if ( null !== $from && null !== $to && $from > $to ) {
			return new self( false, null, null, array() );
		}
		$first = null === $from
			? null
			: substr( str_ends_with( $from, self::FIRST_SECOND ) ? $from : Times::add( $from, DAY_IN_SECONDS ), 0, 10 );
		$last  = null === $to ? null : substr( str_ends_with( $to, self::LAST_SECOND ) ? $to : Times::add( $to, -DAY_IN_SECONDS ), 0, 10 );
		if ( null !== $first && null !== $last && $first > $last ) {
			return new self( false, null, null, array( array( (string) $from, (string) $to ) ) );
		}
		$edges = array();
		if ( null !== $from && substr( $from, 0, 10 ) !== $first ) {
			$edges[] = array( $from, substr( $from, 0, 10 ) . ' ' . self::LAST_SECOND );
		}
		if ( null !== $to && substr( $to, 0, 10 ) !== $last ) {
			$edges[] = array( substr( $to, 0, 10 ) . ' ' . self::FIRST_SECOND, $to );
		}

		return new self( true, $first, $last, $edges );
	}
}
