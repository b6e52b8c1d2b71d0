<?php
/**
 * `wp smi upgrade`, and the same on screen.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Plugin;

final class UpgradeCommandTest extends InstallTestCase {

	/** @var list<array{0:string,1:string}> */
	private array $said = array();

	public function test_a_dry_run_says_what_would_be_done_to_each_table_and_changes_nothing(): void {
		$this->older_table( 5, str_replace( 'source_type varchar(20) DEFAULT NULL,', '', self::OLDER ), 'ENGINE=MyISAM DEFAULT CHARACTER SET latin1' );
		self::db()->execute( "UPDATE {jobs} SET status = 'shipped', paid_at = '0000-00-00 00:00:00' WHERE id = 1" );
		self::db()->execute( 'DROP TABLE {refunds}' );
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$table = self::db()->row( 'SHOW CREATE TABLE {jobs}' );
		$this->plan();
		self::assertSame( $table, self::db()->row( 'SHOW CREATE TABLE {jobs}' ) );
		self::assertSame( array( 'refunds' ), Plugin::instance()->layout()->missing() );
		$text = implode( "\n", array_column( $this->said, 1 ) );
		foreach ( array( 'refunds: make it', 'jobs: add columns: source_type, currency', 'convert texts from latin1_swedish_ci to utf8mb4', 'from MyISAM to InnoDB', 'about 5 rows', 'build keys: ', 'unknown states: 1 rows', 'dates of zeros: 1 rows', 'steps for the rows: rows, older, backfill, keys, counters, titles' ) as $part ) {
			self::assertStringContainsString( $part, $text );
		}
		self::assertSame( 'success', end( $this->said )[0] );
		$fields = Plugin::instance()->upgrade_plan()->tables();
		self::assertSame( array( 'make it: it is missing' ), $fields['refunds'] );
		$info = apply_filters( 'debug_information', array() )['sell-my-images-tables']['fields']; // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own filter.
		self::assertSame( 'as it should be', $info['batches']['value'] );
	}

	public function test_a_dry_run_ends_badly_when_something_is_in_the_way(): void {
		$this->older_table( 2, str_replace( 'amount_charged decimal(10,2)', 'amount_charged varchar(20)', self::OLDER ) );
		self::db()->execute( "UPDATE {jobs} SET amount_charged = 'much'" );
		$this->plan();
		self::assertSame( array( 'warning', 'error' ), array_slice( array_column( $this->said, 0 ), -2 ) );
	}

	public function test_it_carries_a_table_over_to_the_end_without_the_clock_and_the_bridge(): void {
		$this->older_table( 7 );
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$this->run_it();
		self::assertSame( 'success', end( $this->said )[0] );
		$this->assert_layout_is_todays();
		self::assertSame( '7', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		$this->said = array();
		$this->plan();
		self::assertSame( array( array( 'success', 'All tables are as they should be.' ) ), $this->said );
		$this->run_it();
		self::assertSame( 'success', end( $this->said )[0] );
	}

	public function test_it_ends_badly_when_the_database_refuses(): void {
		$this->older_table( 1 );
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		add_filter( 'query', static fn( string $query ): string => str_starts_with( $query, 'ALTER' ) ? "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'denied'" : $query );
		$this->run_it();
		self::assertSame( 'error', end( $this->said )[0] );
		self::assertStringContainsString( 'rights CREATE', end( $this->said )[1] );
	}

	public function test_it_waits_for_what_passes_by_itself(): void {
		$this->older_table( 3 );
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$refused = 0;
		add_filter(
			'query',
			static function ( string $query ) use ( &$refused ): string {
				$is_refused = str_contains( $query, 'ADD KEY' ) && $refused < 4;
				$refused   += $is_refused ? 1 : 0;
				return $is_refused ? "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1205, MESSAGE_TEXT = 'Lock wait timeout exceeded'" : $query;
			}
		);
		$this->run_it();
		self::assertSame( 4, $refused );
		self::assertSame( array( 'success', 'All tables are as they should be.' ), end( $this->said ) );
	}

	public function test_it_finds_a_lost_table_whatever_the_day(): void {
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, (string) \SellMyImages\Install\Schema::VERSION );
		update_option( \SellMyImages\Install\Schema::CHECKED_OPTION, (string) time() );
		self::db()->execute( 'DROP TABLE {attempts}' );
		$this->run_it();
		self::assertSame( array(), Plugin::instance()->layout()->missing() );
		self::assertSame( 'success', end( $this->said )[0] );
	}

	private function hear( string $how, string $text ): void {
		$this->said[] = array( $how, $text );
	}

	private function run_it(): void {
		Plugin::instance()->upgrade_command()->run( $this->hear( ... ) );
	}

	private function plan(): void {
		Plugin::instance()->upgrade_command()->plan( $this->hear( ... ) );
	}
}
