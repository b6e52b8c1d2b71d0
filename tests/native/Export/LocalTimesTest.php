<?php
/**
 * Times of exports.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Export;

use SellMyImages\Export\LocalTimes;
use SellMyImages\Tests\TestCase;

final class LocalTimesTest extends TestCase {

	/** @return list<array{0:string}> */
	public function zones(): array {
		return array( array( 'UTC' ), array( 'Europe/Berlin' ), array( 'America/St_Johns' ), array( 'Asia/Kolkata' ), array( 'Asia/Kathmandu' ), array( 'Australia/Lord_Howe' ), array( 'America/Los_Angeles' ), array( '+05:30' ), array( '-08:00' ), array( 'Pacific/Apia' ) );
	}

	/** @dataProvider zones */
	public function test_are_what_php_says_around_the_clock_and_around_its_changes( string $name ): void {
		$zone  = new \DateTimeZone( $name );
		$local = new LocalTimes( $zone, false );
		$iso   = new LocalTimes( $zone, true );
		$times = array_map( static fn( int $i ): int => 1767225600 + $i * 7001, range( 0, 4600 ) );
		foreach ( $zone->getTransitions( 1767225600, 1798761600 ) ?: array() as $change ) {
			array_push( $times, $change['ts'] - 1, $change['ts'], $change['ts'] + 1, $change['ts'] + 1800, $change['ts'] - 3599 );
		}
		foreach ( $times as $time ) {
			$sql  = gmdate( 'Y-m-d H:i:s', $time );
			$want = ( new \DateTimeImmutable( "@$time" ) )->setTimezone( $zone );
			self::assertSame( $want->format( 'Y-m-d H:i:s' ), $local->format( $sql ) );
			self::assertSame( $want->format( 'c' ), $iso->format( $sql ) );
		}
	}

	public function test_no_time_stays_none(): void {
		$local = new LocalTimes( new \DateTimeZone( 'Europe/Berlin' ), true );
		self::assertSame( array( null, null, null ), array( $local->format( null ), $local->format( '' ), $local->format( '0000-00-00 00:00:00' ) ) );
	}
}
