<?php
/**
 * Photographs become ordinary attachments.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use RuntimeException;

const PHOTOGRAPHS = '/smi/photographs/';

// PHP in WebAssembly needs seconds for each, and no part of the sandbox shows them.
add_filter( 'intermediate_image_sizes_advanced', static fn ( array $sizes ): array => array_diff_key( $sizes, array_flip( array( '1536x1536', '2048x2048' ) ) ) );

/**
 * Imports one photograph, as an upload would; finds it again when it is already there.
 *
 * @param array<string, mixed> $body With file, title, alt, caption and source.
 * @return array{id: int}
 */
function import_photograph( array $body ): array {
	return array( 'id' => find_photograph( (string) $body['title'] ) ?? upload( $body ) );
}

/**
 * The attachment of a photograph; null when it was not imported.
 *
 * @param string $title Its title.
 */
function find_photograph( string $title ): ?int {
	$found = get_posts( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'title' => $title, 'fields' => 'ids', 'numberposts' => 1 ) );
	return isset( $found[0] ) ? (int) $found[0] : null;
}

/**
 * The whole way of an upload: file, attachment, sizes.
 *
 * @param array<string, mixed> $body As above.
 */
function upload( array $body ): int {
	require_once ABSPATH . 'wp-admin/includes/file.php';
	require_once ABSPATH . 'wp-admin/includes/media.php';
	require_once ABSPATH . 'wp-admin/includes/image.php';
	$name = wp_basename( (string) $body['file'] );
	$temp = wp_tempnam( $name );
	copy( PHOTOGRAPHS . $name, $temp );
	$texts = array(
		'post_title'   => (string) $body['title'],
		'post_excerpt' => (string) $body['caption'],
		'post_content' => 'Public domain (CC0). Source: ' . (string) $body['source'],
	);
	$id = media_handle_sideload( array( 'name' => $name, 'tmp_name' => $temp ), 0, null, $texts );
	if ( is_wp_error( $id ) ) {
		throw new RuntimeException( esc_html( $name . ': ' . $id->get_error_message() ) );
	}
	update_post_meta( $id, '_wp_attachment_image_alt', (string) $body['alt'] );
	return $id;
}
