<?php
/**
 * Real requests and real processes while tables are missing, refused or being carried over.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Install;

use SellMyImages\Install\Installer;
use SellMyImages\Install\Schema;
use SellMyImages\Plugin;

final class WholeRequestsTest extends InstallTestCase {

	/** What a first request of the admin does, in a PHP of its own. */
	private const REQUEST = <<<'PHP'
		require '%s/wp-load.php';
		wp_set_current_user( 1 );
		$begun = microtime( true );
		SellMyImages\Plugin::instance()->installer()->on_admin_page();
		$seconds = microtime( true ) - $begun;
		do_action( 'shutdown' );
		echo wp_json_encode( array( 'trouble' => SellMyImages\Plugin::instance()->upgrade_trouble()->get(), 'seconds' => $seconds ) ), "\n";
		remove_all_actions( 'shutdown' );
	PHP;

	private string $refusal = '';

	/** One for all requests of a test: nonces belong to it. */
	private string $session = '';

	protected function setUp(): void {
		parent::setUp();
		$this->refusal = WPMU_PLUGIN_DIR . '/smi-test-refusal.php';
	}

	protected function tearDown(): void {
		if ( is_file( $this->refusal ) ) {
			unlink( $this->refusal );
		}
		parent::tearDown();
	}

	public function test_six_first_requests_at_once_are_one_upgrade(): void {
		$this->older_table( 40, self::OLDER, 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci' );
		// Other processes have the server's own zone, and these orders say nothing of theirs.
		Plugin::instance()->older_facts()->answer( 'UTC', null );
		update_option( Installer::VERSION_OPTION, '0' );
		$processes = array_map( fn() => popen( 'php -d error_reporting=-1 -d display_errors=1 -r ' . escapeshellarg( sprintf( self::REQUEST, (string) getenv( 'SMI_WP_DIR' ) ) ) . ' 2>&1', 'r' ), range( 1, 6 ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- processes of their own are the point.
		foreach ( $processes as $process ) {
			self::assertIsResource( $process );
			$output = trim( (string) stream_get_contents( $process ) );
			pclose( $process );
			$answer = json_decode( $output, true );
			self::assertIsArray( $answer, $output );
			self::assertNull( $answer['trouble'], $output );
		}
		wp_cache_flush();
		if ( ! self::state()->is_done() ) {
			$this->run_upgrade();
		}
		$this->assert_layout_is_todays();
		self::assertSame( '40', self::db()->value( 'SELECT SUM(n) AS n FROM {counts_facet}' ) );
		self::assertSame( '8', self::db()->value( 'SELECT COUNT(*) AS n FROM {refunds}' ) );
	}

	public function test_pages_and_screens_open_without_tables_whatever_the_version_says(): void {
		foreach ( array( '0', (string) Schema::VERSION ) as $version ) {
			Plugin::instance()->schema()->drop();
			update_option( Schema::CHECKED_OPTION, (string) time() );
			update_option( Installer::VERSION_OPTION, $version );
			$post = wp_insert_post( array( 'post_title' => "With a picture $version", 'post_status' => 'publish', 'post_content' => '<!-- wp:image {"id":1} --><figure class="wp-block-image"><img src="/x.jpg" class="wp-image-1"/></figure><!-- /wp:image -->' ) );
			foreach ( array( '/', wp_make_link_relative( (string) get_permalink( $post ) ), '/wp-login.php', '/wp-cron.php?doing_wp_cron', '/?smi_job=abc', '/wp-json/' ) as $path ) {
				// As nobody, but where a neighbour of the tests may have closed the REST API to nobody.
				self::assertSame( 200, $this->get( $path, '/wp-json/' === $path ), "$path, version $version" );
			}
			self::assertContains( $this->get( '/wp-json/smi/v1/offers?attachment_id=1&post_id=' . $post, true ), array( 503, 404 ) );
			self::assertContains( $this->get( '/?smi-api=offers&attachment_id=1&post_id=' . $post ), array( 503, 404 ) );
			if ( '0' === $version ) {
				self::assertSame( 503, $this->get( '/wp-json/smi/v1/jobs', true ) );
			}
		}
		$this->allow_log( '/^.*Sell My Images: .*$/m' );
	}

	public function test_the_admin_opens_and_the_plugin_can_be_switched_off_where_every_change_is_refused(): void {
		$this->older_table( 2 );
		update_option( Installer::VERSION_OPTION, '0' );
		wp_mkdir_p( WPMU_PLUGIN_DIR );
		file_put_contents( $this->refusal, "<?php add_filter( 'query', fn( \$q ) => preg_match( '/^(ALTER|CREATE)/i', \$q ) ? \"SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1142, MESSAGE_TEXT = 'denied'\" : \$q );" );
		foreach ( array( 'index.php', 'plugins.php', 'edit.php', 'site-health.php', 'admin.php?page=smi-jobs', 'admin.php?page=smi-settings' ) as $screen ) {
			$answer = $this->ask( "/wp-admin/$screen", true );
			self::assertSame( 200, wp_remote_retrieve_response_code( $answer ), $screen );
			self::assertStringContainsString( 'rights CREATE, ALTER', wp_remote_retrieve_body( $answer ), $screen );
		}
		self::assertSame( 200, $this->get( '/' ) );
		self::assertSame( '2', self::db()->value( 'SELECT COUNT(*) AS n FROM {jobs}' ) );
		wp_cache_flush();
		preg_match( '/href="(plugins\.php\?action=deactivate[^"]*sell-my-images[^"]*)"/', wp_remote_retrieve_body( $this->ask( '/wp-admin/plugins.php', true ) ), $link );
		self::assertNotSame( array(), $link );
		self::assertSame( 302, $this->get( '/wp-admin/' . html_entity_decode( $link[1] ), true ) );
		wp_cache_flush();
		self::assertFalse( is_plugin_active( 'sell-my-images/sell-my-images.php' ) );
		self::assertNull( activate_plugin( 'sell-my-images/sell-my-images.php' ) );
	}

	private function get( string $path, bool $is_admin = false ): int {
		return (int) wp_remote_retrieve_response_code( $this->ask( $path, $is_admin ) );
	}

	/** @return array<string,mixed> */
	private function ask( string $path, bool $is_admin ): array {
		$until   = time() + 600;
		if ( '' === $this->session ) {
			$this->session = \WP_Session_Tokens::get_instance( 1 )->create( $until );
		}
		$hash    = md5( get_site_option( 'siteurl' ) );
		$cookies = $is_admin ? array(
			"wordpress_$hash"           => wp_generate_auth_cookie( 1, $until, 'auth', $this->session ),
			"wordpress_logged_in_$hash" => wp_generate_auth_cookie( 1, $until, 'logged_in', $this->session ),
		) : array();
		$answer  = wp_remote_get( getenv( 'SMI_URL' ) . $path, array( 'cookies' => $cookies, 'timeout' => 60, 'redirection' => 0 ) );
		self::assertIsArray( $answer );

		return $answer;
	}
}
