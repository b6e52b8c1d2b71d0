<?php
/**
 * Transactions that the database gave up while nobody looked.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Database;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

/**
 * The bad news reaches whoever asks next: here a statement through $wpdb, whose sender shrugs it off, as get_option() does.
 */
final class GivenUpTest extends TestCase {

	private const A = '00000000-0000-4000-8000-00000000000a';
	private const B = '00000000-0000-4000-8000-00000000000b';

	protected function setUp(): void {
		parent::setUp();
		$this->allow_log( '/.*WordPress database error Deadlock found.*\n?/' );
		$this->make_job( array( 'job_id' => self::A ) );
		$this->make_job( array( 'job_id' => self::B ) );
	}

	public function test_work_whose_transaction_was_given_up_by_a_swallowed_deadlock_is_run_again_and_kept_whole(): void {
		$runs = 0;
		$this->db()->execute( 'SELECT 1 AS nothing' );
		Plugin::instance()->transaction()->run(
			function () use ( &$runs ): void {
				++$runs;
				$this->hit( "first $runs" );
				if ( 1 === $runs ) {
					$this->lose_a_deadlock();
				}
				$this->hit( "second $runs" );
			}
		);
		self::assertSame( array( 'first 2', 'second 2' ), $this->hits() );
		self::assertSame( 2, $runs );
	}

	public function test_nothing_is_left_of_work_that_failed_after_its_transaction_was_given_up(): void {
		try {
			Plugin::instance()->transaction()->run(
				function (): void {
					$this->hit( 'first' );
					$this->lose_a_deadlock();
					$this->hit( 'second' );
					throw new \RuntimeException( 'no' );
				}
			);
			self::fail( 'No exception.' );
		} catch ( \RuntimeException $error ) {
			self::assertSame( 'no', $error->getMessage() );
		}
		self::assertSame( array(), $this->hits() );
	}

	public function test_nothing_is_left_where_somebody_elses_statement_ended_the_transaction(): void {
		$runs = 0;
		Plugin::instance()->transaction()->run(
			function () use ( &$runs ): void {
				++$runs;
				$this->hit( "first $runs" );
				if ( 1 === $runs ) {
					$GLOBALS['wpdb']->query( 'ROLLBACK' ); // As a server does, on a cluster, when another node was first.
				}
				$this->hit( "second $runs" );
			}
		);
		self::assertSame( array( 'first 2', 'second 2' ), $this->hits() );
	}

	public function test_the_connection_is_left_as_it_was(): void {
		foreach ( array( static fn() => 1, static fn() => throw new \RuntimeException( 'no' ) ) as $work ) {
			try {
				Plugin::instance()->transaction()->run( $work );
			} catch ( \RuntimeException ) {
				self::assertFalse( Plugin::instance()->transaction()->is_open() );
			}
			self::assertSame( '1', $this->db()->value( 'SELECT @@autocommit AS a' ) );
			$GLOBALS['wpdb']->query( "UPDATE {$this->db()->table( 'jobs' )} SET download_count = download_count + 1 WHERE job_id = '" . self::A . "'" );
			$other = $this->other_connection()->query( "SELECT download_count FROM {$this->db()->table( 'jobs' )} WHERE job_id = '" . self::A . "'" )->fetch_row()[0];
			self::assertSame( $this->db()->value( 'SELECT download_count FROM {jobs} WHERE job_id = %s', self::A ), $other );
		}
	}

	public function test_a_connection_lost_before_commit_is_made_anew_and_the_work_run_again(): void {
		$runs = 0;
		Plugin::instance()->transaction()->run(
			function () use ( &$runs ): void {
				++$runs;
				$this->hit( "first $runs" );
				if ( 1 === $runs ) {
					$this->other_connection()->query( "KILL {$this->db()->connection_id()}" );
				}
				$this->hit( "second $runs" );
			}
		);
		self::assertSame( array( 'first 2', 'second 2' ), $this->hits() );
		self::assertSame( '1', $this->db()->value( 'SELECT @@autocommit AS a' ) );
	}

