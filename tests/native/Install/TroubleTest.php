<?php
/**
 * A database that does not do what it is told.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\Lock;
use SellMyImages\Install\Trouble;
use SellMyImages\Plugin;

final class TroubleTest extends InstallTestCase {

	/** @return array<string,array{0:int,1:string,2:string}> */
	public function refusals(): array {
		return array(
			'no right to alter'  => array( 1142, 'ALTER command denied to user', 'rights CREATE, ALTER' ),
			'no right at all'    => array( 1044, 'Access denied for user', 'rights CREATE, ALTER' ),
			'no privilege'       => array( 1227, 'Access denied; you need SUPER', 'rights CREATE, ALTER' ),
			'read-only'          => array( 1290, 'The server is running with the --read-only option', 'read-only' ),
			'read-only session'  => array( 1792, 'Cannot execute statement in a READ ONLY transaction', 'read-only' ),
			'read-only mode'     => array( 1836, 'Running in read-only mode', 'read-only' ),
			'disk full'          => array( 1021, 'Disk full', 'disk of the database server is full' ),
			'table full'         => array( 1114, 'The table is full', 'disk of the database server is full' ),
			'no space, as errno' => array( 1030, 'Got error 28 from storage engine', 'disk of the database server is full' ),
			'something else'     => array( 1105, 'Unknown error of a proxy', 'Unknown error of a proxy' ),
		);
	}

	/** @dataProvider refusals */
	public function test_a_refused_change_is_a_sentence_and_no_page_fails( int $code, string $message, string $said ): void {
		$this->older_table( 3 );
		$rows = self::db()->rows( 'SELECT * FROM {jobs} ORDER BY id' );
		$this->refuse( '/^(ALTER|CREATE)/i', $code, $message );
		self::assertFalse( $this->install() );
		$this->as_admin();
		$this->open_admin_page();
		$notice = $this->notice();
		self::assertStringContainsString( $said, $notice );
		self::assertStringContainsString( 'Nothing was lost', $notice );
		self::assertStringContainsString( 'Try again now', $notice );
		self::assertSame( 'critical', Plugin::instance()->site_health()->tables_are_right()['status'] );
		self::assertStringContainsString( $said, wp_specialchars_decode( Plugin::instance()->site_health()->tables_are_right()['description'], ENT_QUOTES ) );
		self::assertSame( 503, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
		deactivate_plugins( 'sell-my-images/sell-my-images.php' );
		self::assertNull( activate_plugin( 'sell-my-images/sell-my-images.php' ) );
		self::assertSame( $rows, self::db()->rows( 'SELECT * FROM {jobs} ORDER BY id' ) );

		$kept = get_option( Trouble::OPTION );
		self::assertSame( array( $code, true ), array( $kept['code'], str_contains( $kept['message'], $message ) ) );
		remove_all_filters( 'query' );
		self::assertFalse( $this->install(), 'Not on each request.' );
		$this->time_passes();
		self::assertTrue( $this->install() );
		$this->run_upgrade();
		self::assertSame( '', $this->notice() );
		self::assertSame( 'good', Plugin::instance()->site_health()->tables_are_right()['status'] );
	}

	public function test_it_is_tried_again_later_each_time(): void {
		$this->older_table( 1 );
		$this->refuse( '/^ALTER/i', 1142, 'denied' );
		$waits = array();
		for ( $try = 0; $try < 8; $try++ ) {
			$this->install();
			$waits[] = Plugin::instance()->upgrade_trouble()->waits();
			$this->time_passes();
		}
		self::assertEqualsWithDelta( array( 60, 120, 240, 480, 960, 1920, 3600, 3600 ), $waits, 2 );
	}

	public function test_a_database_that_takes_nothing_at_all_is_a_sentence_too(): void {
		$this->older_table( 1 );
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$this->refuse( '/^(ALTER|CREATE|INSERT|UPDATE|DELETE)/i', 1290, 'The MariaDB server is running with the --read-only option' );
		$this->as_admin();
		$this->open_admin_page();
		self::assertStringContainsString( 'read-only', $this->notice() );
		remove_all_filters( 'query' );
		self::assertTrue( $this->install() );
	}

	public function test_a_lost_connection_is_tried_again_before_anybody_reads_of_it(): void {
		$this->older_table( 1 );
		$this->refuse( '/^ALTER/i', 2013, 'Lost connection to MySQL server during query' );
		self::assertFalse( $this->install() );
		self::assertLessThanOrEqual( 10, Plugin::instance()->upgrade_trouble()->waits() );
		self::assertStringNotContainsString( 'notice-error', $this->notice() );
	}

	public function test_another_plugins_exception_is_caught_as_well(): void {
		$this->older_table( 1 );
		$seen = 0;
		add_filter(
			'query',
			static function ( string $query ) use ( &$seen ): string {
				if ( ! str_starts_with( $query, 'ALTER' ) ) {
					return $query;
				}
				++$seen;
				throw new \Error( 'Call to undefined function x()' );
			}
		);
		self::assertFalse( $this->install() );
		self::assertSame( 1, $seen );
		self::assertStringContainsString( 'Call to undefined function x()', $this->notice() );
	}

	public function test_only_who_can_do_something_reads_of_it(): void {
		$this->older_table( 1 );
		$this->refuse( '/^ALTER/i', 1142, 'denied' );
		$this->install();
		$this->as_role( 'editor' );
		self::assertSame( '', $this->show_notice() );
	}

	public function test_a_person_may_try_again_at_once(): void {
		$this->older_table( 1 );
		$this->refuse( '/^ALTER/i', 1142, 'denied' );
		$this->install();
		remove_all_filters( 'query' );
		$this->as_admin();
		$this->open_admin_page();
		self::assertFalse( self::state()->has_tables() );
		$_GET['smi_upgrade'] = wp_create_nonce( 'smi_upgrade' );
		$this->open_admin_page();
		unset( $_GET['smi_upgrade'] );
		self::assertTrue( self::state()->has_tables() );
	}

	public function test_a_step_that_is_refused_leaves_the_shop_open(): void {
		$this->older_table( 3 );
		self::assertTrue( $this->install() );
		$this->refuse( '/ADD KEY/i', 1142, 'INDEX command denied to user' );
		for ( $part = 0; $part < 10; $part++ ) {
			Plugin::instance()->upgrade()->go_on( microtime( true ), true );
		}
		self::assertSame( 'keys', self::state()->todo()[0] );
		$this->as_admin();
		self::assertStringContainsString( 'selling goes on', $this->notice() );
		$answer = $this->rest( 'GET', '/smi/v1/jobs/stats' );
		self::assertSame( 200, $answer->get_status() );
		self::assertContains( 'upgrade_failed', array_column( $answer->get_data()['notices'], 'code' ) );
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
	}

	public function test_only_one_is_at_it_and_the_other_goes_on_without(): void {
		$this->older_table( 3 );
		$other = new Lock( self::db() );
		self::assertTrue( $other->take() );
		$begun = microtime( true );
		self::assertFalse( $this->install() );
		self::assertLessThan( 1.0, microtime( true ) - $begun );
		self::assertNull( Plugin::instance()->upgrade_trouble()->get(), 'That is no trouble.' );
		self::assertFalse( ( new Lock( self::db() ) )->take() );
		$other->release();
		self::assertTrue( $this->install() );
	}

	public function test_a_lock_whose_holder_was_killed_is_taken_over_by_one_alone(): void {
		$killed = new Lock( self::db() );
		self::assertTrue( $killed->take() );
		self::db()->execute( 'UPDATE ' . self::db()->core_table( 'options' ) . " SET option_value = 'x|2020-01-01 00:00:00' WHERE option_name = %s", Lock::OPTION );
		$first = new Lock( self::db() );
		self::assertTrue( $first->take() );
		self::assertFalse( ( new Lock( self::db() ) )->take() );
		self::assertFalse( $killed->renew(), 'Who slept too long must notice.' );
		$killed->release();
		self::assertTrue( $first->renew() );
		$first->release();
	}

	/** Lets the database refuse, by its own means, what looks like this. */
	private function refuse( string $pattern, int $code, string $message ): void {
		add_filter( 'query', static fn( string $query ): string => 1 === preg_match( $pattern, trim( $query ) ) && 1 === preg_match( '/smi_/', $query ) ? "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = $code, MESSAGE_TEXT = '$message'" : $query );
	}

	private function time_passes(): void {
		update_option( Trouble::OPTION, array( 'next' => time() - 1 ) + (array) get_option( Trouble::OPTION ) );
	}

	private function notice(): string {
		$this->as_admin();

		return $this->show_notice();
	}

	private function show_notice(): string {
		ob_start();
		do_action( 'admin_notices' );

		return wp_specialchars_decode( (string) ob_get_clean(), ENT_QUOTES );
	}
}
