<?php
/**
 * The site as a newcomer should find it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use RuntimeException;
use SellMyImages\Bridge\BridgeState;
use SellMyImages\Plugin;

const PLUGIN_FILE = 'sell-my-images/sell-my-images.php';

/**
 * Pretty permalinks, a name, and a `large` size that suits the theme's column.
 *
 * With 700 pixels, four times the shown size of the largest photograph is still smaller than the photograph itself:
 * that one is sold by a plain resize, the others by the upscaler.
 *
 * @return array<string, mixed>
 */
function apply_settings(): array {
	$options = array(
		'blogname'            => 'The Sandbox Gallery',
		'blogdescription'     => 'Photographs in the public domain, for trying things out.',
		'permalink_structure' => '/%postname%/',
		'large_size_w'        => 700,
		'large_size_h'        => 700,
		'medium_large_size_w' => 0,
		'timezone_string'     => 'UTC',
		'default_comment_status' => 'closed',
	);
	array_walk( $options, static fn ( mixed $value, string $name ) => update_option( $name, $value ) );
	foreach ( array( 'hello-world' => 'post', 'sample-page' => 'page' ) as $slug => $type ) {
		$post = get_page_by_path( $slug, OBJECT, $type );
		if ( null !== $post ) {
			wp_delete_post( $post->ID, true );
		}
	}
	$GLOBALS['wp_rewrite']->init();
	flush_rewrite_rules( false );
	return array();
}

/**
 * Activates Sell My Images.
 *
 * @return array<string, mixed>
 */
function activate(): array {
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	if ( ! file_exists( WP_PLUGIN_DIR . '/' . PLUGIN_FILE ) ) {
		return array( 'active' => false );
	}
	$result = activate_plugin( PLUGIN_FILE );
	if ( is_wp_error( $result ) ) {
		throw new RuntimeException( esc_html( $result->get_error_message() ) );
	}
	return array( 'active' => true );
}

/**
 * A connection string for the bridge, as the settings screen would show it once.
 *
 * @return array{connection: string}
 */
function pair(): array {
	return array( 'connection' => Plugin::instance()->pairing()->create_connection_string( 'sandbox' ) );
}

/**
 * The bridge of a sandbox that was switched off is no stranger who may have missed something: the emulators were off
 * as well. Without this it would begin by looking through every payment there is.
 *
 * @param array<string, mixed> $body With key_id, of the bridge's key.
 * @return array<string, mixed>
 */
function introduce_bridge( array $body ): array {
	$state = Plugin::instance()->bridge_state();
	$state->keep( array( 'key_id' => (string) $body['key_id'] ) + $state->hello() );
	update_option( BridgeState::SEEN, time(), false );
	return array();
}
