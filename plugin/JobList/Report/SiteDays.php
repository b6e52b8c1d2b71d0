<?php
/**
 * On which day of a zone something was.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Report;

/**
 * A sale at 23:30 belongs to that evening, whatever day it is in Greenwich. An hour that lies in one day is worked out once: there may be many jobs.
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

	private function whole( string $hour ): string|false {
		$day = $this->local( "$hour:00:00" );

		return $this->local( "$hour:59:59" ) === $day ? $day : false;
	}

	private function local( string $utc ): string {
		return ( new \DateTimeImmutable( $utc, new \DateTimeZone( 'UTC' ) ) )->setTimezone( $this->zone )->format( 'Y-m-d' );
	}
}
