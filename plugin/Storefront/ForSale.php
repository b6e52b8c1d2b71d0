<?php
/**
 * Which pictures are for sale where.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Settings\Settings;
use WP_Post;

/**
 * A picture is for sale only to those who can see it: on a published post without a password that no membership keeps from them.
 * Otherwise anybody could buy pictures of drafts, and of what others pay for, by counting attachment ids.
 */
final class ForSale {

	/** Class of a block that takes its picture off sale. */
	public const OPT_OUT_CLASS = 'smi-not-for-sale';

	/** Class of a block that puts its picture on sale, where the shop does not sell all. */
	public const OPT_IN_CLASS = 'smi-for-sale';

	public function __construct(
		private readonly Settings $settings,
		private readonly PostAsSeen $seen,
		private readonly ContentPictures $contents
	) {}

	/**
	 * Whether the current visitor may see a post.
	 */
	public function may_see( ?WP_Post $post ): bool {
		if ( null === $post || ! $this->is_public( $post ) ) {
			return false;
		}

		/**
		 * Filters whether the current visitor may see a published post, and so buy its pictures. For plugins that keep posts from some.
		 *
		 * @since 0.2.0
		 *
		 * @param bool     $may_see Whether nothing known keeps it from them.
		 * @param \WP_Post $post    The post.
		 * @param int      $user_id Who asks; 0 for a guest.
		 */
		return Listeners::permits( 'smi_visitor_may_see', Membership::may_see( $post ), $post, get_current_user_id() );
	}

	/**
	 * Whether a picture is sold on a post to the current visitor.
	 *
	 * @param bool $is_shown Whether it is known that the visitor may see the post and is shown the picture: its page is being made.
	 */
	public function is_sold( int $attachment_id, int $post_id, bool $is_shown = false ): bool {
		$post    = $post_id > 0 ? get_post( $post_id ) : null;
		$is_sold = $post instanceof WP_Post
			&& ( $is_shown || $this->may_see( $post ) )
			&& $this->is_part_of( $attachment_id, $post, $is_shown );

		/**
		 * Filters whether a picture is sold on a post to the current visitor.
		 *
		 * @since 0.1.0
		 * @since 0.2.0 `$user_id`.
		 *
		 * @param bool $is_sold       Whether it is sold.
		 * @param int  $attachment_id The picture.
		 * @param int  $post_id       The post.
		 * @param int  $user_id       Who asks; 0 for a guest.
		 */
		return Listeners::apply_filters( 'smi_is_for_sale', $is_sold, $attachment_id, $post_id, get_current_user_id() );
	}

	/**
	 * Whether an image block with these classes sells its picture.
	 *
	 * @param string $classes As in the block's attribute.
	 */
	public function allows( string $classes ): bool {
		$classes = preg_split( '/\s+/', $classes );
		$classes = false === $classes ? array() : $classes;
		return ! in_array( self::OPT_OUT_CLASS, $classes, true )
			&& ( $this->settings->sell_all_images() || in_array( self::OPT_IN_CLASS, $classes, true ) );
	}

	/**
	 * Whether featured images are sold.
	 */
	public function allows_featured(): bool {
		return $this->settings->sell_featured_images();
	}

	/** Published, of a kind that visitors see, and without a password: what is open to all but members. */
	private function is_public( WP_Post $post ): bool {
		return 'attachment' !== $post->post_type
			&& '' === $post->post_password
			&& is_post_publicly_viewable( $post )
			&& ! post_password_required( $post );
	}

	private function is_part_of( int $attachment_id, WP_Post $post, bool $is_shown ): bool {
		$attachment = get_post( $attachment_id );
		if ( ! $attachment instanceof WP_Post || 'trash' === $attachment->post_status ) {
			return false;
		}
		if ( $this->allows_featured() && (int) get_post_thumbnail_id( $post ) === $attachment_id ) {
			return true;
		}
		$shown   = $this->contents->of( $post->post_content )[ $attachment_id ] ?? array();
		$is_part = array() === $shown
			? $this->settings->sell_all_images() && $attachment->post_parent === $post->ID
			: array() !== array_filter( $shown, array( $this, 'allows' ) );
		return $is_part && ( $is_shown || $this->seen->shows( $attachment_id, $post ) );
	}
}
