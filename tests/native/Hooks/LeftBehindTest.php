<?php
/**
 * What other people's code leaves changed behind it is put right at once.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Hooks;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Hooks\Failures;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Plugin;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class LeftBehindTest extends LifecycleTestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->allow_hooks_in_transactions();
	}

	protected function tearDown(): void {
		$GLOBALS['wpdb']->query( 'ROLLBACK' );
		$GLOBALS['wpdb']->query( 'SET autocommit = 1' );
		$GLOBALS['wpdb']->query( 'UNLOCK TABLES' );
		parent::tearDown();
	}

	/** @dataProvider openings */
	public function test_a_transaction_that_a_listener_leaves_open_neither_hides_nor_locks_what_is_written_next( string $opening ): void {
		$sql = str_replace( '{jobs}', $this->db()->table( 'jobs' ), $opening );
		add_action( 'smi_test', static fn() => $GLOBALS['wpdb']->query( $sql ) );
		$heard = 0;
		add_action(
			'smi_test',
			static function () use ( &$heard ): void {
				++$heard;
			},
			20
		);
		self::assertSame( 0, Listeners::do_action( 'smi_test' ), 'It did its work.' );
		$this->hit( 'after' );
		self::assertSame( array( 'after' ), $this->hits() );
		self::assertSame( '0', $this->in_transaction() );
		self::assertSame( '1', $this->db()->value( 'SELECT @@autocommit AS a' ) );
		self::assertSame( array( 1, 1 ), array( $heard, count( Failures::all() ) ) );
		self::assertSame( 'smi_test', Failures::all()[0]->what );
		self::assertStringContainsString( basename( __FILE__ ), Failures::all()[0]->who );
	}

	/** @return array<string,array{string}> */
	public static function openings(): array {
		return array(
			'plainly'           => array( 'START TRANSACTION' ),
			'as other servers'  => array( 'begin' ),
			'with a snapshot'   => array( 'START TRANSACTION WITH CONSISTENT SNAPSHOT' ),
			'read only'         => array( 'START TRANSACTION READ ONLY' ),
			'after a comment'   => array( "/* my plugin */ -- starts\n\tSTART  TRANSACTION" ),
			'by every statement' => array( 'SET autocommit=0' ),
			'of the session'    => array( 'SET SESSION autocommit = OFF' ),
			'in a chain'        => array( 'COMMIT AND CHAIN' ),
			'tables locked'     => array( 'LOCK TABLES {jobs} READ' ),
		);
	}

	public function test_what_such_a_listener_wrote_is_kept_and_what_one_wrote_that_threw_is_undone(): void {
		$write = fn( string $bucket, bool $throws ): callable => function () use ( $bucket, $throws ): void {
			$GLOBALS['wpdb']->query( 'START TRANSACTION' );
			$this->hit( $bucket );
			if ( $throws ) {
				throw new \RuntimeException( 'in the middle' );
			}
		};
		add_action( 'smi_test', $write( 'kept', false ), 1 );
		add_action( 'smi_test', $write( 'undone', true ), 2 );
		add_action( 'smi_test', $write( 'kept too', false ), 3 );
		self::assertSame( 1, Listeners::do_action( 'smi_test' ) );
		self::assertSame( array( 'kept', 'kept too' ), $this->hits() );
	}

	/** @dataProvider tidy */
	public function test_who_ends_what_he_began_is_not_named( string ...$statements ): void {
		add_filter(
			'smi_test',
			static function ( bool $given ) use ( $statements ): bool {
				array_map( array( $GLOBALS['wpdb'], 'query' ), $statements );
				return $given;
			}
		);
		self::assertTrue( Listeners::apply_filters( 'smi_test', true ) );
		self::assertSame( array(), Failures::all() );
	}

	/** @return array<string,list<string>> */
	public static function tidy(): array {
		return array(
			'commit'    => array( 'START TRANSACTION', 'SELECT 1', 'COMMIT' ),
			'savepoint' => array( 'START TRANSACTION', 'SAVEPOINT a', 'ROLLBACK TO a', 'rollback work' ),
			'autocommit' => array( 'SET autocommit = 0', 'SELECT 1', 'SET @@session.autocommit = 1' ),
			'tables'    => array( 'LOCK TABLES wp_smi_jobs READ', 'UNLOCK TABLES' ),
		);
	}

	/** A plugin that keeps an index shows posts inside a transaction of its own, and may not want the half of it kept. */
	public function test_a_transaction_that_was_open_before_stays_its_owners(): void {
		add_filter( 'smi_test', static fn( bool $given ): bool => (bool) $GLOBALS['wpdb']->get_var( 'SELECT 1' ) && $given );
		$GLOBALS['wpdb']->query( 'START TRANSACTION' );
		$this->hit( 'theirs' );
		self::assertTrue( Listeners::apply_filters( 'smi_test', true ) );
		self::assertSame( array(), $this->hits() );
		$GLOBALS['wpdb']->query( 'ROLLBACK' );
		self::assertSame( array( array(), array() ), array( $this->hits(), Failures::all() ) );
	}

	public function test_costs_no_query_where_nothing_is_left(): void {
		add_filter( 'smi_test', static fn( bool $given ): bool => $given );
		$count  = static fn(): int => count( $GLOBALS['wp_filter']['query']->callbacks ?? array(), COUNT_RECURSIVE );
		$state  = static fn(): array => array( $GLOBALS['wpdb']->num_queries, $count() );
		$before = $state();
		Listeners::apply_filters( 'smi_test', true );
		Listeners::do_action( 'smi_test' );
		self::assertSame( $before, $state() );
	}

	/** Where others make the images, a listener that did it and printed a word was told again, up to five times. */
	public function test_what_is_wrong_beside_the_work_is_no_failure_of_it(): void {
		add_action(
			'smi_test',
			static function (): void {
				echo "\xEF\xBB\xBF";
				$GLOBALS['wpdb']->query( 'START TRANSACTION' );
				switch_to_locale( 'de_DE' );
			}
		);
		self::assertSame( 0, Listeners::do_action( 'smi_test' ) );
		self::assertSame( 1, Failures::all()[0]->count );
		self::assertMatchesRegularExpression( '/^It began a transaction .* It printed:/', Failures::all()[0]->message );
	}

	public function test_mail_plugins_leave_nothing_behind_either_so_no_buyer_gets_it_twice(): void {
		$sent = 0;
		add_filter(
			'pre_wp_mail',
			static function () use ( &$sent ): bool {
				++$sent;
				$GLOBALS['wpdb']->query( 'START TRANSACTION' );
				return true;
			}
		);
		$this->completed_job();
		Plugin::instance()->site_worker()->run_slice( 5 );
		self::assertSame( 1, $sent );
		self::assertSame( '0', $this->commands( "kind = 'send_email' AND done_at IS NULL" ) );
		self::assertContains( 'wp_mail', array_column( Failures::all(), 'what' ) );
	}

	/** An event of WP-Cron before ours left it open: what the worker did was undone when the request ended, and done again. */
	public function test_the_sites_own_work_is_kept_whoever_left_a_transaction_open_before(): void {
		$GLOBALS['wpdb']->query( 'START TRANSACTION' );
		$GLOBALS['wpdb']->get_var( "SELECT COUNT(*) FROM {$this->db()->table( 'commands' )}" );
		Plugin::instance()->site_worker()->run_slice( 5 );
		$GLOBALS['wpdb']->query( 'ROLLBACK' );
		self::assertSame( array( '0', '1' ), array( $this->commands( "kind = 'sweep' AND lease_no = 0" ), $this->commands( "kind = 'sweep'" ) ) );
		self::assertNotNull( Plugin::instance()->commands()->find( CommandKind::Sweep, 'site' ) );
	}

	private function hit( string $bucket ): void {
		$this->db()->execute( 'INSERT INTO {rate_limits} (bucket, window_start, n) VALUES (%s, 1, 1)', $bucket );
	}

	/** @return list<string> As another connection sees them. */
	private function hits(): array {
		$sql = "SELECT bucket FROM {$this->db()->table( 'rate_limits' )} ORDER BY bucket";

		return array_column( $this->other_connection()->query( $sql )->fetch_all(), 0 );
	}

	/** How many there are, as another connection sees them. */
	private function commands( string $where ): string {
		$sql = "SELECT COUNT(*) FROM {$this->db()->table( 'commands' )} WHERE $where";

		return (string) $this->other_connection()->query( $sql )->fetch_row()[0];
	}

	private function in_transaction(): ?string {
		return $this->db()->value( 'SELECT @@in_transaction AS t' );
	}

	private function db(): \SellMyImages\Database\Connection {
		return Plugin::instance()->db();
	}
}
