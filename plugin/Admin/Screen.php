<?php
/**
 * A screen of the admin that a script draws.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

/**
 * Prints the place where the script draws, and loads the script; where that was never built, says so in words.
 */
final class Screen {

	/**
	 * @param string $plugin_file The plugin's main file.
	 * @param string $name        `jobs` or `settings`: its folder in build/.
	 * @param string $title       Heading for those without JavaScript.
	 */
	public function __construct(
		private readonly string $plugin_file,
		private readonly string $name,
		private readonly string $title
	) {}

	/**
	 * Prints the screen.
	 */
	public function render(): void {
		if ( ! $this->is_built() ) {
			$this->say(
				__(
					'This copy of the plugin is incomplete: the screen\'s script was not built. Run “npm install” and “npm run build” in the plugin\'s folder, or install the plugin from its zip file. No data is affected.',
					'sell-my-images'
				)
			);
			return;
		}
		printf( '<div id="smi-%s-root" class="smi-screen"></div><noscript>', esc_attr( $this->name ) );
		$this->say(
			__(
				'This screen needs JavaScript. Please switch it on in your browser and load the page again. Sales go on without it.',
				'sell-my-images'
			)
		);
		echo '</noscript>';
	}

	/**
	 * Loads script and styles.
	 *
	 * @param string $before JavaScript to run before the screen's own.
	 */
	public function enqueue( string $before = '' ): void {
		if ( ! $this->is_built() ) {
			return;
		}
		// WordPress 6.8 would swap the arrow of external links for a picture from s.w.org; every browser it supports draws emoji.
		remove_action( 'admin_print_scripts', 'print_emoji_detection_script' );
		$asset = require $this->path( 'index.asset.php' );
		wp_enqueue_script( $this->handle(), $this->url( 'index.js' ), $asset['dependencies'], $asset['version'], true );
		wp_set_script_translations( $this->handle(), 'sell-my-images', dirname( $this->plugin_file ) . '/languages' );
		if ( '' !== $before ) {
			wp_add_inline_script( $this->handle(), $before, 'before' );
		}
		foreach ( array( 'style-index', 'index' ) as $style ) {
			$this->enqueue_style( $style, (string) $asset['version'] );
		}
	}

	/**
	 * The script's handle, `smi-jobs`.
	 */
	public function handle(): string {
		return 'smi-' . $this->name;
	}

	/**
	 * Whether the script was built.
	 */
	public function is_built(): bool {
		return is_readable( $this->path( 'index.js' ) ) && is_readable( $this->path( 'index.asset.php' ) );
	}

	private function enqueue_style( string $style, string $version ): void {
		if ( ! is_readable( $this->path( "$style.css" ) ) ) {
			return;
		}
		$handle = 'index' === $style ? $this->handle() : $this->handle() . '-' . $style;
		wp_enqueue_style( $handle, $this->url( "$style.css" ), array( 'wp-components' ), $version );
		wp_style_add_data( $handle, 'rtl', 'replace' );
	}

	private function say( string $words ): void {
		printf(
			'<div class="wrap"><h1>%s</h1><div class="notice notice-error inline"><p>%s</p></div></div>',
			esc_html( $this->title ),
			esc_html( $words )
		);
	}

	private function path( string $file ): string {
		return dirname( $this->plugin_file ) . "/build/{$this->name}/$file";
	}

	private function url( string $file ): string {
		return plugins_url( "build/{$this->name}/$file", $this->plugin_file );
	}
}
