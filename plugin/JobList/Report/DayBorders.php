<?php
/**
 * What of the counters' days, which are UTC's, is another day of the site.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Report;

use SellMyImages\Support\Times;

/**
 * A day of UTC is mostly one day of the site: in Kolkata until 18:30, and what comes after is the next one's. So the counters tell most of
 * it, and only the strips beside midnight, half of the jobs at the most, have to be read one by one.
 */
final class DayBorders {

	/** @var array<string,string> Day of UTC => day of the site. */
	private array $main = array();

	public function __construct( private readonly SiteDays $days ) {
	}

	/** The site's day that most of a day of UTC is. */
	public function main( string $utc ): string {
		return $this->main[ $utc ] ??= self::longest( $this->days->parts( $utc ) );
	}

	/**
	 * @param iterable<string> $utc Days of UTC.
	 * @return \Generator<int,array{0:string,1:string}> First and last second of what is not of their main day.
	 */
	public function strips( iterable $utc ): \Generator {
		foreach ( $utc as $day ) {
			$parts              = $this->days->parts( $day );
			$this->main[ $day ] = self::longest( $parts );
			foreach ( $parts as [ $first, $last, $is ] ) {
				if ( $is !== $this->main[ $day ] ) {
					yield array( $first, $last );
				}
			}
		}
	}

	/** @param list<array{0:string,1:string,2:string}> $parts Of SiteDays. */
	private static function longest( array $parts ): string {
		$lengths = array();
		foreach ( $parts as [ $first, $last, $day ] ) {
			$lengths[ $day ] = Times::unix( $last ) - Times::unix( $first );
		}
		arsort( $lengths );

		return (string) array_key_first( $lengths );
	}
}
