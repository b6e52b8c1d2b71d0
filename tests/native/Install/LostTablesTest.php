<?php
/**
 * Tables that a backup did not bring back.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Install\Installer;
use SellMyImages\Install\Schema;
use SellMyImages\Plugin;

final class LostTablesTest extends InstallTestCase {

	protected function setUp(): void {
		parent::setUp();
		update_option( Installer::VERSION_OPTION, (string) Schema::VERSION );
		update_option( Schema::CHECKED_OPTION, (string) time() );
	}

	public function test_each_lost_table_is_made_again_and_no_other_is_touched(): void {
		$plugin = Plugin::instance();
		$job    = $plugin->jobs()->insert( array( 'payment_status' => 'paid' ) )->job_id;
		self::db()->execute( 'DROP TABLE {refunds}' );
		self::db()->execute( 'DROP TABLE {title_words}' );
		self::db()->execute( 'DROP TABLE {counts_facet}' );
		$plugin->installer()->install_if_needed();
		self::assertSame( array( 'counts_facet', 'refunds', 'title_words' ), $this->sorted( $plugin->layout()->missing() ), 'Not looked at before a day has passed.' );
		$this->a_day_passes();
		self::assertTrue( $plugin->installer()->install_if_needed() );
		$this->assert_layout_is_todays();
		self::assertSame( array( 'counters', 'titles' ), self::state()->todo(), 'What can be filled again is.' );
		$health = $plugin->site_health()->tables_are_right();
		self::assertSame( 'recommended', $health['status'] );
		$this->run_upgrade();
		self::assertSame( '1', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		self::assertSame( $job, self::db()->value( 'SELECT job_id FROM {jobs}' ) );
		$health = $plugin->site_health()->tables_are_right();
		self::assertSame( 'critical', $health['status'], 'Refunds are more than a cache.' );
		self::assertStringContainsString( 'refunds', $health['description'] );
		self::assertNotNull( $plugin->commands()->find( CommandKind::Reconcile, 'objects' ), 'The provider is asked what it knows.' );
	}

	public function test_a_missing_table_is_seen_by_the_first_query_that_wants_it(): void {
		$this->allow_log( '/^.*Sell My Images: .*$/m' );
		update_option( Schema::CHECKED_OPTION, (string) ( time() - 3600 ) );
		self::db()->execute( 'DROP TABLE {refunds}' );
		$this->as_admin();
		$job = $this->make_job();
		self::assertSame( 503, $this->rest( 'GET', "/smi/v1/jobs/$job" )->get_status() );
		Plugin::instance()->tables_check()->note();
		$this->open_admin_page();
		self::assertSame( 200, $this->rest( 'GET', "/smi/v1/jobs/$job" )->get_status() );
	}

	public function test_all_tables_lost_is_a_shop_without_jobs_not_a_fatal_error(): void {
		Plugin::instance()->schema()->drop();
		$this->a_day_passes();
		$this->as_admin();
		$this->open_admin_page();
		$this->assert_layout_is_todays();
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
		self::assertSame( 'critical', Plugin::instance()->site_health()->tables_are_right()['status'] );
	}

	public function test_an_older_table_out_of_a_backup_is_carried_over(): void {
		$this->older_table( 6 );
		$this->a_day_passes();
		self::assertTrue( Plugin::instance()->installer()->install_if_needed() );
		self::assertContains( 'backfill', self::state()->todo() );
		$this->run_upgrade();
		self::assertSame( '6', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		$this->assert_layout_is_todays();
	}

	public function test_keys_that_did_not_come_back_close_nothing(): void {
		self::db()->execute( 'ALTER TABLE {jobs} DROP KEY k_list' );
		$this->a_day_passes();
		add_filter( 'query', static fn( string $query ): string => str_starts_with( $query, 'ALTER' ) ? "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'denied'" : $query );
		self::assertTrue( Plugin::instance()->installer()->install_if_needed(), 'Usable all the while.' );
		$this->as_admin();
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
	}

	public function test_a_day_without_loss_changes_nothing(): void {
		$this->a_day_passes();
		self::assertTrue( Plugin::instance()->installer()->install_if_needed() );
		self::assertTrue( self::state()->is_done() );
		self::assertGreaterThan( time() - 10, (int) get_option( Schema::CHECKED_OPTION ) );
	}

	private function a_day_passes(): void {
		update_option( Schema::CHECKED_OPTION, (string) ( time() - DAY_IN_SECONDS - 1 ) );
	}

	/**
	 * @param list<string> $names Names.
	 * @return list<string>
	 */
	private function sorted( array $names ): array {
		sort( $names );

		return $names;
	}
}
