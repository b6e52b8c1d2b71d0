<?php
/**
 * Sell My Images in the admin menu.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

/**
 * Adds the Jobs and Settings screens.
 */
final class Menu {

	public const JOBS     = 'smi-jobs';
	public const SETTINGS = 'smi-settings';

	private const POSITION = 58;

	/**
	 * @param string                $plugin_file The plugin's main file.
	 * @param \Closure(): BootData $boot        What the screens must know before they ask anything.
	 */
	public function __construct(
		private readonly string $plugin_file,
		private readonly \Closure $boot
	) {}

	public function register(): void {
		add_action( 'admin_menu', array( $this, 'add' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( $this->plugin_file ), array( $this, 'row_links' ) );
	}

	/**
	 * Adds the menu. The screens themselves are made only where they are opened.
	 */
	public function add(): void {
		$name = __( 'Sell My Images', 'sell-my-images' );
		// Those who may only change settings still need the menu.
		$parent_capability = current_user_can( 'smi_view_jobs' ) ? 'smi_view_jobs' : 'manage_options';
		// One and the same for both: WordPress would print the screen of two twice.
		$render = fn() => $this->screen( 'jobs' )->render();
		$jobs   = __( 'Jobs', 'sell-my-images' );
		add_menu_page( $jobs, $name, $parent_capability, self::JOBS, $render, 'dashicons-format-gallery', self::POSITION );
		$this->add_screen( self::JOBS, 'jobs', $jobs, 'smi_view_jobs', $render );
		$settings = fn() => $this->screen( 'settings' )->render();
		$this->add_screen( self::SETTINGS, 'settings', __( 'Settings', 'sell-my-images' ), 'manage_options', $settings );
	}

	private function screen( string $name ): Screen {
		return new Screen(
			$this->plugin_file,
			$name,
			'jobs' === $name ? __( 'Jobs', 'sell-my-images' ) : __( 'Settings', 'sell-my-images' )
		);
	}

	/** @param \Closure(): void $render Prints it. */
	private function add_screen( string $slug, string $name, string $title, string $capability, \Closure $render ): void {
		$hook = add_submenu_page( self::JOBS, $title, $title, $capability, $slug, $render );
		$help = static function ( \WP_Screen $screen ) use ( $name ): void {
			'jobs' === $name ? ( new HelpTabs() )->on_jobs( $screen ) : ( new HelpTabs() )->on_settings( $screen );
		};
		$this->load( $hook, fn() => $this->screen( $name )->enqueue( ( $this->boot )()->script( 'jobs' === $name ) ), $help );
	}

	/**
	 * Links in the plugin's row of the Plugins screen.
	 *
	 * @param mixed $links Links that are there, or what another filter made of them.
	 */
	public function row_links( mixed $links ): mixed {
		if ( ! is_array( $links ) ) {
			return $links;
		}
		$ours = array();
		if ( current_user_can( 'smi_view_jobs' ) ) {
			$ours['jobs'] = $this->link( self::JOBS, __( 'Jobs', 'sell-my-images' ) );
		}
		if ( current_user_can( 'manage_options' ) ) {
			$ours['settings'] = $this->link( self::SETTINGS, __( 'Settings', 'sell-my-images' ) );
		}
		return $ours + $links;
	}

	private function link( string $page, string $words ): string {
		return sprintf( '<a href="%s">%s</a>', esc_url( admin_url( "admin.php?page=$page" ) ), esc_html( $words ) );
	}

	/**
	 * Loads scripts and the Help tab on one screen only.
	 *
	 * @param string|false $hook    The screen's hook; false for those who may not see it.
	 * @param callable     $enqueue Loads the scripts.
	 * @param callable     $help    Puts the Help tab on the screen it is given.
	 */
	private function load( string|false $hook, callable $enqueue, callable $help ): void {
		if ( false === $hook ) {
			return;
		}
		add_action(
			"load-$hook",
			static function () use ( $help ): void {
				$screen = get_current_screen();
				if ( null !== $screen ) {
					$help( $screen );
				}
			}
		);
		add_action(
			'admin_enqueue_scripts',
			static function ( string $current ) use ( $hook, $enqueue ): void {
				if ( $current === $hook ) {
					$enqueue();
				}
			}
		);
	}
}
