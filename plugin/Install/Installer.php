<?php
/**
 * Activation, on one site or on all of a network.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Capabilities;

/**
 * Everything is per site: tables, options, rights. What it does can be done twice.
 */
final class Installer {

	public const VERSION_OPTION = 'smi_schema_version';

	/** Sites of a network that activation itself takes on; the others install themselves when first visited. */
	private const SITES_AT_ONCE = 200;

	public function __construct(
		private readonly Schema $schema,
		private readonly Upgrade $upgrade,
		private readonly NewColumns $columns,
		private readonly string $plugin_file
	) {
	}

	public function register(): void {
		register_activation_hook( $this->plugin_file, array( $this, 'activate' ) );
		register_deactivation_hook( $this->plugin_file, array( $this, 'deactivate' ) );
		add_action( 'plugins_loaded', array( $this, 'install_if_needed' ), 5 );
		add_action( 'wp_initialize_site', array( $this, 'new_site' ), 900 );
		add_filter( 'wpmu_drop_tables', array( $this, 'tables_to_drop' ) );
	}

	/** @param bool $network_wide On every site of the network. */
	public function activate( bool $network_wide = false ): void {
		if ( ! $network_wide || ! is_multisite() ) {
			$this->install();
			return;
		}
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => self::SITES_AT_ONCE ) ) as $site ) {
			self::on_site( (int) $site, array( $this, 'try_to_install' ) );
		}
	}

	/**
	 * Keeps tables and options: a deactivated shop still owes its buyers what it sold.
	 *
	 * @param bool $network_wide On every site of the network.
	 */
	public function deactivate( bool $network_wide = false ): void {
		foreach ( $network_wide && is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => self::SITES_AT_ONCE ) ) : array( get_current_blog_id() ) as $site ) {
			self::on_site( (int) $site, array( self::class, 'clear_cron' ) );
		}
	}

	/** After an update by upload, by Git, or on a new site of a network, no activation hook runs. */
	public function install_if_needed(): void {
		if ( (int) get_option( self::VERSION_OPTION, 0 ) < Schema::VERSION ) {
			$this->install();
		}
	}

	/** @param \WP_Site $site The new site. */
	public function new_site( \WP_Site $site ): void {
		if ( $this->is_network_active() ) {
			self::on_site( (int) $site->blog_id, array( $this, 'try_to_install' ) );
		}
	}

	/** On one of many sites: what fails there stops neither the others nor whoever makes a site. It is tried again when the site is visited. */
	public function try_to_install(): void {
		try {
			$this->install();
		} catch ( \Throwable $error ) {
			error_log( 'Sell My Images: site ' . get_current_blog_id() . ' could not be set up, and will be with its next visit. ' . $error->getMessage() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- nobody is looking at that site.
		}
	}

	/**
	 * @param mixed $tables Tables of a site that is being deleted, or what another filter made of them.
	 * @return array<mixed>
	 */
	public function tables_to_drop( mixed $tables ): array {
		return array_merge( (array) $tables, $this->schema->tables() );
	}

	/** Takes every cron event of the plugin away. */
	public static function clear_cron(): void {
		foreach ( Belongings::CRON_EVENTS as $event ) {
			wp_unschedule_hook( $event );
		}
	}

	/** @param callable(): void $work What to do there. */
	private static function on_site( int $site, callable $work ): void {
		if ( ! is_multisite() || get_current_blog_id() === $site ) {
			$work();
			return;
		}
		switch_to_blog( $site );
		try {
			$work();
		} finally {
			restore_current_blog();
		}
	}

	private function install(): void {
		$is_older_layout = $this->schema->exists( 'jobs' );
		$this->schema->create();
		if ( $is_older_layout ) {
			$this->upgrade->start();
		}
		$this->columns->add();
		Capabilities::grant();
		update_option( self::VERSION_OPTION, (string) Schema::VERSION, true );
	}

	private function is_network_active(): bool {
		$active = (array) get_site_option( 'active_sitewide_plugins', array() );

		return isset( $active[ plugin_basename( $this->plugin_file ) ] );
	}
}
