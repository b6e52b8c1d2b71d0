<?php
/**
 * Days of a zone beside those of UTC.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\JobList;

use SellMyImages\JobList\Report\DayBorders;
use SellMyImages\JobList\Report\SiteDays;
use SellMyImages\Tests\TestCase;

final class SiteDaysTest extends TestCase {

	/** @return array<string,array{0:string,1:string,2:list<array{0:string,1:string}>}> Zone, a day of UTC, and what of it is not of its main day. */
	public static function days(): array {
		return array(
			'UTC'                                 => array( 'UTC', '2026-05-01', array() ),
			'Kolkata'                             => array( 'Asia/Kolkata', '2026-05-01', array( array( '18:30:00', '23:59:59' ) ) ),
			'an offset west'                      => array( '-08:00', '2026-05-01', array( array( '00:00:00', '07:59:59' ) ) ),
			'Auckland, of which most is tomorrow' => array( 'Pacific/Auckland', '2026-01-05', array( array( '00:00:00', '10:59:59' ) ) ),
			'London in winter'                    => array( 'Europe/London', '2026-01-05', array() ),
			'Berlin, the clock put forward'       => array( 'Europe/Berlin', '2026-03-29', array( array( '22:00:00', '23:59:59' ) ) ),
			'Havana, put forward at midnight'     => array( 'America/Havana', '2026-03-08', array( array( '00:00:00', '04:59:59' ) ) ),
			'Beirut, put back over midnight'      => array( 'Asia/Beirut', '2025-10-25', array( array( '22:00:00', '23:59:59' ) ) ),
			'Newfoundland, put back after it'     => array( 'America/St_Johns', '2010-11-07', array( array( '00:00:00', '03:29:59' ) ) ),
			'Samoa, where a day was left out'     => array( 'Pacific/Apia', '2011-12-30', array( array( '00:00:00', '09:59:59' ) ) ),
		);
	}

	/**
	 * @dataProvider days
	 * @param list<array{0:string,1:string}> $wanted Times of the day.
	 */
	public function test_what_is_another_day_is_known_to_the_second( string $zone, string $utc, array $wanted ): void {
		$days    = new SiteDays( new \DateTimeZone( $zone ) );
		$borders = new DayBorders( $days );
		$strips  = iterator_to_array( $borders->strips( array( $utc ) ), false );
		self::assertSame( $wanted, array_map( static fn( array $strip ): array => array( substr( $strip[0], 11 ), substr( $strip[1], 11 ) ), $strips ) );
	}

	/** @dataProvider days */
	public function test_outside_the_strips_every_second_is_of_the_main_day( string $zone, string $utc ): void {
		$days    = new SiteDays( new \DateTimeZone( $zone ) );
		$borders = new DayBorders( $days );
		// Around the day as well, over a week.
		for ( $day = (int) strtotime( "$utc UTC" ) - 3 * DAY_IN_SECONDS, $end = $day + 7 * DAY_IN_SECONDS; $day < $end; $day += DAY_IN_SECONDS ) {
			$date   = gmdate( 'Y-m-d', $day );
			$strips = iterator_to_array( $borders->strips( array( $date ) ), false );
			for ( $at = $day; $at < $day + DAY_IN_SECONDS; $at += 299 ) {
				$time    = gmdate( 'Y-m-d H:i:s', $at );
				$covered = count( array_filter( $strips, static fn( array $strip ): bool => $time >= $strip[0] && $time <= $strip[1] ) );
				self::assertLessThanOrEqual( 1, $covered, "$time is read twice." );
				if ( 0 === $covered && $days->of( $time ) !== $borders->main( $date ) ) {
					self::fail( "$time is not of {$borders->main( $date )}." );
				}
			}
		}
	}
}
