<?php
/**
 * Puts Buy buttons under pictures.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Hooks\Listeners;
use WP_Block;
use WP_Query;

/**
 * Image blocks and featured images of the one public post that a page shows.
 */
final class Buttons {

	/** Whether WordPress is in the middle of a Featured Image block, whose button belongs outside of its link. */
	private bool $in_featured_block = false;

	/** @var \WeakMap<WP_Query,int> The post of each page: membership plugins are asked once, not for every picture. */
	private \WeakMap $posts;

	public function __construct(
		private readonly Offers $offers,
		private readonly ForSale $for_sale,
		private readonly Shop $shop,
		private readonly ButtonMarkup $markup,
		private readonly StorefrontAssets $assets,
		private readonly ContentPictures $contents
	) {
		$this->posts = new \WeakMap();
	}

	public function register(): void {
		add_filter( 'render_block_core/image', array( $this, 'image_block' ), 20, 2 );
		add_filter( 'render_block_data', array( $this, 'enter_block' ) );
		add_filter( 'render_block_core/post-featured-image', array( $this, 'featured_block' ), 20, 3 );
		add_filter( 'post_thumbnail_html', array( $this, 'thumbnail' ), 20, 3 );
	}

	/**
	 * An image block. Filters get what other filters give, whatever it is.
	 *
	 * @param mixed $html  Its HTML.
	 * @param mixed $block The parsed block.
	 */
	public function image_block( mixed $html, mixed $block ): mixed {
		if ( ! is_string( $html ) || ! is_array( $block ) || $this->post_id() < 1 ) {
			return $html;
		}
		if ( ! $this->for_sale->allows( (string) ( $block['attrs']['className'] ?? '' ) ) ) {
			return $html;
		}
		$id = (int) ( $block['attrs']['id'] ?? 0 );
		if ( $id < 1 && 1 === preg_match( '/\bwp-image-(\d+)\b/', $html, $found ) ) {
			$id = (int) $found[1];
		}
		$button = $this->button( $id, $html );
		return '' === $button ? $html : $this->markup->add_inside( $html, $button );
	}

	/**
	 * Notes that a Featured Image block begins.
	 *
	 * @param mixed $block The parsed block.
	 */
	public function enter_block( mixed $block ): mixed {
		if ( is_array( $block ) && 'core/post-featured-image' === ( $block['blockName'] ?? '' ) ) {
			$this->in_featured_block = true;
		}
		return $block;
	}

	/**
	 * A Featured Image block. Its figure often has a fixed shape, so the button comes after it.
	 *
	 * @param mixed $html     Its HTML.
	 * @param mixed $block    The parsed block.
	 * @param mixed $instance The block.
	 */
	public function featured_block( mixed $html, mixed $block, mixed $instance ): mixed {
		$this->in_featured_block = false;
		if ( ! is_string( $html ) || ! is_array( $block ) || ! $instance instanceof WP_Block ) {
			return $html;
		}
		$post_id                 = (int) ( $instance->context['postId'] ?? get_the_ID() );
		$classes                 = explode( ' ', (string) ( $block['attrs']['className'] ?? '' ) );
		if (
			'' === trim( $html )
			|| $post_id !== $this->post_id()
			|| in_array( ForSale::OPT_OUT_CLASS, $classes, true )
			|| ! $this->for_sale->allows_featured()
		) {
			return $html;
		}
		return $html . $this->button( (int) get_post_thumbnail_id( $post_id ), $html );
	}

	/**
	 * A featured image of a classic theme.
	 *
	 * @param mixed $html         Its HTML.
	 * @param mixed $post_id      The post.
	 * @param mixed $thumbnail_id The picture.
	 */
	public function thumbnail( mixed $html, mixed $post_id, mixed $thumbnail_id ): mixed {
		if (
			! is_string( $html )
			|| ! is_scalar( $thumbnail_id )
			|| $this->in_featured_block
			|| '' === trim( $html )
			|| ! is_numeric( $post_id )
			|| (int) $post_id !== $this->post_id()
			|| ! $this->is_main_picture()
			|| ! $this->for_sale->allows_featured()
		) {
			return $html;
		}
		return $html . $this->button( (int) $thumbnail_id, $html );
	}

	/**
	 * The button, or nothing.
	 */
	private function button( int $attachment_id, string $html ): string {
		$post_id = $this->post_id();
		if ( $attachment_id < 1 || $post_id < 1 || $this->markup->is_in( $html ) || ! $this->shows( $attachment_id, $post_id ) ) {
			return '';
		}
		$this->assets->enqueue();
		return $this->markup->render( $attachment_id, $post_id );
	}

	private function shows( int $attachment_id, int $post_id ): bool {
		try {
			$shows = $this->shop->is_set_up() && $this->offers->is_any( $attachment_id, $post_id );
		} catch ( DatabaseError ) {
			$shows = false; // A page is worth more than a button.
		}

		/**
		 * Filters whether a picture gets a Buy button.
		 *
		 * @since 0.1.0
		 *
		 * @param bool $shows         Whether it does.
		 * @param int  $attachment_id The picture.
		 * @param int  $post_id       The post.
		 */
		return Listeners::apply_filters( 'smi_show_button', $shows, $attachment_id, $post_id );
	}

	/**
	 * Whether this request makes the page of one post; no for feeds, lists, previews, REST and the admin, and while a page looks at
	 * another site of its network. Asked before anything of ours is loaded.
	 */
	public static function is_a_page(): bool {
		$is_other = ( is_multisite() && ms_is_switched() )
			|| is_admin()
			|| is_feed()
			|| is_embed()
			|| is_preview()
			|| wp_is_serving_rest_request();
		return ! $is_other && is_singular() && ! PostAsSeen::is_looking();
	}

	/**
	 * The post this page is about, if this visitor may see it; 0 otherwise.
	 */
	private function post_id(): int {
		$query = $GLOBALS['wp_query'] ?? null;
		if ( ! $query instanceof WP_Query || ! self::is_a_page() ) {
			return 0;
		}
		return $this->posts[ $query ] ??= $this->find_post();
	}

	/** Fetches, in as many queries however many pictures there are, what all of them need. */
	private function find_post(): int {
		$post = get_post( get_queried_object_id() );
		Shop::fetch();
		if ( null === $post || ! $this->for_sale->may_see( $post ) ) {
			return 0;
		}
		$this->contents->fetch( $post );
		return $post->ID;
	}

	/**
	 * A thumbnail drawn in the page's own loop; others belong to widgets and "related posts".
	 */
	private function is_main_picture(): bool {
		return in_the_loop() && is_main_query();
	}
}
