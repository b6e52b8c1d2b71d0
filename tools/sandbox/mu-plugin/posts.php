<?php
/**
 * The posts that the photographs are sold in.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use RuntimeException;
use WP_Post;

const POST_SLUG  = 'flowers-birds-and-old-stones';
const POST_TITLE = 'Flowers, birds and old stones';
const POST_TEXT  = 'Seven photographs from public collections, and one above them. Every one can be bought here in a larger size: look for the button below each picture. No money moves in a sandbox.';

/** A photographer shows a picture more than once. Slug => title, text, and titles of photographs, the featured one first. */
const FURTHER_POSTS = array(
	'a-spring-of-wild-flowers'    => array( 'A spring of wild flowers', 'Three from a walk in April.', array( 'Flower meadow in Llano, Texas', 'Northern buttercup', 'Bog arums' ) ),
	'stones-that-stayed'          => array( 'Stones that stayed', 'Two places that outlived their builders.', array( 'The Parthenon from the west', 'Cliff Palace, Mesa Verde' ) ),
	'above-and-below-the-surface' => array( 'Above and below the surface', 'Water, from both sides.', array( 'Coral off Key Largo', 'Marshland birds at Lake Havasu' ) ),
	'a-study-in-red'              => array( 'A study in red', 'What a single colour can do.', array( 'Red hibiscus', 'Marshland birds at Lake Havasu', 'Flower meadow in Llano, Texas' ) ),
);

/**
 * Publishes the posts once. The first attachment is the main post's featured image, the others are blocks.
 *
 * @param array<string, mixed> $body With attachments, their ids in order.
 * @return array{id: int, url: string} The main post.
 */
function publish_post( array $body ): array {
	$id = find_or_insert( POST_SLUG, POST_TITLE, POST_TEXT, array_map( 'intval', (array) $body['attachments'] ), 91 );
	foreach ( (array) $body['attachments'] as $attachment ) {
		wp_update_post( array( 'ID' => (int) $attachment, 'post_parent' => $id ) );
	}
	$age = 100;
	foreach ( FURTHER_POSTS as $slug => [ $title, $text, $photographs ] ) {
		// Older than the main post, which stays the first on the site.
		find_or_insert( $slug, $title, $text, array_values( array_filter( array_map( find_photograph( ... ), $photographs ) ) ), ++$age );
	}
	update_option( 'smi_sandbox_home', home_url() );
	return array( 'id' => $id, 'url' => (string) get_permalink( $id ) );
}

/**
 * Posts that show a photograph, the main one among them.
 *
 * @param int $attachment The photograph.
 * @return list<int> Ids.
 */
function posts_with( int $attachment ): array {
	$title = get_the_title( $attachment );
	$slugs = array_keys( array_filter( FURTHER_POSTS, static fn ( array $post ): bool => in_array( $title, $post[2], true ) ) );
	$ids   = array_map( static fn ( string $slug ): int => (int) get_page_by_path( $slug, OBJECT, 'post' )?->ID, array( POST_SLUG, ...$slugs ) );
	return array_values( array_filter( $ids ) );
}

/**
 * @param string $slug        Of the post.
 * @param string $title       Its title.
 * @param string $text        Its first paragraph.
 * @param int[]  $attachments Ids, the featured image first.
 * @param int    $age         Days.
 */
function find_or_insert( string $slug, string $title, string $text, array $attachments, int $age ): int {
	$post = get_page_by_path( $slug, OBJECT, 'post' );
	if ( $post instanceof WP_Post ) {
		return follow_address( $post );
	}
	$featured = (int) array_shift( $attachments );
	$intro    = "<!-- wp:paragraph -->\n<p>$text</p>\n<!-- /wp:paragraph -->";
	$id       = wp_insert_post(
		array(
			'post_title'   => $title,
			'post_name'    => $slug,
			'post_status'  => 'publish',
			'post_author'  => 1,
			'post_date'    => gmdate( 'Y-m-d H:i:s', time() - $age * DAY_IN_SECONDS ),
			'post_content' => $intro . "\n\n" . implode( "\n\n", array_map( image_block( ... ), $attachments ) ),
		),
		true
	);
	if ( is_wp_error( $id ) ) {
		throw new RuntimeException( esc_html( $id->get_error_message() ) );
	}
	set_post_thumbnail( $id, $featured );
	return $id;
}

/**
 * One image block, as the editor writes it.
 *
 * @param int $id An attachment.
 */
function image_block( int $id ): string {
	$alt      = esc_attr( (string) get_post_meta( $id, '_wp_attachment_image_alt', true ) );
	$caption  = wp_get_attachment_caption( $id );
	$settings = wp_json_encode( array( 'id' => $id, 'sizeSlug' => 'large', 'linkDestination' => 'none' ) );
	$image    = '<img src="' . esc_url( (string) wp_get_attachment_image_url( $id, 'large' ) ) . '" alt="' . $alt . '" class="wp-image-' . $id . '"/>';
	$text     = is_string( $caption ) && '' !== $caption ? '<figcaption class="wp-element-caption">' . esc_html( $caption ) . '</figcaption>' : '';
	return "<!-- wp:image $settings -->\n<figure class=\"wp-block-image size-large\">$image$text</figure>\n<!-- /wp:image -->";
}

/**
 * The same sandbox on another port: the addresses inside the post follow.
 *
 * @param WP_Post $post One of the sandbox's posts.
 */
function follow_address( WP_Post $post ): int {
	$old = (string) get_option( 'smi_sandbox_home', home_url() );
	if ( home_url() !== $old ) {
		$content = str_replace( $old . '/', home_url() . '/', $post->post_content );
		wp_update_post( wp_slash( array( 'ID' => $post->ID, 'post_content' => $content ) ) );
	}
	return $post->ID;
}
