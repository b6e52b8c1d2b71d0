<?php
/**
 * Times and currency of older rows: found.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\OlderFacts;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Plugin;

final class OlderRowsTest extends OlderRowsTestCase {

	/** @return array<string,array{0:OlderOrders,1:string,2:string,3:array<string,mixed>}> Orders, body and options of the table, more columns. */
	public function shapes(): array {
		$all   = static fn(): OlderOrders => OlderOrders::published( self::SITE, self::DATABASE );
		$in    = static fn( string ...$zones ): OlderOrders => new OlderOrders( array_combine( array( 'created', 'events', 'link', 'updated' ), $zones ) );
		$but   = static fn( array $changes ): string => strtr( self::OLDER, $changes );
		$later = array(
			'processing_started_at datetime DEFAULT NULL,',
			'completed_at datetime DEFAULT NULL,',
			'failed_at datetime DEFAULT NULL,',
			'refunded_at datetime DEFAULT NULL,',
			'source_type varchar(20) DEFAULT NULL,',
			'upload_file_path text,',
			'refund_amount decimal(10,2) DEFAULT NULL,',
			'refund_reason text,',
		);
		$stamp = array(
			'paid_at datetime'    => 'paid_at timestamp NULL',
			'updated_at datetime' => 'updated_at timestamp NOT NULL',
			'created_at datetime' => 'created_at timestamp NOT NULL',
		);
		$plain = array( ' ON UPDATE CURRENT_TIMESTAMP' => '' );
		$money = array( 'refund_reason text' => "currency varchar(3) DEFAULT 'usd', refund_reason text" );

		return array(
			'as published'                      => array( $all(), self::OLDER, '', array() ),
			'the first published'               => array( $all(), str_replace( $later, '', self::OLDER ), '', array() ),
			'MyISAM and latin1'                 => array( $all(), self::OLDER, 'ENGINE=MyISAM DEFAULT CHARACTER SET latin1', array() ),
			'times as text'                     => array( $all(), $but( array( 'paid_at datetime' => 'paid_at varchar(30)' ) ), '', array() ),
			'timestamps'                        => array( $all(), $but( $stamp ), '', array() ),
			'with a currency'                   => array( $all(), $but( $money ), '', array( 'currency' => 'eur' ) ),
			'dated by the database, PHP in UTC' => array( $in( self::DATABASE, 'UTC', 'UTC', 'UTC' ), $but( $plain ), '', array() ),
			'PHP in UTC'                        => array( OlderOrders::published( 'UTC', self::DATABASE ), self::OLDER, '', array() ),
			'links in the site’s zone too'      => array( $in( self::SITE, self::SITE, self::SITE, self::DATABASE ), self::OLDER, '', array() ),
		);
	}

	/**
	 * @dataProvider shapes
	 * @param array<string,mixed> $more Columns of each row.
	 */
	public function test_every_time_of_each_row_is_put_into_utc_once( OlderOrders $orders, string $body, string $options, array $more ): void {
		$this->older_orders( $orders->fill( 42 ), $body, $options, $more );
		$is_partial = ! str_contains( $body, 'completed_at' );
		$columns    = $is_partial ? array( 'created_at', 'paid_at', 'updated_at', 'download_expires_at' ) : null;
		self::assertTrue( $this->install(), (string) wp_json_encode( Plugin::instance()->upgrade_trouble()->get() ) );
		$new = Plugin::instance()->jobs()->insert( array( 'payment_status' => 'pending', 'created_at' => '2026-01-05 12:00:00' ) );
		$this->run_upgrade();
		$this->assert_in_utc( $orders, array(), $columns );
		$this->assert_counted();
		$is_partial || $this->assert_refunds( $orders );
		self::assertSame( '2026-01-05 12:00:00', Plugin::instance()->jobs()->find( $new->job_id )?->created_at, 'What is new is in UTC.' );
		$currencies = self::db()->column( 'SELECT DISTINCT BINARY currency AS c FROM {jobs} WHERE id <= 42' );
		self::assertSame( array( isset( $more['currency'] ) ? 'EUR' : 'USD' ), $currencies );
		$this->assert_layout_is_todays();

		$after = $this->all_rows();
		Plugin::instance()->upgrade_command()->run( static fn() => null );
		$this->install();
		Plugin::instance()->upgrade()->go_on( microtime( true ) + 5, true );
		self::assertSame( $after, $this->all_rows(), 'And not again.' );
	}

	public function test_an_hour_that_came_twice_is_told_apart_by_the_orders_themselves(): void {
		$orders = OlderOrders::published( self::SITE, self::DATABASE )->fill( 12 );
		$at     = static fn( string $utc ): int => (int) strtotime( "2025-11-02 $utc UTC" );
		// New York put its clocks back at 06:00 UTC: from 01:59 to 01:00.
		foreach ( array( '05:10:00', '05:50:00', '05:50:01', '05:57:30', '06:05:00', '06:40:00', '07:10:00' ) as $utc ) {
			$orders->add( $at( $utc ) );
		}
		// Paid in the second hour, or only finished in it.
		$orders->add( $at( '05:57:35' ) )->add( $at( '05:58:00' ), 'done', 140 )->add( $at( '05:59:00' ) );
		$this->older_orders( $orders );
		// The last three came before the clock was put back: their numbers say so.
		$this->put_before( array( 20, 21, 22 ), 17 );
		$this->install();
		$this->run_upgrade();
		$this->assert_counted();
		$sql   = 'SELECT TIME(%s) AS t FROM {jobs} WHERE %s ORDER BY id';
		$times = static fn( string $column, string $where ): array => self::db()->column( sprintf( $sql, $column, $where ) );
		$night = "created_at BETWEEN '2025-11-02 05:00:00' AND '2025-11-02 07:20:00' AND image_url <> 'crossing'";
		$each  = array( '05:10:00', '05:50:00', '05:50:01', '05:57:30', '06:05:00', '06:40:00', '07:10:00' );
		self::assertSame( $each, $times( 'created_at', $night ) );
		self::assertSame( array( '05:59:35', '06:00:20', '06:01:00' ), $times( 'paid_at', "image_url = 'crossing'" ) );
		self::assertSame( array( '06:00:36', '06:01:21', '06:02:01' ), $times( 'completed_at', "image_url = 'crossing'" ) );
	}

	public function test_nothing_moves_where_all_clocks_are_one(): void {
		update_option( 'timezone_string', 'UTC' );
		$this->database_zone( '+00:00' );
		$orders = $this->older_orders( OlderOrders::published( 'UTC', 'UTC' )->fill( 2 ) );
		$this->install();
		$this->run_upgrade();
		$this->assert_in_utc( $orders );
	}

	public function test_what_is_written_of_an_older_row_meanwhile_is_of_today_and_is_not_moved(): void {
		$orders = $this->older_orders( OlderOrders::published( self::SITE, self::DATABASE )->fill( 30 ) );
		$this->install();
		$plugin = Plugin::instance();
		$jobs   = $plugin->jobs();
		$find   = static fn( int $number ) => $jobs->find( sprintf( '00000000-0000-4000-8000-%012d', $number ) ) ?? self::fail();
		// A buyer pays an order of before; the payment began before the upgrade did.
		$paid = gmdate( 'Y-m-d H:i:s', time() - 600 );
		$jobs->update( $find( 4 ), array( 'status' => 'pending', 'payment_status' => PaymentStatus::Paid, 'paid_at' => $paid ) );
		// A refund of one that was refunded in part; a link that is sent again; a download; a note.
		$jobs->update( $find( 6 ), array( 'refunded_at' => $paid, 'payment_status' => PaymentStatus::Refunded ) );
		$jobs->update( $jobs->update( $find( 7 ), array( 'download_expires_at' => $paid ) ), array( 'completed_at' => $paid ) );
		self::db()->execute( 'UPDATE {jobs} SET download_count = 1, version = version + 1, updated_at = %s WHERE id = 12', $paid );
		$jobs->touch( $find( 13 ) );
		$stale = $find( 18 );
		$this->run_upgrade();

		$this->assert_in_utc( $orders, array( 4, 6, 7, 12, 13, 18 ) );
		$now = static fn( int $number ) => $find( $number )->to_row();
		$is  = static fn( int $number, array $but ) => array_replace( $orders->wanted( $number ), $but );
		$all = array( 4 => array( 'paid_at' ), 6 => array( 'refunded_at' ), 7 => array( 'download_expires_at', 'completed_at' ), 12 => array(), 13 => array() );
		foreach ( $all as $number => $written ) {
			$row    = $now( $number );
			$wanted = $is( $number, array( 'updated_at' => $row['updated_at'] ) + array_fill_keys( $written, $paid ) );
			self::assertSame( $wanted, array_intersect_key( array_replace( $wanted, $row ), $wanted ), "Row $number" );
			self::assertGreaterThan( gmdate( 'Y-m-d H:i:s', time() - 900 ), $row['updated_at'] );
		}
		$this->assert_counted();
		// Who read a row before it was put right and writes it after does not mark it once more.
		$jobs->update( $stale, array( 'failure_reason' => 'late' ) );
		self::assertSame( '0', $now( 18 )['older_times'] );
		self::assertSame( $orders->wanted( 18 )['created_at'], $now( 18 )['created_at'] );
	}

	public function test_a_sale_of_before_is_not_announced_again_whatever_the_clock(): void {
		update_option( 'timezone_string', 'Asia/Tokyo' );
		// By the clock in Tokyo it was paid hours after the upgrade began. One clock for all tells nothing, so that the zone is asked.
		$orders = OlderOrders::published( 'Asia/Tokyo', 'Asia/Tokyo' )->fill( 20 )->add( time() - 3600 );
		$this->older_orders( $orders, str_replace( ' ON UPDATE CURRENT_TIMESTAMP', '', self::OLDER ) );
		$this->install();
		$jobs = Plugin::instance()->jobs();
		$jobs->touch( $jobs->find( '00000000-0000-4000-8000-000000000021' ) ?? self::fail() );
		$done = static fn(): ?string => self::db()->value( 'SELECT payment_action_done_at FROM {jobs} WHERE id = 21' );
		$this->run_until_asked();
		self::assertSame( array( 'older' ), self::state()->todo() );
		self::assertNotNull( $done() );
		Plugin::instance()->older_facts()->answer( 'Asia/Tokyo', null );
		Plugin::instance()->setup()->again();
		$this->run_upgrade();
		self::assertSame( $orders->wanted( 21 )['paid_at'], $done() );
	}

	/** @return array<string,array{0:list<string>}> */
	public function lost_columns(): array {
		return array(
			'one'                                  => array( array( 'facet' ) ),
			'the one that says what was announced' => array( array( 'payment_action_done_at' ) ),
			'many'                                 => array( array( 'facet', 'version', 'email_domain', 'older_times' ) ),
		);
	}

	/**
	 * @dataProvider lost_columns
	 * @param list<string> $columns That somebody dropped.
	 */
	public function test_a_table_of_today_that_lost_a_column_is_in_utc_and_stays_so( array $columns ): void {
		foreach ( array( 30, 60, 90 ) as $days ) {
			$at = gmdate( 'Y-m-d H:i:s', time() - $days * DAY_IN_SECONDS );
			$job = array( 'payment_status' => 'paid', 'created_at' => $at, 'paid_at' => $at );
			Plugin::instance()->jobs()->insert( $job + array( 'amount_charged' => '4.90', 'currency' => 'EUR' ) );
		}
		$before = self::db()->rows( 'SELECT id, created_at, paid_at, updated_at, currency FROM {jobs} ORDER BY id' );
		foreach ( $columns as $column ) {
			self::db()->execute( "ALTER TABLE {jobs} DROP COLUMN $column" );
		}
		$this->install();
		$this->run_upgrade();
		self::assertSame( $before, self::db()->rows( 'SELECT id, created_at, paid_at, updated_at, currency FROM {jobs} ORDER BY id' ) );
		self::assertFalse( get_option( OlderFacts::OPTION ) );
	}

	public function test_a_zone_of_the_site_that_is_changed_in_the_middle_changes_nothing(): void {
		$orders = $this->older_orders( OlderOrders::published( self::SITE, self::DATABASE )->fill( 30 ) );
		$this->install();
		update_option( 'timezone_string', 'Asia/Tokyo' );
		$this->database_zone( '+00:00' );
		$this->run_upgrade();
		$this->assert_in_utc( $orders );
	}

	/**
	 * Gives rows other numbers, as if they had been ordered between others.
	 *
	 * @param list<int> $which Numbers of rows.
	 * @param int       $place In front of this one, which moves up.
	 */
	private function put_before( array $which, int $place ): void {
		self::db()->execute( "UPDATE {jobs} SET image_url = 'crossing', updated_at = updated_at WHERE id IN (%d)", $which );
		self::db()->execute( 'UPDATE {jobs} SET id = id + 1000, updated_at = updated_at WHERE id >= %d ORDER BY id DESC', $place );
		foreach ( $which as $at => $number ) {
			self::db()->execute( 'UPDATE {jobs} SET id = %d, updated_at = updated_at WHERE id = %d', $place + $at, $number + 1000 );
		}
	}
}
