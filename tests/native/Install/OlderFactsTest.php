<?php
/**
 * In which time zone and currency an older table was written.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\Layout\Found;
use SellMyImages\Install\OlderCurrency;
use SellMyImages\Install\OlderEvidence;
use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\OlderTable;
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

	/** @return array<string,array{0:string,1:string,2:array{0:string|null,1:string|null}}> Zones of created_at and paid_at; what is found. */
	public static function zones(): array {
		return array(
			'dated by the database, paid in UTC'      => array( '+05:30', 'UTC', array( '+05:30', 'UTC' ) ),
			'dated by the database, paid on site'     => array( '+05:30', 'America/New_York', array( '+05:30', 'America/New_York' ) ),
			'dated in UTC, paid on site'              => array( 'UTC', 'America/New_York', array( 'UTC', 'America/New_York' ) ),
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
		self::assertSame( $wanted, array( $found->created, $found->events ) );
		self::assertSame( null === $wanted[1], isset( $found->questions()['timezone'] ) );
	}

	public function test_zones_of_one_time_are_one_zone(): void {
		update_option( 'timezone_string', 'Asia/Kolkata' );
		$this->older_jobs( '+05:30', 'UTC' );
		self::assertContains( $this->facts()->find()->created, array( 'Asia/Kolkata', '+05:30' ) );
	}

	public function test_a_zone_in_which_orders_would_be_of_tomorrow_is_none(): void {
		$this->older_jobs( '+05:30', '+05:30', array( 0, 0, 0 ) );
		self::assertSame( array( '+05:30', '+05:30' ), array( $this->facts()->find()->created, $this->facts()->find()->events ) );
	}

	public function test_of_few_orders_the_zone_is_asked(): void {
		$this->older_jobs( '+05:30', 'UTC', array( 1, 2 ) );
		$found = $this->facts()->find();
		self::assertSame( array( null, OlderEvidence::FEW ), array( $found->events, $found->questions()['timezone'] ) );
	}

	public function test_without_orders_nothing_is_asked(): void {
		self::assertSame( array(), $this->facts()->find()->questions() );
	}

	public function test_a_row_that_the_database_dates_with_each_change_tells_the_zone_of_the_rest(): void {
		$this->older_jobs( 'UTC', 'UTC' );
		self::assertSame( OlderEvidence::SEVERAL, $this->facts()->find()->questions()['timezone'] );
		$this->note_table( array( 'is_dated' => true ) );
		foreach ( Plugin::instance()->db()->rows( 'SELECT id, paid_at FROM {jobs}' ) as $number => $row ) {
			// Most were changed again days later, when their files were tidied away.
			$seconds = $number % 3 > 0 ? 200000 + 1000 * $number : 5;
			$changed = gmdate( 'Y-m-d H:i:s', (int) strtotime( $row['paid_at'] . ' UTC' ) + 19800 + $seconds );
			Plugin::instance()->db()->execute( 'UPDATE {jobs} SET updated_at = %s WHERE id = %d', $changed, (int) $row['id'] );
		}
		$found = $this->facts()->find();
		$zones = array( $found->created, $found->events, $found->updated );
		self::assertSame( array( OlderEvidence::FITS, array( 'UTC', 'UTC', '+05:30' ) ), array( $found->zone_why, $zones ) );
		self::assertSame( array( 'updated_at' ), $found->moved() );
	}

	public function test_the_currency_is_that_of_the_settings_or_of_the_published_versions_or_asked(): void {
		$this->note_table( array( 'has_currency' => false ) );
		$this->make_job( array( 'amount_charged' => '4.90', 'older_times' => 1 ) );
		$currency = function (): array {
			$found = $this->facts()->find();
			return array( $found->currency, $found->currency_why );
		};
		delete_option( 'smi_settings' );
		self::assertSame( array( null, OlderCurrency::UNKNOWN ), $currency() );
		update_option( 'sell_my_images_settings', array( 'currency' => 'eur' ) );
		self::assertSame( array( 'EUR', OlderCurrency::SETTINGS ), $currency() );
		update_option( 'smi_settings', array( 'currency' => 'GBP' ) );
		self::assertSame( array( null, OlderCurrency::MANY ), $currency(), 'Two that contradict each other.' );
		delete_option( 'smi_settings' );
		delete_option( 'sell_my_images_settings' );
		update_option( 'smi_stripe_test_mode', '0' );
		self::assertSame( array( 'USD', OlderCurrency::PUBLISHED ), $currency() );
		update_option( 'smi_settings', array( 'currency' => 'EUR' ) );
		self::assertSame( array( null, OlderCurrency::MANY ), $currency(), 'One of today is no proof of what was.' );
		Plugin::instance()->db()->execute( 'UPDATE {jobs} SET amount_charged = NULL' );
		self::assertSame( array( '', OlderFacts::NOTHING ), $currency(), 'No amounts, no question.' );
		$this->note_table( array( 'has_currency' => true ) );
		self::assertSame( array( '', OlderFacts::IN_ROWS ), $currency() );
	}

	public function test_an_answer_goes_before_what_is_found(): void {
		$this->note_table( array( 'has_currency' => false ) );
		$this->older_jobs( '+05:30', 'UTC' );
		$this->facts()->answer( 'europe/berlin', 'chf' );
		$found = $this->facts()->find();
		self::assertSame( array( 'Europe/Berlin', 'Europe/Berlin', 'CHF' ), array( $found->created, $found->events, $found->currency ) );
		$dry = $this->facts()->find( array( 'timezone' => 'Asia/Tokyo' ) );
		self::assertSame( 'Asia/Tokyo', $dry->events, 'And one of a dry run before it.' );
	}

	/** @return array<string,array{0:string|null,1:string|null}> */
	public static function nonsense(): array {
		return array(
			'a planet'        => array( 'Mars/Base', null ),
			'half of a year'  => array( 'CEST', null ),
			'too far'         => array( '+25:00', null ),
			'nothing'         => array( '', null ),
			'no currency'     => array( null, 'XYZ' ),
			'three decimals'  => array( null, 'KWD' ),
			'one is right'    => array( 'Europe/Berlin', 'euros' ),
		);
	}

	/** @dataProvider nonsense */
	public function test_an_answer_that_means_nothing_is_refused_with_a_sentence( ?string $zone, ?string $currency ): void {
		try {
			$this->facts()->answer( $zone, $currency );
			self::fail( 'Taken.' );
		} catch ( \InvalidArgumentException $refused ) {
			self::assertStringEndsWith( 'Nothing was changed.', $refused->getMessage() );
		}
		self::assertFalse( get_option( OlderFacts::OPTION ) );
	}

	public function test_an_answer_that_comes_too_late_is_refused(): void {
		$this->facts()->settle();
		$this->expectException( \InvalidArgumentException::class );
		$this->facts()->answer( 'Europe/Berlin', null );
	}

	/** @return array<string,array{0:string,1:string|null}> */
	public static function names(): array {
		return array(
			'a name'              => array( 'America/New_York', 'America/New_York' ),
			'in small letters'    => array( ' america/new_york ', 'America/New_York' ),
			'UTC'                 => array( 'utc', 'UTC' ),
			'an offset'           => array( '+5:30', '+05:30' ),
			'one behind'          => array( '-0330', '-03:30' ),
			'as WordPress has it' => array( 'UTC-9.5', '-09:30' ),
			'a quarter'           => array( 'UTC+12.75', '+12:45' ),
			'an abbreviation'     => array( 'CEST', null ),
			'farther than any'    => array( '+14:15', null ),
		);
	}

	/** @dataProvider names */
	public function test_zones_are_known_by_name_or_offset( string $written, ?string $name ): void {
		self::assertSame( $name, OlderTimes::zone( $written )?->getName() );
	}

	public function test_times_are_read_back_also_where_the_clock_was_changed(): void {
		$db      = Plugin::instance()->db();
		$cases = array(
			array( '2026-01-15 12:00:00', 'America/New_York', '2026-01-15 17:00:00' ),
			array( '2026-07-15 12:00:00', 'America/New_York', '2026-07-15 16:00:00' ),
			array( '2026-07-15 12:00:00', 'Europe/Berlin', '2026-07-15 10:00:00' ),
			array( '2026-07-15 12:00:00', 'UTC', '2026-07-15 12:00:00' ),
			array( '2026-07-15 12:00:00', '-03:30', '2026-07-15 15:30:00' ),
			'the hour that was left out' => array( '2026-03-29 02:30:00', 'Europe/Berlin', '2026-03-29 01:30:00' ),
			'the last moment before'     => array( '2026-03-29 01:59:59', 'Europe/Berlin', '2026-03-29 00:59:59' ),
			'the first moment after'     => array( '2026-03-29 03:00:00', 'Europe/Berlin', '2026-03-29 01:00:00' ),
			'the first of twice'         => array( '2025-10-26 02:30:00', 'Europe/Berlin', '2025-10-26 00:30:00' ),
			'just before twice'          => array( '2025-10-26 01:59:59', 'Europe/Berlin', '2025-10-25 23:59:59' ),
			'just after twice'           => array( '2025-10-26 03:00:00', 'Europe/Berlin', '2025-10-26 02:00:00' ),
			'half an hour of summer'     => array( '2025-04-06 01:45:00', 'Australia/Lord_Howe', '2025-04-05 14:45:00' ),
		);
		foreach ( $cases as $name => list( $time, $zone, $wanted ) ) {
			self::assertSame( $wanted, $this->in_sql( $time, $zone ), (string) $name );
			if ( ! in_array( $name, array( 'the first of twice', 'half an hour of summer' ), true ) ) {
				self::assertSame( $wanted, gmdate( 'Y-m-d H:i:s', OlderTimes::unix( $time, $zone ) ), "$name, in PHP" );
			}
		}
		$later = "%s < '2025-10-26 00:45:00'";
		self::assertSame( '2025-10-26 01:30:00', $this->in_sql( '2025-10-26 02:30:00', 'Europe/Berlin', $later ), 'The second, where something shows it.' );
		self::assertSame( '2025-10-26 00:50:00', $this->in_sql( '2025-10-26 02:50:00', 'Europe/Berlin', $later ) );
		$this->older_jobs( '+05:30', 'UTC', array( 100 ) );
		$sql    = static fn( string $column, string $zone ): string => OlderTimes::sql( $column, $zone, 0, time() );
		$of_row = static fn( string $column, string $zone ): ?string => $db->value( 'SELECT ' . $sql( $column, $zone ) . ' AS t FROM {jobs}' );
		self::assertSame( $this->when( 100, 'UTC' ), $of_row( 'created_at', '+05:30' ) );
		// The server's own zone, which only the database knows; here it is UTC.
		self::assertSame( $this->when( 100, '+05:30' ), $of_row( 'created_at', 'SYSTEM' ) );
		self::assertNull( $of_row( 'failed_at', 'SYSTEM' ) );
	}

	private function in_sql( string $time, string $zone, string $is_second = '1 = 0' ): ?string {
		$span = array( OlderTimes::unix( '2020-01-01', 'UTC' ), OlderTimes::unix( '2027-01-01', 'UTC' ) );
		$sql  = OlderTimes::sql( "CAST('$time' AS DATETIME)", $zone, ...$span, ...array( $is_second ) );

		return Plugin::instance()->db()->value( "SELECT $sql AS t" );
	}

	private function facts(): OlderFacts {
		return Plugin::instance()->older_facts();
	}

	/** @param array<string,mixed> $table As an older table would have told of itself. */
	private function note_table( array $table ): void {
		$jobs = Found::read( Plugin::instance()->db(), 'jobs' );
		update_option( OlderFacts::OPTION, array( 'table' => $table + OlderTable::describe( $jobs, '+05:30' )->to_array() ) );
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
					'older_times'    => 1,
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
