<?php
/**
 * Hosts that switch functions off, and give little time and memory.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

final class PoorHostTest extends InstallTestCase {

	private const DISABLED = 'set_time_limit,ini_set,ignore_user_abort,disk_free_space,disk_total_space,exec,shell_exec,system,passthru,proc_open,popen,putenv,getenv,chmod,flock,php_uname,symlink,posix_getpid,fastcgi_finish_request,usleep';

	/** A whole upgrade, with a list after each part, in a PHP of its own. */
	private const PROGRAM = <<<'PHP'
		define( 'WP_DEBUG', false );
		require '%s/wp-load.php';
		$plugin = SellMyImages\Plugin::instance();
		wp_set_current_user( 1 );
		do { $plugin->installer()->on_admin_page(); $plugin->installer()->install_if_needed(); $plugin->upgrade()->go_on( microtime( true ) + 0.2 ); $status = rest_do_request( new WP_REST_Request( 'GET', '/smi/v1/jobs' ) )->get_status(); } while ( 200 === $status && ! $plugin->upgrade_state()->is_done() && null === $plugin->upgrade_trouble()->get() );
		echo wp_json_encode( array( $status, $plugin->upgrade_state()->is_done(), $plugin->upgrade_trouble()->get(), function_exists( 'set_time_limit' ), memory_get_peak_usage( true ) ) );
	PHP;

	public function test_upgrades_where_functions_are_switched_off_in_128_megabytes(): void {
		$this->older_table( 20 );
		// Other processes have the server's own zone, and these orders say nothing of theirs.
		\SellMyImages\Plugin::instance()->older_facts()->answer( 'UTC', null );
		self::db()->execute( 'INSERT INTO {jobs} (job_id, image_url, resolution, email, post_id, status, payment_status, amount_charged, paid_at, created_at, updated_at)
			SELECT UUID(), j.image_url, j.resolution, j.email, j.post_id, j.status, j.payment_status, j.amount_charged, j.paid_at, j.created_at, j.updated_at FROM {jobs} j, {jobs} k, {jobs} l, (SELECT 1 AS n UNION SELECT 2) AS m' );
		update_option( \SellMyImages\Install\Installer::VERSION_OPTION, '0' );
		$answer = $this->run_php( sprintf( self::PROGRAM, (string) getenv( 'SMI_WP_DIR' ) ) );
		wp_cache_flush();
		self::assertSame( array( 200, true, null, false ), array_slice( $answer, 0, 4 ) );
		self::assertLessThan( 128 * MB_IN_BYTES, $answer[4] );
		self::assertSame( '16020', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
	}

	/** @return array<int,mixed> What it printed. */
	private function run_php( string $code ): array {
		$settings = array( 'disable_functions=' . self::DISABLED, 'memory_limit=128M', 'max_execution_time=30', 'error_reporting=-1', 'display_errors=stderr' );
		$command  = implode( ' ', array_map( 'escapeshellarg', array( PHP_BINARY, ...array_merge( ...array_map( static fn( string $one ): array => array( '-d', $one ), $settings ) ), '-r', $code ) ) );
		exec( "$command 2>&1", $lines ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- a PHP of its own is the point.
		$answer = json_decode( (string) end( $lines ), true );
		self::assertIsArray( $answer, implode( "\n", $lines ) );

		return $answer;
	}
}
