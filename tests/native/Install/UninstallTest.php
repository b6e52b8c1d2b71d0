<?php
/**
 * Deleting the plugin, on a single site.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Capabilities;
use SellMyImages\Files\PrivateFolder;
use SellMyImages\Install\Belongings;
use SellMyImages\Install\Installer;
use SellMyImages\Install\Uninstaller;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;
use SellMyImages\Upkeep\Cron;

final class UninstallTest extends TestCase {

	private const STRANGERS = array( 'smi_of_another_plugin', 'smi_delete_data_on_uninstall', '_transient_smi_of_another_plugin', '_transient_timeout_smi_of_another_plugin' );

	protected function tearDown(): void {
		Plugin::instance()->schema()->create();
		Capabilities::grant();
		array_map( 'delete_option', self::STRANGERS );
		delete_user_meta( 1, 'smi_of_another_plugin' );
		delete_user_meta( 1, self::preferences() );
		wp_clear_scheduled_hook( 'smi_of_another_plugin' );
		parent::tearDown();
	}

	public function test_keeps_the_sales_and_what_they_need_but_no_secret_of_the_bridge(): void {
		$plugin = Plugin::instance();
		$job    = $this->make_job();
		$file   = $this->sold_file();
		$site   = $plugin->site_identity()->uuid();
		$plugin->settings()->save( array( 'currency' => 'EUR' ) );
		$plugin->pairing()->create_connection_string( 'A bridge' );
		array_map( static fn( string $option ) => update_option( $option, 'x' ), array_diff( Belongings::PASSING_OPTIONS, array( 'smi_bridge_keys' ) ) );
		$plugin->cron()->ensure();
		self::strangers();

		Uninstaller::run();
		self::assertSame( array(), self::options_of( Belongings::PASSING_OPTIONS ) );
		self::assertFalse( get_role( 'administrator' )?->has_cap( Capabilities::VIEW ) );
		self::assertFalse( wp_next_scheduled( Cron::EVENT ) );
		self::assertNotNull( $plugin->jobs()->find( $job ) );
		self::assertFileExists( $file );
		self::assertSame( array( 'EUR', $site ), array( $plugin->settings()->currency(), $plugin->site_identity()->uuid() ) );
		self::assertEqualsCanonicalizing( array( 'smi_schema_version', 'smi_settings', 'smi_site', 'smi_files_secret', 'smi_uploads_folders' ), self::options_of( Belongings::LASTING_OPTIONS ) );
		$this->expect_strangers();
		unlink( $file );
	}

	public function test_takes_all_that_is_ours_when_told_to(): void {
		$plugin = Plugin::instance();
		$this->make_job();
		$file = $this->sold_file();
		$plugin->site_identity()->uuid();
		array_map( static fn( string $option ) => update_option( $option, 'x' ), array_diff( array( ...Belongings::PASSING_OPTIONS, ...Belongings::LASTING_OPTIONS ), array( 'smi_settings' ) ) );
		$plugin->settings()->save( array( 'delete_data_on_uninstall' => true ) );
		update_user_meta( 1, self::preferences(), array( 'smi/jobs' => array( 'look' => 1 ), 'core' => array( 'welcome' => false ) ) );
		self::strangers();
		// A host where WordPress would ask for an FTP password.
		add_filter( 'filesystem_method', static fn(): string => 'ftpext' );

		Uninstaller::run();
		self::assertSame( array(), $this->tables() );
		self::assertSame( array(), self::options_of( array( ...Belongings::PASSING_OPTIONS, ...Belongings::LASTING_OPTIONS ) ) );
		self::assertSame( array( 'core' => array( 'welcome' => false ) ), get_user_meta( 1, self::preferences(), true ) );
		self::assertDirectoryDoesNotExist( dirname( $file, 3 ) );
		self::assertDirectoryExists( dirname( $file, 4 ) );
		$this->expect_strangers();
	}

	public function test_a_shop_that_comes_back_finds_its_sales(): void {
		$job = $this->make_job();
		Uninstaller::run();
		Plugin::instance()->installer()->activate();
		self::assertNotNull( Plugin::instance()->jobs()->find( $job ) );
		self::assertTrue( get_role( 'administrator' )?->has_cap( Capabilities::VIEW ) );
		self::assertFalse( Plugin::instance()->upgrade()->is_running() );
	}

	/** What others named as we name ours. */
	private static function strangers(): void {
		array_map( static fn( string $option ) => update_option( $option, '1' ), self::STRANGERS );
		update_user_meta( 1, 'smi_of_another_plugin', 'theirs' );
		wp_schedule_single_event( time() + 600, 'smi_of_another_plugin' );
	}

	private function expect_strangers(): void {
		self::assertSame( self::STRANGERS, self::options_of( self::STRANGERS ) );
		self::assertSame( 'theirs', get_user_meta( 1, 'smi_of_another_plugin', true ) );
		self::assertNotFalse( wp_next_scheduled( 'smi_of_another_plugin' ) );
	}

	/**
	 * @param list<string> $names Options.
	 * @return list<string> Those that are stored.
	 */
	private static function options_of( array $names ): array {
		global $wpdb;
		$stored = $wpdb->get_col( "SELECT option_name FROM $wpdb->options" );

		return array_values( array_intersect( $names, $stored ) );
	}

	private function sold_file(): string {
		$folder = (string) Plugin::instance()->private_folder()->open( wp_generate_uuid4() );
		file_put_contents( "$folder/a.jpg", 'a picture' );

		return "$folder/a.jpg";
	}

	private static function preferences(): string {
		global $wpdb;

		return $wpdb->get_blog_prefix() . 'persisted_preferences';
	}
}
