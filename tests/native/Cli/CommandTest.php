<?php
/**
 * `wp smi`, by WP-CLI itself.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Cli;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

final class CommandTest extends TestCase {

	public function test_has_the_commands_that_are_documented_and_no_other(): void {
		[ $code, $text ] = $this->wp( 'help', 'smi' );
		self::assertSame( 0, $code );
		preg_match_all( '/^  ([a-z][a-z_-]*)\s{2,}\S/m', (string) strstr( $text, 'SUBCOMMANDS' ), $found );
		self::assertNotContains( 'register', $found[1] );
		self::assertSame( array( 'pair', 'status', 'work' ), array_values( array_intersect( $found[1], array( 'pair', 'status', 'work' ) ) ) );
		self::assertSame( 1, $this->wp( 'smi', 'register' )[0] );
	}

	/** @return array<string,array{0:string}> */
	public static function no_times(): array {
		return array( 'a word' => array( 'soon' ), 'nothing' => array( '0' ), 'less than nothing' => array( '-5' ), 'empty' => array( '' ), 'with a unit' => array( '30s' ), 'not finite' => array( '1e999' ) );
	}

	/** @dataProvider no_times */
	public function test_a_time_that_is_none_is_an_error_and_nothing_is_done( string $seconds ): void {
		Plugin::instance()->commands()->hint( CommandKind::SendEmail, 'x', null );
		[ $code, $text ] = $this->wp( 'smi', 'work', "--seconds=$seconds" );
		self::assertSame( 1, $code, $text );
		self::assertStringContainsString( 'Nothing was done', $text );
		self::assertSame( '0', $this->leases() );
	}

	public function test_work_does_what_is_due(): void {
		[ $code, $text ] = $this->wp( 'smi', 'work', '--seconds=5' );
		self::assertSame( 0, $code, $text );
		self::assertMatchesRegularExpression( '/^Success: \d+ commands? run\./m', $text );
		self::assertGreaterThan( 0, (int) $this->leases() );
	}

	/** A scheduler that runs it must see it. */
	public function test_work_that_failed_is_an_error(): void {
		global $wpdb;
		$wpdb->query( "RENAME TABLE {$wpdb->prefix}smi_provider_events TO {$wpdb->prefix}smi_provider_events_away" );
		try {
			[ $code, $text ] = $this->wp( 'smi', 'work' );
		} finally {
			$wpdb->query( "RENAME TABLE {$wpdb->prefix}smi_provider_events_away TO {$wpdb->prefix}smi_provider_events" );
		}
		self::assertSame( 1, $code, $text );
		self::assertStringContainsString( 'Warning: purge: ', $text );
		self::assertMatchesRegularExpression( '/Error: \d+ commands? run. 1 of them failed. Nothing is lost: what failed will be tried again./', $text );
	}

	public function test_a_database_that_refuses_is_said_in_a_sentence(): void {
		global $wpdb;
		$wpdb->query( "RENAME TABLE {$wpdb->prefix}smi_commands TO {$wpdb->prefix}smi_commands_away" );
		try {
			$work   = $this->wp( 'smi', 'work' );
			$status = $this->wp( 'smi', 'status' );
		} finally {
			$wpdb->query( "RENAME TABLE {$wpdb->prefix}smi_commands_away TO {$wpdb->prefix}smi_commands" );
		}
		foreach ( array( $work, $status ) as [ $code, $text ] ) {
			self::assertSame( 1, $code, $text );
			self::assertStringContainsString( 'Error: The database', $text );
			self::assertStringNotContainsString( 'Stack trace', $text );
		}
	}

	public function test_status_ends_well_only_when_all_is_well(): void {
		[ $code, $text ] = $this->wp( 'smi', 'status' );
		self::assertSame( 1, $code, $text );
		self::assertStringContainsString( 'Bridge last heard: never', $text );
		self::assertStringContainsString( 'No bridge is connected', $text );

		Plugin::instance()->key_ring()->create( 'A bridge' );
		Plugin::instance()->bridge_state()->seen();
		[ $code, $text ] = $this->wp( 'smi', 'status' );
		self::assertSame( 0, $code, $text );
		self::assertStringContainsString( 'Success: ', $text );
	}

	public function test_pairs_once_and_says_why_not(): void {
		[ $code, $text ] = $this->wp( 'smi', 'pair', '--label=A bridge' );
		self::assertSame( 0, $code, $text );
		self::assertSame( 'A bridge', Plugin::instance()->key_ring()->all()[0]['label'] );
		self::assertStringNotContainsString( 'Warning', $text );
		foreach ( Plugin::instance()->key_ring()->all() as $key ) {
			Plugin::instance()->key_ring()->used( $key['id'] );
		}
		$this->wp( 'smi', 'pair' );
		wp_cache_flush();
		foreach ( Plugin::instance()->key_ring()->all() as $key ) {
			Plugin::instance()->key_ring()->used( $key['id'] );
		}
		[ $code, $text ] = $this->wp( 'smi', 'pair' );
		self::assertSame( 1, $code, $text );
		self::assertStringContainsString( 'Two connection keys', $text );
	}

	/** @return array{0:int,1:string} Exit code, and all that was said. */
	private function wp( string ...$arguments ): array {
		$boot    = dirname( __DIR__, 3 ) . '/vendor/wp-cli/wp-cli/php/boot-fs.php';
		$command = array( PHP_BINARY, '-d', 'sendmail_path=/bin/true', $boot, '--path=' . ABSPATH, '--exec=define( "WP_DEBUG_LOG", "/dev/null" );', '--allow-root', '--no-color', ...$arguments );
		$process = proc_open( $command, array( 1 => array( 'pipe', 'w' ), 2 => array( 'redirect', 1 ) ), $pipes, null, array( 'WP_CLI_CACHE_DIR' => get_temp_dir() . 'smi-wp-cli', 'PAGER' => 'cat' ) + getenv() ); // phpcs:ignore Generic.PHP.ForbiddenFunctions, WordPress.PHP.DiscouragedPHPFunctions -- the program itself.
		self::assertIsResource( $process );
		$text = (string) stream_get_contents( $pipes[1] );
		$code = proc_close( $process );
		wp_cache_flush();

		return array( $code, $text );
	}

	private function leases(): string {
		return (string) Plugin::instance()->db()->value( 'SELECT COALESCE(SUM(lease_no), 0) AS n FROM {commands}' );
	}
}
