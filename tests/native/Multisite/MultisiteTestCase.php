<?php
/**
 * Base of the tests on a network of sites. Run by `npm run test:native -- --multisite`.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Multisite;

use SellMyImages\Install\Installer;
use SellMyImages\Plugin;
use SellMyImages\Tests\TestCase;

/**
 * The plugin is active on the first site alone, as the lane leaves it; sites of a test end with it.
 */
abstract class MultisiteTestCase extends TestCase {

	/** @var list<int> */
	private array $sites = array();

	protected function setUp(): void {
		parent::setUp();
		self::assertTrue( is_multisite() );
	}

	protected function tearDown(): void {
		while ( ms_is_switched() ) {
			restore_current_blog();
		}
		foreach ( $this->sites as $site ) {
			if ( null !== get_site( $site ) ) {
				wp_delete_site( $site );
			}
		}
		delete_site_option( 'active_sitewide_plugins' );
		parent::tearDown();
	}

	/** Makes a site, as the network's admin does. */
	protected function make_site( int $user = 1 ): int {
		$site = wp_insert_site(
			array( 'domain' => (string) DOMAIN_CURRENT_SITE, 'path' => '/site-' . strtolower( wp_generate_password( 8, false ) ) . '/', 'title' => 'A site', 'user_id' => $user, 'network_id' => 1 )
		);
		self::assertIsInt( $site, is_wp_error( $site ) ? $site->get_error_message() : '' );
		$this->sites[] = $site;

		return $site;
	}

	/** A site with the plugin, as after its own activation. */
	protected function make_shop(): int {
		$site = $this->make_site();
		$this->on( $site, fn() => Plugin::instance()->installer()->activate() );

		return $site;
	}

	/** Marks the plugin as active on all sites. */
	protected function be_network_active(): void {
		update_site_option( 'active_sitewide_plugins', array( 'sell-my-images/sell-my-images.php' => time() ) );
	}

	/**
	 * @template T
	 * @param callable(): T $work On that site.
	 * @return T
	 */
	protected function on( int $site, callable $work ): mixed {
		switch_to_blog( $site );
		try {
			return $work();
		} finally {
			restore_current_blog();
		}
	}

	/** @return list<string> Short names of the plugin's tables of a site. */
	protected function tables_of( int $site ): array {
		global $wpdb;
		$prefix = $wpdb->get_blog_prefix( $site );

		return array_values( array_map( static fn( string $table ): string => substr( $table, strlen( $prefix ) ), $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( "{$prefix}smi_" ) . '%' ) ) ) );
	}

	/** What a visitor gets, from a PHP process of its own. */
	protected function visit( int $site ): string {
		$answer = wp_remote_get( get_home_url( $site, '/' ), array( 'timeout' => 20 ) );
		self::assertFalse( is_wp_error( $answer ) );

		return wp_remote_retrieve_response_code( $answer ) . ' ' . ( str_contains( wp_remote_retrieve_body( $answer ), '</html>' ) ? 'whole' : 'cut off' );
	}

	protected function schema_version( int $site ): int {
		return (int) get_blog_option( $site, Installer::VERSION_OPTION, 0 );
	}
}