	public function test_after_a_connection_lost_at_commit_nobody_can_know_so_nothing_is_run_again(): void {
		$runs = 0;
		add_filter(
			'query',
			function ( string $sql ): string {
				if ( 'COMMIT' === $sql ) {
					$this->other_connection()->query( "KILL {$this->db()->connection_id()}" );
				}
				return $sql;
			}
		);
		try {
			Plugin::instance()->transaction()->run(
				function () use ( &$runs ): void {
					++$runs;
					$this->hit( 'once' );
				}
			);
			self::fail( 'No exception.' );
		} catch ( DatabaseError $error ) {
			self::assertSame( array( true, false, 1 ), array( $error->is_outcome_unknown, $error->is_passing(), $runs ) );
		}
		self::assertSame( array(), $this->hits() );
	}

	public function test_a_connection_that_does_not_obey_is_given_up_for_a_new_one(): void {
		$connection = $this->db()->connection_id();
		$disobey    = static fn( string $sql ): string => 'SET autocommit = 1' === $sql ? 'SELECT broken' : $sql;
		add_filter( 'query', $disobey );
		Plugin::instance()->transaction()->run( fn() => $this->hit( 'kept' ) );
		remove_filter( 'query', $disobey );
		self::assertSame( array( 'kept' ), $this->hits() );
		self::assertNotSame( $connection, $this->db()->connection_id() );
		self::assertSame( '1', $this->db()->value( 'SELECT @@autocommit AS a' ) );
	}

	/** @dataProvider passing_errors */
	public function test_what_passes_by_itself_is_tried_ten_times( int $code ): void {
		$runs = 0;
		try {
			Plugin::instance()->transaction()->run(
				static function () use ( &$runs, $code ): void {
					++$runs;
					throw new DatabaseError( 'busy', $code );
				}
			);
			self::fail( 'No exception.' );
		} catch ( DatabaseError $error ) {
			self::assertSame( array( $code, 10 ), array( $error->getCode(), $runs ) );
		}
	}

	/** @return array<string,array{0:int}> */
	public function passing_errors(): array {
		return array( 'deadlock' => array( 1213 ), 'node not ready' => array( 1047 ) );
	}

	/** Both wait for each other; the other connection has written more, so the server gives ours up. Our own statement is core's, and keeps quiet. */
	private function lose_a_deadlock(): void {
		global $wpdb;
		$jobs  = $this->db()->table( 'jobs' );
		$other = $this->other_connection();
		$other->query( 'START TRANSACTION' );
		for ( $i = 0; $i < 20; $i++ ) {
			$other->query( "INSERT INTO {$this->db()->table( 'clicks_daily' )} (day, attachment_id, post_id, n) VALUES ('2026-01-01', $i, 1, 1)" );
		}
		$other->query( "SELECT id FROM $jobs WHERE job_id = '" . self::B . "' FOR UPDATE" );
		$wpdb->query( "SELECT id FROM $jobs WHERE job_id = '" . self::A . "' FOR UPDATE" );
		$other->query( "UPDATE $jobs SET download_count = 1 WHERE job_id = '" . self::A . "'", MYSQLI_ASYNC );
		usleep( 200000 );
		$wpdb->query( "SELECT id FROM $jobs WHERE job_id = '" . self::B . "' FOR UPDATE" );
		self::assertStringContainsString( 'Deadlock', $wpdb->last_error );
		$other->reap_async_query();
		$other->query( 'ROLLBACK' );
	}

	private function hit( string $bucket ): void {
		$this->db()->execute( 'INSERT INTO {rate_limits} (bucket, window_start, n) VALUES (%s, 1, 1)', $bucket );
	}

	/** @return list<string> As another connection sees them. */
	private function hits(): array {
		return array_column( $this->other_connection()->query( "SELECT bucket FROM {$this->db()->table( 'rate_limits' )} ORDER BY bucket" )->fetch_all(), 0 );
	}

	private function db(): \SellMyImages\Database\Connection {
		return Plugin::instance()->db();
	}
}
