<?php
/**
 * Script and stylesheet of the Buy button.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

/**
 * Loaded only on pages with a button, and on the page that a buyer comes back to.
 */
final class StorefrontAssets {

	public const HANDLE  = 'smi-buy-button';
	private const FOLDER = 'build/blocks/buy-button/';

	private bool $is_wanted = false;

	/**
	 * @param string $plugin_file The plugin's main file.
	 */
	public function __construct( private readonly string $plugin_file ) {}

	public function register(): void {
		add_action( 'wp_enqueue_scripts', array( $this, 'enqueue_for_returning_buyers' ) );
		add_action( 'wp_footer', array( $this, 'print_order_section' ), 5 );
	}

	/**
	 * Asks for script and style on this page.
	 */
	public function enqueue(): void {
		if ( $this->is_wanted ) {
			return;
		}
		$this->is_wanted = true;
		$asset           = $this->asset();
		wp_enqueue_script(
			self::HANDLE,
			plugins_url( self::FOLDER . 'view.js', $this->plugin_file ),
			$asset['dependencies'],
			$asset['version'],
			array( 'strategy' => 'defer', 'in_footer' => true )
		);
		wp_add_inline_script(
			self::HANDLE,
			'window.smiStorefront = ' . wp_json_encode( $this->data(), JSON_HEX_TAG | JSON_HEX_AMP ) . ';',
			'before'
		);
		$style = $this->style();
		if ( null !== $style ) {
			wp_enqueue_style( self::HANDLE, plugins_url( self::FOLDER . $style, $this->plugin_file ), array(), $asset['version'] );
			wp_style_add_data( self::HANDLE, 'rtl', 'replace' );
		}
	}

	/**
	 * A buyer may come back to a post that has lost its pictures since, or be sent on to another page. Who returns is told by the address
	 * alone; the script does the rest, so that a cached page works as well as a fresh one.
	 */
	public function enqueue_for_returning_buyers(): void {
		if ( isset( $_GET['smi_job'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification
			$this->enqueue();
		}
	}

	/**
	 * Where the script tells a returning buyer how the order goes. There from the start, so that screen readers hear it change.
	 */
	public function print_order_section(): void {
		if ( ! $this->is_wanted ) {
			return;
		}
		printf(
			'<section id="smi-order" class="smi-order" aria-label="%s" hidden><p class="smi-order__status" role="status"></p><p class="smi-order__actions"></p></section>',
			esc_attr__( 'Your order', 'sell-my-images' )
		);
	}

	/**
	 * @return array{dependencies:list<string>,version:string}
	 */
	private function asset(): array {
		$file  = dirname( $this->plugin_file ) . '/' . self::FOLDER . 'view.asset.php';
		$asset = is_readable( $file ) ? require $file : array();
		return array(
			'dependencies' => array_values( (array) ( $asset['dependencies'] ?? array() ) ),
			'version'      => (string) ( $asset['version'] ?? '0' ),
		);
	}

	private function style(): ?string {
		foreach ( array( 'style-view.css', 'view.css' ) as $name ) {
			if ( is_readable( dirname( $this->plugin_file ) . '/' . self::FOLDER . $name ) ) {
				return $name;
			}
		}
		return null;
	}

	/**
	 * A member is shown what others are not, and REST takes everybody without a nonce for a guest. Pages for those who are logged in are
	 * not kept by caches; a nonce that died all the same costs one more request.
	 *
	 * @return array{rest:string,door:string,locale:string,wpLocale:string,words:array<string,string>,nonce?:string}
	 */
	private function data(): array {
		$data = array(
			'rest'     => rest_url( 'smi/v1/' ),
			'door'     => home_url( '/' ),
			'locale'   => str_replace( '_', '-', determine_locale() ),
			'wpLocale' => determine_locale(),
			'words'    => StorefrontWords::all(),
		);
		return is_user_logged_in() ? $data + array( 'nonce' => wp_create_nonce( 'wp_rest' ) ) : $data;
	}
}
