<?php
/**
 * Which pictures are for sale where.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use WP_Post;

/**
 * A picture is for sale only where everybody can see it: in, or attached to, a published post without a password.
 * Otherwise anybody could buy pictures of drafts by counting attachment ids.
 */
final class ForSale {

	/** Class that takes one picture off sale. */
	public const OPT_OUT_CLASS = 'smi-not-for-sale';

	/**
	 * Whether a post is open to everybody.
	 */
	public function is_public( ?WP_Post $post ): bool {
		return $post instanceof WP_Post
			&& 'attachment' !== $post->post_type
			&& '' === $post->post_password
			&& is_post_publicly_viewable( $post );
	}

	/**
	 * Whether a picture is sold on a post.
	 */
	public function is_sold( int $attachment_id, int $post_id ): bool {
		$post    = $post_id > 0 ? get_post( $post_id ) : null;
		$is_sold = $post instanceof WP_Post && $this->is_public( $post ) && $this->is_part_of( $attachment_id, $post );

		/**
		 * Filters whether a picture is sold on a post.
		 *
		 * @param bool $is_sold       Whether it is sold.
		 * @param int  $attachment_id The picture.
		 * @param int  $post_id       The post.
		 */
		return (bool) apply_filters( 'smi_is_for_sale', $is_sold, $attachment_id, $post_id );
	}

	private function is_part_of( int $attachment_id, WP_Post $post ): bool {
		if ( (int) get_post_thumbnail_id( $post ) === $attachment_id ) {
			return true;
		}
		$attachment = get_post( $attachment_id );
		if ( $attachment instanceof WP_Post && $attachment->post_parent === $post->ID ) {
			return true;
		}
		return $this->shows( $attachment_id, $post->post_content, 2 );
	}

	/**
	 * Looks for the picture in content, and in the synced patterns that it uses.
	 */
	private function shows( int $attachment_id, string $content, int $depth ): bool {
		$marks = '/\bwp-image-' . $attachment_id . '\b|<!-- wp:[a-z\/-]+ \{[^>]*"(?:id|mediaId)":' . $attachment_id . '\b/';
		if ( 1 === preg_match( $marks, $content ) ) {
			return true;
		}
		if ( $depth > 0 && preg_match_all( '/<!-- wp:block \{[^>]*"ref":(\d+)/', $content, $found ) > 0 ) {
			foreach ( $found[1] as $ref ) {
				$pattern = get_post( (int) $ref );
				if ( $pattern instanceof WP_Post && $this->shows( $attachment_id, $pattern->post_content, $depth - 1 ) ) {
					return true;
				}
			}
		}
		return false;
	}
}
