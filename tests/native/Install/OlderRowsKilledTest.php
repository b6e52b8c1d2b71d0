<?php
/**
 * Older rows are being put right, and the process dies at any statement.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\Lock;
use SellMyImages\Install\Trouble;
use SellMyImages\Plugin;

/**
 * No row is moved twice, none is left out, and counters and refunds are what the rows say.
 */
final class OlderRowsKilledTest extends OlderRowsTestCase {

	/** More statements than the step has. */
	private const MANY = 200;

	/** What the step changes. */
	private const TABLES = array( 'jobs', 'refunds', 'counts_day', 'counts_dim', 'counts_facet', 'counts_month' );

	protected function setUp(): void {
		parent::setUp();
		// Else wpdb ends the process with a page of its own when a connection is lost within a transaction.
		$GLOBALS['wp_actions']['template_redirect'] = 1;
	}

	protected function tearDown(): void {
		unset( $GLOBALS['wp_actions']['template_redirect'] );
		parent::tearDown();
	}

	/** @return array<string,array{0:string,1:bool}> How it dies; whether the owner was asked, so that counters and refunds were there before. */
	public function deaths(): array {
		return array(
			'PHP dies before the statement'             => array( 'before', false ),
			'PHP dies after it'                         => array( 'after', false ),
			'the connection dies with it'               => array( 'connection', false ),
			'PHP dies before it, after a late answer'   => array( 'before', true ),
			'PHP dies after it, after a late answer'    => array( 'after', true ),
			'the connection dies, after a late answer'  => array( 'connection', true ),
		);
	}

	/** @dataProvider deaths */
	public function test_at_whichever_statement_it_dies_each_row_is_moved_once( string $death, bool $is_late ): void {
		$orders = $this->before_the_step( $is_late );
		$kept   = $this->keep();
		for ( $statement = 1; $statement < self::MANY && ( 1 === $statement || $died ); $statement++ ) {
			$this->put_back( $kept );
			$died = $this->live_until( $statement, $death );
			$this->rise_again();
			$this->do_the_step();
			$this->assert_in_utc( $orders );
			if ( $is_late ) {
				$this->assert_refunds( $orders );
				$this->assert_counted();
			}
		}
		self::assertGreaterThan( 12, $statement );
		self::assertLessThan( self::MANY, $statement, 'It got past the step in the end.' );
		$this->run_upgrade();
		$this->assert_in_utc( $orders );
		$this->assert_refunds( $orders );
		$this->assert_counted();
	}

	private function do_the_step(): void {
		$parts = 0;
		while ( ++$parts < 6 && in_array( 'older', self::state()->todo(), true ) ) {
			Plugin::instance()->upgrade()->go_on( microtime( true ), true );
			self::assertNull( Plugin::instance()->upgrade_trouble()->get() );
		}
		self::assertNotContains( 'older', self::state()->todo() );
	}

	/** @return array<string,list<array<string,string|null>>> Table => rows; the site's options under an empty name. */
	private function keep(): array {
		$options = self::db()->core_table( 'options' );
		$kept    = array( '' => self::db()->rows( "SELECT option_name, option_value, autoload FROM $options WHERE option_name LIKE 'smi\\_%%'" ) );
		foreach ( self::TABLES as $table ) {
			$kept[ $table ] = self::db()->rows( "SELECT * FROM {{$table}}" );
		}

		return $kept;
	}

	/** @param array<string,list<array<string,string|null>>> $kept Of keep(). */
	private function put_back( array $kept ): void {
		$options = self::db()->core_table( 'options' );
		self::db()->execute( "DELETE FROM $options WHERE option_name LIKE 'smi\\_%%'" );
		foreach ( $kept[''] as $option ) {
			self::db()->execute( "INSERT INTO $options (option_name, option_value, autoload) VALUES (%s)", array_values( $option ) );
		}
		foreach ( self::TABLES as $table ) {
			self::db()->execute( "DELETE FROM {{$table}}" );
			foreach ( $kept[ $table ] as $row ) {
				self::db()->insert( $table, $row );
			}
		}
		wp_cache_flush();
	}

	private function before_the_step( bool $is_late ): OlderOrders {
		// One clock for all tells nothing.
		$orders = $is_late ? OlderOrders::published( self::SITE, self::SITE ) : OlderOrders::published( self::SITE, self::DATABASE );
		$this->older_orders( $orders->fill( 12 ), $is_late ? str_replace( ' ON UPDATE CURRENT_TIMESTAMP', '', self::OLDER ) : self::OLDER );
		self::assertTrue( $this->install() );
		if ( $is_late ) {
			$this->run_until_asked();
			Plugin::instance()->older_facts()->answer( self::SITE, null );
			Plugin::instance()->setup()->again();
		}
		$this->wait_no_more();
		$parts = 0;
		while ( ++$parts < 6 && 'older' !== self::state()->todo()[0] ) {
			Plugin::instance()->upgrade()->go_on( microtime( true ), true );
		}
		self::assertSame( 'older', self::state()->todo()[0] );

		return $orders;
	}

	/** @return bool Whether it died before the step was done. */
	private function live_until( int $statement, string $death ): bool {
		$count = 0;
		add_filter(
			'query',
			function ( string $query ) use ( &$count, $statement, $death ): string {
				if ( ++$count < $statement || ( 'connection' === $death && $count > $statement ) ) {
					return $query;
				}
				if ( 'connection' === $death ) {
					$this->kill_connection();
					return $query;
				}
				if ( 'after' === $death && $count === $statement && null !== $GLOBALS['wpdb']->dbh ) {
					$GLOBALS['wpdb']->dbh->query( $query );
				}
				throw new \Error( 'killed' );
			}
		);
		try {
			$parts = 0;
			while ( ++$parts < 4 && in_array( 'older', self::state()->todo(), true ) ) {
				Plugin::instance()->upgrade()->go_on( microtime( true ), true );
			}
		} catch ( \Error $killed ) {
			self::assertSame( 'killed', $killed->getMessage() );
		}
		remove_all_filters( 'query' );

		return $count >= $statement;
	}

	private function kill_connection(): void {
		$other = $this->other_connection();
		$other->query( 'KILL ' . self::db()->connection_id() );
		$other->close();
	}

	/** A new process: it knows nothing, and the lock of the dead one has ended. */
	private function rise_again(): void {
		global $wpdb;
		$wpdb->close();
		$wpdb->db_connect();
		$options = self::db()->core_table( 'options' );
		self::db()->execute( "DELETE FROM $options WHERE option_name IN (%s)", array( Lock::OPTION, Trouble::OPTION ) );
		$lock = ( new \ReflectionMethod( Plugin::class, 'upgrade_lock' ) )->invoke( Plugin::instance() );
		( new \ReflectionProperty( Lock::class, 'held' ) )->setValue( $lock, null );
		wp_cache_flush();
		$this->wait_no_more();
	}
}
