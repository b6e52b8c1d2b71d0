<?php
/**
 * Photographs become ordinary attachments, and one post shows them all.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use RuntimeException;
use WP_Post;

const PHOTOGRAPHS = '/smi/photographs/';
const POST_SLUG   = 'flowers-birds-and-old-stones';
const POST_TITLE  = 'Flowers, birds and old stones';
const POST_TEXT   = 'Seven photographs from public collections, and one above them. Every one can be bought here in a larger size: look for the button below each picture. No money moves in a sandbox.';

// PHP in WebAssembly needs seconds for each, and no part of the sandbox shows them.
add_filter( 'intermediate_image_sizes_advanced', static fn ( array $sizes ): array => array_diff_key( $sizes, array_flip( array( '1536x1536', '2048x2048' ) ) ) );

/**
 * Imports one photograph, as an upload would; finds it again when it is already there.
 *
 * @param array<string, mixed> $body With file, title, alt, caption and source.
 * @return array{id: int}
 */
function import_photograph( array $body ): array {
	$found = get_posts( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'title' => (string) $body['title'], 'fields' => 'ids', 'numberposts' => 1 ) );
	return array( 'id' => (int) ( $found[0] ?? upload( $body ) ) );
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

/**
 * Publishes the post once. The first attachment is its featured image, the others are blocks.
 *
 * @param array<string, mixed> $body With attachments, their ids in order.
 * @return array{id: int, url: string}
 */
function publish_post( array $body ): array {
	$post = get_page_by_path( POST_SLUG, OBJECT, 'post' );
	$id   = $post instanceof WP_Post ? follow_address( $post ) : insert_post( array_map( 'intval', (array) $body['attachments'] ) );
	update_option( 'smi_sandbox_home', home_url() );
	return array( 'id' => $id, 'url' => (string) get_permalink( $id ) );
}

/**
 * Writes the post.
 *
 * @param int[] $attachments Ids.
 */
function insert_post( array $attachments ): int {
	$featured = (int) array_shift( $attachments );
	$intro    = "<!-- wp:paragraph -->\n<p>" . POST_TEXT . "</p>\n<!-- /wp:paragraph -->";
	$id       = wp_insert_post(
		array(
			'post_title'   => POST_TITLE,
			'post_name'    => POST_SLUG,
			'post_status'  => 'publish',
			'post_author'  => 1,
			'post_date'    => gmdate( 'Y-m-d H:i:s', time() - 91 * DAY_IN_SECONDS ),
			'post_content' => $intro . "\n\n" . implode( "\n\n", array_map( image_block( ... ), $attachments ) ),
		),
		true
	);
	if ( is_wp_error( $id ) ) {
		throw new RuntimeException( esc_html( $id->get_error_message() ) );
	}
	set_post_thumbnail( $id, $featured );
	foreach ( array( $featured, ...$attachments ) as $attachment ) {
		wp_update_post( array( 'ID' => $attachment, 'post_parent' => $id ) );
	}
	return $id;
}

/**
 * One image block, as the editor writes it.
 *
 * @param int $id An attachment.
 */
function image_block( int $id ): string {
	$alt     = esc_attr( (string) get_post_meta( $id, '_wp_attachment_image_alt', true ) );
	$caption = wp_get_attachment_caption( $id );
	$settings = wp_json_encode( array( 'id' => $id, 'sizeSlug' => 'large', 'linkDestination' => 'none' ) );
	$image   = '<img src="' . esc_url( (string) wp_get_attachment_image_url( $id, 'large' ) ) . '" alt="' . $alt . '" class="wp-image-' . $id . '"/>';
	$text    = is_string( $caption ) && '' !== $caption ? '<figcaption class="wp-element-caption">' . esc_html( $caption ) . '</figcaption>' : '';
	return "<!-- wp:image $settings -->\n<figure class=\"wp-block-image size-large\">$image$text</figure>\n<!-- /wp:image -->";
}

/**
 * The same sandbox on another port: the addresses inside the post follow.
 *
 * @param WP_Post $post The sandbox's post.
 */
function follow_address( WP_Post $post ): int {
	$old = (string) get_option( 'smi_sandbox_home', home_url() );
	if ( home_url() !== $old ) {
		$content = str_replace( $old . '/', home_url() . '/', $post->post_content );
		wp_update_post( wp_slash( array( 'ID' => $post->ID, 'post_content' => $content ) ) );
	}
	return $post->ID;
}
