<?php
/**
 * Deleting the plugin from a network.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Multisite;

use SellMyImages\Capabilities;
use SellMyImages\Install\Belongings;
use SellMyImages\Install\Uninstaller;
use SellMyImages\Plugin;

final class NetworkUninstallTest extends MultisiteTestCase {

	/** @var list<string> */
	private array $foreign = array();

	protected function tearDown(): void {
		global $wpdb;
		foreach ( $this->foreign as $table ) {
			$wpdb->query( "DROP TABLE IF EXISTS $table" ); // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- made by the test.
		}
		Plugin::instance()->schema()->create();
		Capabilities::grant();
		delete_user_meta( 1, 'smi_of_another_plugin' );
		parent::tearDown();
	}

	public function test_each_site_by_its_own_wish(): void {
		global $wpdb;
		$job  = $this->make_job();
		$site = $this->make_shop();
		foreach ( array( 1, $site ) as $one ) {
			$this->on( $one, fn() => Plugin::instance()->pairing()->create_connection_string( 'A bridge' ) );
			update_user_meta( 1, $wpdb->get_blog_prefix( $one ) . 'persisted_preferences', array( 'smi/jobs' => array( 'look' => $one ) ) );
		}
		update_user_meta( 1, 'smi_of_another_plugin', 'theirs' );
		$this->on( $site, static fn() => Plugin::instance()->settings()->save( array( 'delete_data_on_uninstall' => true ) ) );
		$tables = $this->tables_of( 1 );

		Uninstaller::run();
		self::assertSame( array(), $this->tables_of( $site ) );
		self::assertSame( $tables, $this->tables_of( 1 ) );
		self::assertNotNull( Plugin::instance()->jobs()->find( $job ) );
		self::assertSame( array( array(), array( 'smi/jobs' => array( 'look' => 1 ) ), 'theirs' ), array( $this->preferences( $site ), $this->preferences( 1 ), get_user_meta( 1, 'smi_of_another_plugin', true ) ) );
		foreach ( array( 1, $site ) as $one ) {
			self::assertFalse( get_blog_option( $one, 'smi_bridge_keys' ) );
			self::assertFalse( $this->on( $one, static fn(): bool => (bool) get_role( 'administrator' )?->has_cap( Capabilities::VIEW ) ) );
		}
		self::assertSame( array( false, true ), array( get_blog_option( $site, 'smi_settings' ), is_string( get_blog_option( 1, 'smi_schema_version' ) ) ) );
	}

	/** A site that was deleted while the plugin was not loaded leaves its tables. */
	public function test_tables_of_deleted_sites_go_and_those_of_other_installations_stay(): void {
		global $wpdb;
		$site = $this->make_shop();
		remove_all_filters( 'wpmu_drop_tables' );
		wp_delete_site( $site );
		self::assertNotSame( array(), $this->tables_of( $site ) );
		$this->foreign = array( "{$wpdb->base_prefix}777_smi_jobs", "{$wpdb->base_prefix}777_options", "{$wpdb->base_prefix}778_smi_notes" );
		foreach ( $this->foreign as $table ) {
			$wpdb->query( "CREATE TABLE $table (id int)" ); // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared
		}
		Uninstaller::run();
		self::assertSame( array(), $this->tables_of( $site ) );
		foreach ( $this->foreign as $table ) {
			self::assertSame( $table, $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) );
		}
	}

	public function test_trouble_on_one_site_leaves_no_secret_on_the_others(): void {
		$site = $this->make_shop();
		$this->on( $site, fn() => Plugin::instance()->pairing()->create_connection_string( 'A bridge' ) );
		Plugin::instance()->settings()->save( array( 'delete_data_on_uninstall' => true ) );
		$refuse = static fn( string $query ): string => str_contains( $query, 'DROP TABLE' ) ? 'SELECT nothing FROM nowhere' : $query;
		add_filter( 'query', $refuse );
		$failed = false;
		try {
			Uninstaller::run();
		} catch ( \Throwable ) {
			$failed = true;
		}
		remove_filter( 'query', $refuse );
		self::assertTrue( $failed );
		self::assertSame( array( false, 1 ), array( get_blog_option( $site, Belongings::PASSING_OPTIONS[1] ), get_current_blog_id() ) );
	}

	/** @return array<string,mixed> */
	private function preferences( int $site ): array {
		global $wpdb;

		return (array) get_user_meta( 1, $wpdb->get_blog_prefix( $site ) . 'persisted_preferences', true );
	}
}
