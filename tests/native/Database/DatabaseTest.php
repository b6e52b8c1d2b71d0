<?php
/**
 * Connection and Transaction.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Database;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Database\Statement;
use SellMyImages\Plugin;
use SellMyImages\Support\Times;
use SellMyImages\Tests\TestCase;

final class DatabaseTest extends TestCase {

	public function test_keeps_null_quotes_percent_signs_and_lists_as_they_are(): void {
		$db = Plugin::instance()->db();
		self::assertSame( array( 'a' => "it's 100% {jobs} %s \\", 'b' => null, 'c' => '5' ), $db->row( 'SELECT %s AS a, %s AS b, %d AS c', "it's 100% {jobs} %s \\", null, '5' ) );
		self::assertSame( '1', $db->value( 'SELECT 7 IN (%d) AS hit', array( 3, 7 ) ) );
		self::assertNull( $db->value( 'SELECT 7 IN (%d) AS hit', array() ) );
		self::assertSame( '2', $db->value( 'SELECT 5 %% 3 AS rest' ) );
		self::assertNull( $db->row( 'SELECT id FROM {jobs} WHERE job_id = %s', 'none' ) );
	}

	public function test_many_rows_are_the_same_rows_and_plugins_see_the_query(): void {
		$db     = Plugin::instance()->db();
		$sql    = 'SELECT %s AS a, %s AS b, 5 AS c, 1.50 AS d UNION ALL SELECT %s, %s, 6, 2';
		$args   = array( "it's 100% {jobs} \\ Köln", null, '', '0' );
		$seen   = array();
		$before = $GLOBALS['wpdb']->num_queries;
		add_filter(
			'query',
			static function ( string $query ) use ( &$seen ): string {
				$seen[] = $query;
				return $query;
			}
		);
		self::assertSame( array( array( 'a' => "it's 100% {jobs} \\ Köln", 'b' => null, 'c' => '5', 'd' => '1.50' ), array( 'a' => '', 'b' => '0', 'c' => '6', 'd' => '2.00' ) ), $db->many_rows( $sql, ...$args ) );
		self::assertSame( array( 1, 1 ), array( count( $seen ), $GLOBALS['wpdb']->num_queries - $before ) );
		self::assertSame( $db->rows( $sql, ...$args ), $db->many_rows( $sql, ...$args ) );
		self::assertSame( array(), $db->many_rows( 'SELECT id FROM {jobs}' ) );
	}

	public function test_many_rows_come_after_a_lost_connection_and_a_refusal_is_thrown(): void {
		$db    = Plugin::instance()->db();
		$other = new \wpdb( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );
		$other->query( "KILL {$db->connection_id()}" );
		self::assertSame( array( array( 'n' => '1' ) ), $db->many_rows( 'SELECT 1 AS n' ) );
		foreach ( array( 'SELECT nothing FROM {jobs}' => 1054, 'SELECT' => 1064, '' => 0 ) as $sql => $code ) {
			try {
				$db->many_rows( $sql );
				self::fail( 'No exception.' );
			} catch ( DatabaseError $error ) {
				self::assertSame( $code, $error->getCode() );
			}
		}
		self::assertSame( '1', $db->value( 'SELECT 1 AS n' ) );
	}

	public function test_what_others_ask_of_the_same_connection_between_two_pieces_breaks_nothing(): void {
		$db   = Plugin::instance()->db();
		$link = $GLOBALS['wpdb']->dbh;
		$seen = array();
		foreach ( range( 1, 3 ) as $n ) {
			$seen[] = $db->many_rows( 'SELECT %d AS n', $n );
			self::assertSame( array( '9' ), $link->query( 'SELECT 9 AS n' )->fetch_row(), 'Another plugin asks the driver itself.' );
			self::assertSame( '8', $GLOBALS['wpdb']->get_var( 'SELECT 8' ) );
		}
		self::assertSame( array( array( array( 'n' => '1' ) ), array( array( 'n' => '2' ) ), array( array( 'n' => '3' ) ) ), $seen );
	}

	/** @dataProvider values */
	public function test_a_value_is_written_as_wordpress_writes_it( string $value ): void {
		global $wpdb;
		$ours = ( new Statement( $wpdb ) )->prepare( 'SELECT %s AS v, %d AS n', array( $value, '12' ) );
		self::assertSame( $wpdb->remove_placeholder_escape( (string) $wpdb->prepare( 'SELECT %s AS v, %d AS n', $value, '12' ) ), $ours );
		self::assertSame( $value, Plugin::instance()->db()->value( 'SELECT %s AS v', $value ) );
	}

	/** @return iterable<string,array{string}> */
	public static function values(): iterable {
		yield 'quotes' => array( "it's \"so\"" );
		yield 'a backslash before a quote' => array( "\\' OR 1=1 -- " );
		yield 'percent signs' => array( '100 %s %d %% {jobs}' );
		yield 'a zero byte and lines' => array( "a\0b\r\n\x1a" );
		yield 'other scripts' => array( 'Zürich 東京 🌅' );
	}

	public function test_many_rows_of_a_driver_that_gives_numbers_are_texts(): void {
		$wpdb = new \wpdb( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );
		$wpdb->dbh->options( MYSQLI_OPT_INT_AND_FLOAT_NATIVE, 1 );
		self::assertSame( array( array( 'n' => '5', 'm' => null ), array( 'n' => '6', 'm' => '7' ) ), ( new Connection( $wpdb ) )->many_rows( 'SELECT 5 AS n, NULL AS m UNION ALL SELECT 6, 7' ) );
	}

	public function test_a_refused_statement_throws_with_the_servers_code_and_writes_no_log(): void {
		$job = Plugin::instance()->jobs()->insert( array() );
		try {
			Plugin::instance()->jobs()->insert( array( 'job_id' => $job->job_id ) );
			self::fail( 'Inserted twice.' );
		} catch ( DatabaseError $error ) {
			self::assertSame( DatabaseError::DUPLICATE, $error->getCode() );
		}
		self::assertFalse( Plugin::instance()->transaction()->is_open() );
	}

	public function test_a_deadlock_runs_the_work_again_and_only_its_last_run_counts(): void {
		$plugin = Plugin::instance();
		$runs   = 0;
		$heard  = array();
		$job    = $plugin->transaction()->run(
			function () use ( $plugin, &$runs, &$heard ): object {
				$job = $plugin->jobs()->insert( array() );
				++$runs;
				$run = $runs;
				$plugin->transaction()->after_commit( static function () use ( &$heard, $run ): void {
 $heard[] = $run;
} );
				if ( $runs < 3 ) {
					throw new DatabaseError( 'Deadlock found', DatabaseError::DEADLOCK );
				}
				return $job;
			}
		);
		self::assertSame( 3, $runs );
		self::assertSame( array( 3 ), $heard );
		self::assertSame( '1', $plugin->db()->value( 'SELECT COUNT(*) AS n FROM {jobs}' ) );
		self::assertSame( '1', $plugin->db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		self::assertNotNull( $plugin->jobs()->find( $job->job_id ) );
	}

	public function test_gives_up_after_ten_runs(): void {
		$runs = 0;
		try {
			Plugin::instance()->transaction()->run(
				static function () use ( &$runs ): void {
					++$runs;
					throw new DatabaseError( 'Lock wait timeout', DatabaseError::LOCK_TIMEOUT );
				}
			);
			self::fail( 'No exception.' );
		} catch ( DatabaseError ) {
			self::assertSame( 10, $runs );
		}
	}

	public function test_an_exception_rolls_back_and_a_nested_run_joins(): void {
		$plugin = Plugin::instance();
		try {
			$plugin->transaction()->run(
				static function () use ( $plugin ): void {
					$plugin->transaction()->run( static fn() => $plugin->jobs()->insert( array() ) );
					throw new \RuntimeException( 'no' );
				}
			);
		} catch ( \RuntimeException ) {
			self::assertSame( '0', $plugin->db()->value( 'SELECT COUNT(*) AS n FROM {jobs}' ) );
			self::assertNull( $plugin->db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		}
	}

	public function test_a_real_deadlock_is_survived(): void {
		$plugin = Plugin::instance();
		$a      = $plugin->jobs()->insert( array( 'job_id' => '00000000-0000-4000-8000-00000000000a' ) );
		$b      = $plugin->jobs()->insert( array( 'job_id' => '00000000-0000-4000-8000-00000000000b' ) );
		$other  = $this->other_connection();
		$table  = $plugin->db()->table( 'jobs' );
		$other->query( 'START TRANSACTION' );
		// The heavier transaction wins, so ours is the one that is given up.
		for ( $i = 0; $i < 20; $i++ ) {
			$other->query( "INSERT INTO {$plugin->db()->table( 'rate_limits' )} (bucket, window_start, n) VALUES ('x', $i, 1)" );
		}
		$other->query( "SELECT id FROM $table WHERE id = $b->id FOR UPDATE" );
		$runs = 0;
		$plugin->transaction()->run(
			function () use ( $plugin, $a, $b, $other, $table, &$runs ): void {
				++$runs;
				$plugin->jobs()->lock( $a->job_id );
				if ( 1 === $runs ) {
					$other->query( "UPDATE $table SET download_count = 1 WHERE id = $a->id", MYSQLI_ASYNC );
					usleep( 200000 );
				}
				try {
					$plugin->jobs()->lock( $b->job_id );
				} catch ( DatabaseError $error ) {
					self::assertSame( DatabaseError::DEADLOCK, $error->getCode() );
					$plugin->db()->execute( 'ROLLBACK' );
					$other->reap_async_query();
					$other->query( 'COMMIT' );
					throw $error;
				}
			}
		);
		self::assertSame( 2, $runs );
	}

	public function test_a_listener_that_fails_does_not_silence_the_next(): void {
		$this->allow_log( '/.*a callback after a commit failed.*\n?/' );
		$heard = false;
		Plugin::instance()->transaction()->run(
			static function () use ( &$heard ): void {
				Plugin::instance()->transaction()->after_commit( static fn() => throw new \RuntimeException( 'bad' ) );
				Plugin::instance()->transaction()->after_commit( static function () use ( &$heard ): void {
 $heard = true;
} );
			}
		);
		self::assertTrue( $heard );
	}

	public function test_times_are_checked_and_carried_to_utc(): void {
		self::assertSame( '2026-10-31 22:00:00', Times::from_iso( '2026-11-01T00:00:00+02:00' ) );
		self::assertSame( '2026-10-31 23:59:59', Times::from_iso( '2026-10-31T23:59:59Z' ) );
		self::assertNull( Times::from_iso( '2026-02-30T00:00:00Z' ) );
		self::assertNull( Times::from_iso( 'yesterday' ) );
		self::assertSame( '2026-10-31T23:59:59Z', Times::iso( '2026-10-31 23:59:59' ) );
		self::assertNull( Times::iso( '0000-00-00 00:00:00' ) );
	}
}
