<?php
/**
 * The plugin as it comes out of its zip.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Tests\TestCase;

final class ActivationTest extends TestCase {
	public function test_is_active_and_lies_where_wordpress_expects_it(): void {
		self::assertTrue( is_plugin_active( 'sell-my-images/sell-my-images.php' ) );
		self::assertFileExists( WP_PLUGIN_DIR . '/sell-my-images/readme.txt' );
	}

	public function test_activation_made_the_tables(): void {
		global $wpdb;
		$tables = $this->tables();
		foreach ( array( 'jobs', 'attempts', 'refunds', 'job_events', 'commands' ) as $table ) {
			self::assertContains( "{$wpdb->prefix}smi_$table", $tables );
		}
	}

	public function test_every_table_is_innodb_and_utf8mb4(): void {
		global $wpdb;
		$wrong = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE %s AND ( engine <> 'InnoDB' OR table_collation NOT LIKE 'utf8mb4%%' )",
				$wpdb->esc_like( "{$wpdb->prefix}smi_" ) . '%'
			)
		);
		self::assertSame( array(), $wrong );
	}

	public function test_a_second_activation_changes_nothing(): void {
		$this->make_job();
		deactivate_plugins( 'sell-my-images/sell-my-images.php' );
		$result = activate_plugin( 'sell-my-images/sell-my-images.php' );
		self::assertNull( $result );
		global $wpdb;
		self::assertSame( '1', $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_jobs" ) );
	}
}
