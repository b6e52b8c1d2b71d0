<?php
/**
 * On which day of a zone something was.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Report;

use SellMyImages\Support\Times;

/**
 * A sale at 23:30 belongs to that evening, whatever day it is in Greenwich. An hour that lies in one day is worked out once: there may be
 * many jobs.
 */
final class SiteDays {

	/** @var array<string,string|false> 'Y-m-d H' in UTC => day; false: midnight is in it. */
	private array $hours = array();

	public function __construct( private readonly \DateTimeZone $zone ) {
	}

	/** Whether days of the zone are those of UTC, at any time. */
	public static function are_utc( \DateTimeZone $zone ): bool {
		return in_array( $zone->getName(), array( 'UTC', '+00:00', 'Z', 'Etc/UTC' ), true );
	}

	/** @param string $utc 'Y-m-d H:i:s'. */
	public function of( string $utc ): string {
		$hour = substr( $utc, 0, 13 );
		$day  = $this->hours[ $hour ] ??= $this->whole( $hour );

		return false === $day ? $this->local( $utc ) : $day;
	}

	/**
	 * @param string $utc A day of UTC.
	 * @return list<array{0:string,1:string,2:string}> First and last second of its parts, and which day of the zone each is.
	 */
	public function parts( string $utc ): array {
		$from  = Times::unix( "$utc 00:00:00" );
		$end   = $from + DAY_IN_SECONDS;
		$parts = array();
		for ( ; $from < $end; $from = $next ) {
			$local = $this->at( $from );
			$next  = min( $end, $from + DAY_IN_SECONDS - ( $from + $local->getOffset() ) % DAY_IN_SECONDS, $this->change( $from, $end ) );
			$day   = $local->format( 'Y-m-d' );
			// Where clocks are put back over midnight, the day before comes twice: it ends for good the second time.
			$first         = $parts[ $day ][0] ?? gmdate( 'Y-m-d H:i:s', $from );
			$parts[ $day ] = array( $first, gmdate( 'Y-m-d H:i:s', $next - 1 ), $day );
		}

		return array_values( $parts );
	}

	/** When the clock is changed next; the end if it is not until then. */
	private function change( int $from, int $end ): int {
		if ( $this->at( $from )->getOffset() === $this->at( $end )->getOffset() ) {
			return $end;
		}

		return ( $this->zone->getTransitions( $from, $end ) ?: array() )[1]['ts'] ?? $end;
	}

	private function at( int $time ): \DateTimeImmutable {
		return ( new \DateTimeImmutable( "@$time" ) )->setTimezone( $this->zone );
	}

	private function whole( string $hour ): string|false {
		$day = $this->local( "$hour:00:00" );

		return $this->local( "$hour:59:59" ) === $day ? $day : false;
	}

	private function local( string $utc ): string {
		return ( new \DateTimeImmutable( $utc, new \DateTimeZone( 'UTC' ) ) )->setTimezone( $this->zone )->format( 'Y-m-d' );
	}
}
