<?php
/**
 * The order of a buyer who comes back to a post that is gone.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Database\DatabaseError;

/**
 * Buyers are sent back to the post, where they see their order. It may be a draft, private, renamed or deleted by then, and the address
 * nobody's: whoever paid must get the picture all the same. A page of its own, because a theme's page would say that nothing was found.
 */
final class ReturnPage {

	/**
	 * @param callable(string,string): ?array<string,mixed> $order  Job and key => checkout-status.schema.json; null for a stranger.
	 * @param StorefrontAssets                              $assets Script and style.
	 */
	public function __construct( private $order, private readonly StorefrontAssets $assets ) {
	}

	/** Before WordPress looks for a post of nearly this name: on the way there the order would be lost. */
	public function register(): void {
		add_action( 'template_redirect', array( $this, 'serve' ), 1 );
	}

	public function serve(): void {
		$order = is_404() ? $this->order() : null;
		if ( null === $order ) {
			return;
		}
		status_header( 200 );
		nocache_headers();
		header( 'X-Robots-Tag: noindex' );
		// The address holds the buyer's key.
		header( 'Referrer-Policy: no-referrer' );
		echo $this->html( $order ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		exit;
	}

	/** @return array<string,mixed>|null What the address asks for, if it has the right to. */
	private function order(): ?array {
		// A link from outside, proved by its key; compared, never shown.
		// phpcs:disable WordPress.Security.NonceVerification, WordPress.Security.ValidatedSanitizedInput
		$job_id = wp_unslash( $_GET['smi_job'] ?? '' );
		$key    = wp_unslash( $_GET['smi_key'] ?? '' );
		// phpcs:enable
		if ( ! is_string( $job_id ) || ! is_string( $key ) || '' === $job_id || '' === $key ) {
			return null;
		}
		try {
			return ( $this->order )( $job_id, $key );
		} catch ( DatabaseError ) {
			return null;
		}
	}

	/** @param array<string,mixed> $order Of checkout-status.schema.json. */
	private function html( array $order ): string {
		$this->assets->enqueue();
		ob_start();
		wp_print_styles( StorefrontAssets::HANDLE );
		wp_print_scripts( StorefrontAssets::HANDLE );
		$assets = (string) ob_get_clean();
		$title  = esc_html__( 'Your order', 'sell-my-images' );
		$shop   = esc_html( (string) get_option( 'blogname' ) );

		return '<!DOCTYPE html><html ' . get_language_attributes()
			. '><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
			. "<title>$title – $shop</title>$assets"
			. '<style>body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em;color:#1e1e1e;background:#fff}'
			. 'main .smi-order:not([hidden]){position:static;animation:none;box-shadow:none;inline-size:auto;margin:1em 0}</style></head>'
			. "<body><main><h1>$title</h1>{$this->section( $order )}" . sprintf(
				'<p><a href="%s">%s</a></p></main></body></html>',
				esc_url( home_url( '/' ) ),
				$shop
			);
	}

	/**
	 * Complete without the script, which only keeps it up to date.
	 *
	 * @param array<string,mixed> $order Of checkout-status.schema.json.
	 */
	private function section( array $order ): string {
		$links = array(
			'download_url' => __( 'Download your picture', 'sell-my-images' ),
			'checkout_url' => __( 'Go to payment', 'sell-my-images' ),
		);
		$html  = '';
		foreach ( array_intersect_key( $links, $order ) as $name => $words ) {
			$html .= sprintf(
				'<a class="smi-order__button wp-element-button" href="%s">%s</a>',
				esc_url( (string) $order[ $name ] ),
				esc_html( $words )
			);
		}

		return sprintf(
			'<section id="smi-order" class="smi-order is-page"><p class="smi-order__status" role="status">%s</p><p class="smi-order__actions">%s</p></section>',
			esc_html( (string) $order['message'] ),
			$html
		);
	}
}
