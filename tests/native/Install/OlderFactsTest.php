<?php
/**
 * In which time zone and currency an older table was written.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\OlderTimes;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

/**
 * The database of these tests is in +05:30.
 */
final class OlderFactsTest extends TestCase {

	protected function setUp(): void {
		parent::setUp();
		update_option( 'timezone_string', 'America/New_York' );
	}

	protected function tearDown(): void {
		update_option( 'timezone_string', '' );
		delete_option( OlderFacts::OPTION );
		delete_option( 'sell_my_images_settings' );
		parent::tearDown();
	}

	/** @return array<string,array{string,string,array{string|null,string|null}}> Zones of created_at and paid_at => what is found. */
	public static function zones(): array {
		return array(
			'dated by the database, paid in UTC'      => array( '+05:30', 'UTC', array( 'database', 'UTC' ) ),
			'dated by the database, paid on site'     => array( '+05:30', 'America/New_York', array( 'database', 'site' ) ),
			'dated in UTC, paid on site'              => array( 'UTC', 'America/New_York', array( 'UTC', 'site' ) ),
			'both in one zone, which may be any'      => array( 'UTC', 'UTC', array( null, null ) ),
			'in no zone that an older version wrote in' => array( 'Asia/Tokyo', 'UTC', array( null, null ) ),
		);
	}

	/**
	 * @dataProvider zones
	 * @param array{string|null,string|null} $wanted Of created_at, and of the other times.
	 */
	public function test_finds_zones_by_how_soon_buyers_pay( string $created, string $paid, array $wanted ): void {
		$this->older_jobs( $created, $paid );
		$found = $this->facts()->find();
		self::assertSame( $wanted, array( $found['created'], $found['events'] ) );
		self::assertNotSame( '', $found['why'][0] );
	}

	public function test_zones_of_one_time_are_one_zone(): void {
		update_option( 'timezone_string', 'Asia/Kolkata' );
		$this->older_jobs( '+05:30', 'UTC' );
		self::assertContains( $this->facts()->find()['created'], array( 'site', 'database' ) );
	}

	public function test_a_zone_in_which_orders_would_be_of_tomorrow_is_none(): void {
		$this->older_jobs( '+05:30', '+05:30', array( 0 ) );
		self::assertSame( array( 'database', 'database' ), array( $this->facts()->find()['created'], $this->facts()->find()['events'] ) );
	}

	public function test_without_payments_the_zone_is_asked(): void {
		self::assertNull( $this->facts()->find()['created'] );
	}

	public function test_the_currency_is_that_of_the_settings_or_asked(): void {
		delete_option( 'smi_settings' );
		self::assertNull( $this->facts()->find()['currency'] );
		update_option( 'sell_my_images_settings', array( 'currency' => 'eur' ) );
		self::assertSame( 'EUR', $this->facts()->find()['currency'] );
		update_option( 'smi_settings', array( 'currency' => 'GBP' ) );
		self::assertNull( $this->facts()->find()['currency'], 'Two that contradict each other.' );
	}

	public function test_an_answer_goes_before_what_is_found(): void {
		$this->older_jobs( '+05:30', 'UTC' );
		OlderFacts::answer( 'Europe/Berlin', 'chf' );
		$found = $this->facts()->find();
		self::assertSame( array( 'Europe/Berlin', 'Europe/Berlin', 'CHF' ), array( $found['created'], $found['events'], $found['currency'] ) );
	}

	public function test_an_answer_that_means_nothing_is_refused_with_a_sentence(): void {
		foreach ( array( array( 'Mars/Base', null ), array( null, 'XYZ' ), array( '', null ) ) as $answer ) {
			try {
				OlderFacts::answer( ...$answer );
				self::fail( 'Taken.' );
			} catch ( \InvalidArgumentException $refused ) {
				self::assertStringEndsWith( '.', $refused->getMessage() );
			}
		}
		self::assertFalse( get_option( OlderFacts::OPTION ) );
	}

	public function test_times_are_read_back_also_where_the_clock_was_changed(): void {
		self::assertSame( '2026-01-15 17:00:00', OlderTimes::to_utc( '2026-01-15 12:00:00', OlderTimes::SITE ) );
		self::assertSame( '2026-07-15 16:00:00', OlderTimes::to_utc( '2026-07-15 12:00:00', OlderTimes::SITE ) );
		self::assertSame( '2026-07-15 10:00:00', OlderTimes::to_utc( '2026-07-15 12:00:00', 'Europe/Berlin' ) );
		self::assertSame( '2026-07-15 12:00:00', OlderTimes::to_utc( '2026-07-15 12:00:00', OlderTimes::UTC ) );
		self::assertSame( array( null, null ), array( OlderTimes::to_utc( null, OlderTimes::UTC ), OlderTimes::to_utc( '0000-00-00 00:00:00', OlderTimes::UTC ) ) );
		$this->older_jobs( '+05:30', 'UTC', array( 100 ) );
		$db = Plugin::instance()->db();
		self::assertSame( $this->when( 100, 'UTC' ), $db->value( 'SELECT ' . OlderTimes::sql( 'created_at' ) . ' AS t FROM {jobs}' ) );
		self::assertNull( $db->value( 'SELECT ' . OlderTimes::sql( 'failed_at' ) . ' AS t FROM {jobs}' ) );
	}

	private function facts(): OlderFacts {
		return new OlderFacts( Plugin::instance()->db() );
	}

	/**
	 * Orders of summer and winter, each paid two minutes later; one was paid a day later.
	 *
	 * @param list<int> $days How long ago.
	 */
	private function older_jobs( string $created, string $paid, array $days = array( 1, 30, 60, 120, 150, 200, 240, 300, 330 ) ): void {
		foreach ( $days as $i => $ago ) {
			$this->make_job(
				array(
					'status'         => 'completed',
					'payment_status' => 'paid',
					'created_at'     => $this->when( $ago, $created ),
					'paid_at'        => $this->when( $ago, $paid, 3 === $i ? DAY_IN_SECONDS : 120 ),
				)
			);
		}
	}

	private function when( int $days_ago, string $zone, int $later = 0 ): string {
		return ( new \DateTimeImmutable( '@' . ( intdiv( time(), 60 ) * 60 - 180 - $days_ago * DAY_IN_SECONDS + $later ) ) )->setTimezone( new \DateTimeZone( $zone ) )->format( 'Y-m-d H:i:s' );
	}
}
