<?php
/**
 * When tables are made and brought up to date.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Capabilities;
use SellMyImages\Support\Host;
use SellMyImages\Upkeep\Cron;

/**
 * On activation, on pages of the admin, under WP-Cron, WP-CLI and the bridge's call; never on a visitor's request, and never so that a page
 * fails. Everything is per site: tables, options, rights. What it does can be done twice.
 */
final class Installer {

	public const VERSION_OPTION = Schema::VERSION_OPTION;

	/** Sites of a network that activation itself takes on; the others install themselves when their admin is first visited. */
	private const SITES_AT_ONCE = 200;

	/** Seconds that one page of the admin works on the rows, after it was sent. */
	private const SLICE = 1.0;

	/** In the address of the link "Try again". */
	public const AGAIN = 'smi_upgrade';

	public function __construct(
		private readonly Schema $schema,
		private readonly Setup $setup,
		private readonly Upgrade $upgrade,
		private readonly UpgradeState $state,
		private readonly TablesCheck $check,
		private readonly string $plugin_file
	) {
	}

	public function register(): void {
		register_activation_hook( $this->plugin_file, array( $this, 'activate' ) );
		register_deactivation_hook( $this->plugin_file, array( $this, 'deactivate' ) );
		add_action( 'admin_init', array( $this, 'on_admin_page' ), 5 );
		add_action( Cron::EVENT, array( $this, 'install_if_needed' ), 5 );
		add_action( 'wp_initialize_site', array( $this, 'new_site' ), 900 );
		add_filter( 'wpmu_drop_tables', array( $this, 'tables_to_drop' ) );
	}

	/** @param bool $network_wide On every site of the network. */
	public function activate( bool $network_wide = false ): void {
		if ( ! $network_wide || ! is_multisite() ) {
			$this->activate_here();
			return;
		}
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => self::SITES_AT_ONCE ) ) as $site ) {
			self::on_site( (int) $site, array( $this, 'activate_here' ) );
		}
	}

	/** On the current site: also where the tables are right, and only the rights went with an uninstalled plugin. */
	public function activate_here(): void {
		Capabilities::grant();
		$this->setup->run( true );
	}

	/**
	 * Keeps tables and options: a deactivated shop still owes its buyers what it sold.
	 *
	 * @param bool $network_wide On every site of the network.
	 */
	public function deactivate( bool $network_wide = false ): void {
		foreach (
			$network_wide
			&& is_multisite()
				? get_sites( array( 'fields' => 'ids', 'number' => self::SITES_AT_ONCE ) )
				: array( get_current_blog_id() ) as $site
		) {
			self::on_site( (int) $site, array( self::class, 'clear_cron' ) );
		}
	}

	/**
	 * After an update by upload, by Git, or on a new site of a network, no activation hook runs.
	 *
	 * @return bool Whether the plugin can work.
	 */
	public function install_if_needed(): bool {
		$this->check->run_if_due();

		return $this->setup->run();
	}

	/** Visitors and customers come by here as well, through admin-ajax.php and admin-post.php. */
	public function on_admin_page(): void {
		if ( wp_doing_ajax() || ! ( current_user_can( 'edit_posts' ) || current_user_can( Capabilities::VIEW ) ) ) {
			return;
		}
		$is_asked = $this->is_asked_again();
		$this->check->run_if_due();
		$this->setup->run( $is_asked, false );
		if ( ! $this->state->is_done() ) {
			add_action( 'shutdown', fn() => $this->go_on_after_page( $is_asked ), 120 );
		}
	}

	/** @param \WP_Site $site The new site. */
	public function new_site( \WP_Site $site ): void {
		if ( $this->is_network_active() ) {
			self::on_site( (int) $site->blog_id, array( $this, 'activate_here' ) );
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

	/** @param callable(): mixed $work What to do there. */
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

	/** What takes long keeps nobody waiting, where the server can send a page before PHP is done. */
	private function go_on_after_page( bool $is_asked ): void {
		Host::finish_answer();
		Host::go_on_alone();
		if ( $this->setup->run() ) {
			$this->upgrade->go_on( microtime( true ) + self::SLICE, $is_asked );
		}
	}

	/** For servers that cannot answer first: there nobody but the Jobs screen itself may be at hand. */
	public function go_on_with_poll(): void {
		if ( $this->state->is_running() && ! function_exists( 'fastcgi_finish_request' ) ) {
			add_action( 'shutdown', fn() => $this->go_on_after_page( false ), 120 );
		}
	}

	private function is_asked_again(): bool {
		$nonce = sanitize_key( wp_unslash( $_GET[ self::AGAIN ] ?? '' ) );

		return '' !== $nonce && current_user_can( 'activate_plugins' ) && false !== wp_verify_nonce( $nonce, self::AGAIN );
	}

	private function is_network_active(): bool {
		$active = (array) get_site_option( 'active_sitewide_plugins', array() );

		return isset( $active[ plugin_basename( $this->plugin_file ) ] );
	}
}
