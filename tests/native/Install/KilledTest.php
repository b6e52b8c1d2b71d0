<?php
/**
 * An upgrade that is cut off anywhere.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\Lock;
use SellMyImages\Install\Trouble;
use SellMyImages\Plugin;

final class KilledTest extends InstallTestCase {

	private const KEPT = 'id, job_id, status, payment_status, amount_charged, refund_amount, paid_at, created_at, updated_at';

	/** Each life is longer than the one before by so many statements. */
	private const APART = 7;

	/** @return array<string,array{0:string}> */
	public function deaths(): array {
		return array(
			'PHP dies before the statement'     => array( 'before' ),
			'the connection dies with it'       => array( 'connection' ),
			'PHP dies after it, without a word' => array( 'after' ),
		);
	}

	protected function setUp(): void {
		parent::setUp();
		// Else wpdb ends the process with a page of its own when a connection is lost within a transaction.
		$GLOBALS['wp_actions']['template_redirect'] = 1;
	}

	protected function tearDown(): void {
		unset( $GLOBALS['wp_actions']['template_redirect'] );
		parent::tearDown();
	}

	/** @dataProvider deaths */
	public function test_goes_on_where_it_was_and_ends_the_same( string $death ): void {
		$this->older_table( 11, self::OLDER, 'ENGINE=MyISAM DEFAULT CHARACTER SET utf8' );
		$before = self::db()->rows( 'SELECT ' . self::KEPT . ' FROM {jobs} ORDER BY id' );
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$lives = 0;
		while ( ! self::state()->is_done() ) {
			self::assertLessThan( 100, $lives, 'It comes to an end: ' . wp_json_encode( array( self::state()->todo(), Plugin::instance()->upgrade_trouble()->get() ) ) );
			$this->live_until( 1 + self::APART * $lives++, $death );
			$this->rise_again();
		}
		self::assertGreaterThan( 5, $lives );
		self::assertSame( $before, self::db()->rows( 'SELECT ' . self::KEPT . ' FROM {jobs} ORDER BY id' ) );
		self::assertSame( '11', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		self::assertSame( '2', self::db()->value( 'SELECT COUNT(*) AS n FROM {refunds}' ) );
		self::assertSame( '0', self::db()->value( "SELECT COUNT(*) AS n FROM {jobs} WHERE payment_action_done_at IS NULL OR payment_action_done_at < '2025-01-01' OR download_generation <> 1" ) );
		self::assertNull( Plugin::instance()->jobs()->insert( array( 'payment_status' => 'paid' ) )->payment_action_done_at, 'A new sale is still announced.' );
		$this->assert_layout_is_todays();
	}

	private function live_until( int $statement, string $death ): void {
		$count = 0;
		add_filter(
			'query',
			function ( string $query ) use ( &$count, $statement, $death ): string {
				if ( ++$count < $statement ) {
					return $query;
				}
				return 'connection' === $death && $count < $statement + 4 ? $this->without_connection( $query, $count === $statement ) : throw new \Error( 'killed' );
			}
		);
		if ( 'after' === $death ) {
			// What was begun is in the database, and nobody tidied up.
			add_filter( 'query', static fn( string $query ): string => str_contains( $query, Lock::OPTION ) && str_starts_with( $query, 'DELETE' ) ? 'DO 0' : $query, 1 );
		}
		try {
			Plugin::instance()->setup()->run( true );
			Plugin::instance()->upgrade()->go_on( microtime( true ) + 5, true );
		} catch ( \Error $killed ) {
			self::assertSame( 'killed', $killed->getMessage() );
		}
		remove_all_filters( 'query' );
	}

	private function without_connection( string $query, bool $is_now ): string {
		if ( $is_now ) {
			$other = $this->other_connection();
			$other->query( 'KILL ' . self::db()->connection_id() );
			$other->close();
		}

		return $query;
	}

	/** A new process: it knows nothing, and the lock of the dead one has ended. */
	private function rise_again(): void {
		global $wpdb;
		$wpdb->close();
		$wpdb->db_connect();
		$this->database_zone( '+00:00' );
		self::db()->execute( 'DELETE FROM ' . self::db()->core_table( 'options' ) . ' WHERE option_name IN (%s)', array( Lock::OPTION, Trouble::OPTION ) );
		( new \ReflectionProperty( Lock::class, 'held' ) )->setValue( ( new \ReflectionMethod( Plugin::class, 'upgrade_lock' ) )->invoke( Plugin::instance() ), null );
		wp_cache_flush();
		$this->wait_no_more();
	}
}
