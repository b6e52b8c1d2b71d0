<?php
/**
 * Options whose read failed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Database;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

/**
 * What could not be read is not "not there": nothing is made anew or saved after it.
 */
final class FailedReadsTest extends TestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->allow_log( '/.*WordPress database error.*\n?/' );
		delete_option( 'smi_site' ); // Of an earlier request, and restored as one that is loaded with all others.
		delete_option( 'smi_bridge_keys' );
	}

	/** @dataProvider options */
	public function test_nothing_is_made_or_saved_after_a_read_that_failed( string $name, mixed $stored, \Closure $use ): void {
		update_option( $name, $stored, 'smi_settings' === $name );
		wp_cache_flush();
		$before = $this->row( $name );
		$fault  = $this->break_reads_of( $name );
		try {
			$use( Plugin::instance() );
			$said = '';
		} catch ( DatabaseError $error ) {
			$said = $error->getMessage();
		} finally {
			remove_filter( 'query', $fault );
		}
		self::assertSame( $before, $this->row( $name ) );
		self::assertStringContainsString( 'broken', $said );
		wp_cache_delete( 'alloptions', 'options' );
		self::assertSame( $stored, get_option( $name ), 'The failed read is still believed.' );
	}

	/** @return array<string,array{string,mixed,\Closure}> */
	public static function options(): array {
		$ring = array( array( 'id' => 'k_000000000001', 'secret' => 'x', 'created_at' => 1, 'label' => '' ) );

		return array(
			'identity'      => array( 'smi_site', array( 'uuid' => '11111111-1111-4111-8111-111111111111', 'home_hash' => null ), static fn( Plugin $p ) => $p->site_identity()->uuid() ),
			'where it was'  => array( 'smi_site', array( 'uuid' => '11111111-1111-4111-8111-111111111111', 'home_hash' => null ), static fn( Plugin $p ) => $p->site_identity()->settle_here() ),
			'files'         => array( 'smi_files_secret', 'abc', static fn( Plugin $p ) => $p->private_folder()->folder( 'x' ) ),
			'new key'       => array( 'smi_bridge_keys', $ring, static fn( Plugin $p ) => $p->key_ring()->create( 'b' ) ),
			'revoked key'   => array( 'smi_bridge_keys', $ring, static fn( Plugin $p ) => $p->key_ring()->revoke( 'k_000000000002' ) ),
			'known key'     => array( 'smi_bridge_keys', $ring, static fn( Plugin $p ) => $p->key_ring()->secret( 'k_000000000001' ) ),
			'use of a key'  => array( 'smi_bridge_keys_used', array( 'k_000000000001' => 5 ), static fn( Plugin $p ) => $p->key_ring()->used( 'k_000000000001' ) ),
			'settings'      => array( 'smi_settings', array( 'currency' => 'EUR', 'link_lifetime_days' => 3 ), static fn( Plugin $p ) => $p->settings()->save( array( 'input_type' => 'anime' ) ) ),
			'prices'        => array( 'smi_settings', array( 'currency' => 'EUR' ), static fn( Plugin $p ) => $p->settings()->price_minor( '4x' ) ),
			'pause'         => array( 'smi_upscaler_pause', array( 'since' => '2026-01-01 00:00:00', 'code' => 'c', 'message' => 'm', 'next_probe' => '2099-01-01 00:00:00' ), static fn( Plugin $p ) => $p->upscaler_pause()->raise( 'd', 'n' ) ),
			'is it paused?' => array( 'smi_upscaler_pause', array( 'since' => '2026-01-01 00:00:00', 'code' => 'c', 'message' => 'm', 'next_probe' => '2099-01-01 00:00:00' ), static fn( Plugin $p ) => $p->upscaler_pause()->is_on() ),
			'safe mode'     => array( 'smi_bridge', array( 'livemode' => true ), static fn( Plugin $p ) => $p->safe_mode()->is_on() ),
		);
	}

	public function test_the_site_keeps_its_identity_when_a_transaction_is_given_up_as_it_is_read(): void {
		$uuid = Plugin::instance()->site_identity()->uuid();
		wp_cache_flush();
		$runs  = 0;
		$fault = $this->break_reads_of( 'smi_site', "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock'", 1 );
		$seen  = Plugin::instance()->transaction()->run(
			static function () use ( &$runs ): string {
				++$runs;

				return Plugin::instance()->site_identity()->uuid();
			}
		);
		remove_filter( 'query', $fault );
		self::assertSame( array( $uuid, 2 ), array( $seen, $runs ) );
		self::assertSame( $uuid, Plugin::instance()->site_identity()->uuid() );
	}

	public function test_two_requests_that_make_an_identity_at_once_make_one(): void {
		$other = array( 'uuid' => '22222222-2222-4222-8222-222222222222', 'home_hash' => null );
		$add   = function ( string $sql ) use ( $other ): string {
			if ( 1 === preg_match( '/FOR UPDATE$|^INSERT/', $sql ) && str_contains( $sql, "'smi_site'" ) && null === $this->row( 'smi_site' ) ) {
				$this->elsewhere( "INSERT INTO {$GLOBALS['wpdb']->options} (option_name, option_value, autoload) VALUES ('smi_site', '" . serialize( $other ) . "', 'off')" ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- as WordPress stores it.
			}

			return $sql;
		};
		add_filter( 'query', $add );
		$uuid = Plugin::instance()->site_identity()->uuid();
		remove_filter( 'query', $add );
		self::assertSame( $other['uuid'], $uuid );
		self::assertSame( $other['uuid'], get_option( 'smi_site' )['uuid'] );
	}

	public function test_a_key_made_at_the_same_moment_by_another_request_is_not_lost(): void {
		$other = array( 'id' => 'k_000000000001', 'secret' => 'x', 'created_at' => 1, 'label' => 'other' );
		$once  = 0;
		$add   = function ( string $sql ) use ( $other, &$once ): string {
			if ( str_contains( $sql, "'smi_bridge_keys'" ) && 1 === preg_match( '/FOR UPDATE$|^(INSERT|UPDATE)/', $sql ) && 1 === ++$once ) {
				$this->elsewhere( "INSERT IGNORE INTO {$GLOBALS['wpdb']->options} (option_name, option_value, autoload) VALUES ('smi_bridge_keys', '" . serialize( array( $other ) ) . "', 'off')" ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- as WordPress stores it.
			}

			return $sql;
		};
		update_option( 'smi_bridge_keys_used', array( 'k_000000000001' => 5 ), false );
		add_filter( 'query', $add );
		$key = Plugin::instance()->key_ring()->create( 'mine' );
		remove_filter( 'query', $add );
		self::assertSame( array( 'k_000000000001', $key['id'] ), array_column( Plugin::instance()->key_ring()->all(), 'id' ) );
	}

	private function elsewhere( string $sql ): void {
		self::assertTrue( $this->other_connection()->query( $sql ) );
	}

	/** @return string|null The option as another connection sees it. */
	private function row( string $name ): ?string {
		return $this->other_connection()->query( "SELECT option_value FROM {$GLOBALS['wpdb']->options} WHERE option_name = '$name'" )->fetch_row()[0] ?? null;
	}

	/** @return callable A filter, to be removed. */
	private function break_reads_of( string $name, string $instead = 'SELECT broken', int $times = PHP_INT_MAX ): callable {
		$fault = static function ( string $sql ) use ( $name, $instead, &$times ): string {
			$is_read = 1 === preg_match( '/^SELECT/i', $sql ) && ( str_contains( $sql, "'$name'" ) || ( 'smi_settings' === $name && str_contains( $sql, 'autoload IN' ) ) || ( 'smi_settings' === $name && str_ends_with( trim( $sql ), 'options' ) ) );

			return $is_read && $times-- > 0 ? $instead : $sql;
		};
		add_filter( 'query', $fault );

		return $fault;
	}
}
