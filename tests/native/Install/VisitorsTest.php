<?php
/**
 * A site whose tables are not there.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\Installer;
use SellMyImages\Plugin;
use SellMyImages\Upkeep\Cron;

final class VisitorsTest extends InstallTestCase {

	protected function setUp(): void {
		parent::setUp();
		Plugin::instance()->schema()->drop();
		update_option( Installer::VERSION_OPTION, '0' );
	}

	public function test_a_visitor_installs_nothing(): void {
		foreach ( array( 'plugins_loaded', 'init', 'wp_loaded', 'template_redirect', 'wp_footer', 'shutdown', 'rest_api_init' ) as $hook ) {
			foreach ( array_merge( array(), ...array_values( ( $GLOBALS['wp_filter'][ $hook ] ?? new \WP_Hook() )->callbacks ) ) as $listener ) {
				$object = is_array( $listener['function'] ) ? $listener['function'][0] : null;
				self::assertFalse( is_object( $object ) && str_starts_with( get_class( $object ), 'SellMyImages\\Install' ), $hook );
			}
		}
		$this->open_admin_page();
		self::assertSame( array(), $this->tables(), 'admin-ajax.php fires admin_init for visitors as well.' );
		$this->as_role( 'subscriber' );
		$this->open_admin_page();
		self::assertSame( array(), $this->tables() );
	}

	public function test_the_first_page_of_the_admin_installs(): void {
		$this->as_admin();
		$this->open_admin_page();
		self::assertTrue( self::state()->is_done() );
		$this->assert_layout_is_todays();
	}

	public function test_the_clock_installs_and_works_only_then(): void {
		remove_all_actions( 'smi_payment_completed' );
		Plugin::instance()->cron()->run();
		self::assertSame( array(), $this->tables(), 'A worker without tables does nothing, and breaks nothing.' );
		do_action( Cron::EVENT );
		$this->assert_layout_is_todays();
	}

	/** @return array<string,array{0:string,1:string,2:array<string,mixed>}> */
	public function routes(): array {
		$job = '/smi/v1/jobs/abcd0000-0000-4000-8000-000000000001';

		return array(
			'list'     => array( 'GET', '/smi/v1/jobs', array() ),
			'stats'    => array( 'GET', '/smi/v1/jobs/stats', array() ),
			'detail'   => array( 'GET', $job, array() ),
			'export'   => array( 'GET', '/smi/v1/jobs/export', array() ),
			'action'   => array( 'POST', "$job/retry", array() ),
			'offers'   => array( 'GET', '/smi/v1/offers', array( 'attachment_id' => 1, 'post_id' => 1 ) ),
			'checkout' => array( 'POST', '/smi/v1/checkouts', array( 'attachment_id' => 1, 'post_id' => 1, 'resolution' => '4x', 'email' => 'buyer@example.org' ) ),
			'click'    => array( 'POST', '/smi/v1/clicks', array( 'attachment_id' => 1, 'post_id' => 1 ) ),
		);
	}

	/**
	 * @param array<string,mixed> $params Of the request.
	 * @dataProvider routes
	 */
	public function test_rest_asks_to_come_again( string $method, string $route, array $params ): void {
		$this->as_admin();
		$answer = $this->rest( $method, $route, $params );
		self::assertSame( 503, $answer->get_status() );
		self::assertSame( 'smi_upgrade_pending', $answer->get_data()['code'] );
		self::assertStringContainsString( 'Nothing was lost', $answer->get_data()['message'] );
		self::assertGreaterThan( 0, (int) $answer->get_headers()['Retry-After'] );
	}

	/**
	 * The version says that all is well, and a table is missing nevertheless.
	 *
	 * @param array<string,mixed> $params Of the request.
	 * @dataProvider routes
	 */
	public function test_rest_asks_to_come_again_where_tables_were_lost( string $method, string $route, array $params ): void {
		$this->allow_log( '/^.*Sell My Images: .*$/m' );
		update_option( Installer::VERSION_OPTION, (string) \SellMyImages\Install\Schema::VERSION );
		$this->as_admin();
		$status = $this->rest( $method, $route, $params )->get_status();
		self::assertContains( $status, array( 503, 400, 404 ), 'Never 500.' );
		self::assertSame( array(), $this->tables() );
	}

	public function test_settings_and_posts_can_be_saved(): void {
		$this->as_admin();
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/settings' )->get_status() );
		update_option( Installer::VERSION_OPTION, (string) \SellMyImages\Install\Schema::VERSION );
		$post = wp_insert_post( array( 'post_title' => 'Before', 'post_status' => 'publish' ) );
		self::assertSame( $post, wp_update_post( array( 'ID' => $post, 'post_title' => 'After' ) ) );
	}

	public function test_the_jobs_page_still_opens(): void {
		$this->as_admin();
		self::assertStringContainsString( 'window.smiJobs', Plugin::instance()->boot_data()->script( true ) );
		$this->allow_log( '/^.*Sell My Images: .*$/m' );
		update_option( Installer::VERSION_OPTION, (string) \SellMyImages\Install\Schema::VERSION );
		self::assertStringContainsString( 'window.smiJobs', Plugin::instance()->boot_data()->script( true ) );
	}

	public function test_the_plugin_can_be_switched_off_and_on(): void {
		deactivate_plugins( 'sell-my-images/sell-my-images.php' );
		self::assertSame( array(), $this->tables() );
		self::assertNull( activate_plugin( 'sell-my-images/sell-my-images.php' ) );
		$this->assert_layout_is_todays();
	}
}
