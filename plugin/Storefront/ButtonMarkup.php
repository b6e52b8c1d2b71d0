<?php
/**
 * The Buy button's HTML.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Hooks\Listeners;

/**
 * A real button, part of the page's own HTML: nothing moves once scripts arrive, and every cache may keep it.
 */
final class ButtonMarkup {

	public const CLASS_NAME = 'smi-buy';

	/**
	 * The button of one picture.
	 */
	public function render( int $attachment_id, int $post_id ): string {
		$alt = trim( wp_strip_all_tags( (string) get_post_meta( $attachment_id, '_wp_attachment_image_alt', true ) ) );
		// Several buttons on a page must be told apart by those who hear them.
		$hidden = '' === $alt ? '' : sprintf( '<span class="smi-buy__alt">: %s</span>', esc_html( $alt ) );
		return sprintf(
			'<div class="%s"><button type="button" class="smi-buy__button wp-element-button" aria-haspopup="dialog" data-smi-attachment="%d" data-smi-post="%d">%s%s</button></div>',
			self::CLASS_NAME,
			$attachment_id,
			$post_id,
			esc_html( $this->label( $attachment_id, $post_id ) ),
			$hidden
		);
	}

	/**
	 * Whether some HTML has a button already.
	 */
	public function is_in( string $html ): bool {
		return str_contains( $html, 'data-smi-attachment="' );
	}

	/**
	 * Puts a button under the picture: inside its figure, so that it floats and aligns with it.
	 */
	public function add_inside( string $html, string $button ): string {
		$end = strripos( $html, '</figure>' );
		return false === $end ? $html . $button : substr_replace( $html, $button, $end, 0 );
	}

	private function label( int $attachment_id, int $post_id ): string {
		/**
		 * Filters the words on a Buy button.
		 *
		 * @since 0.1.0
		 *
		 * @param string $label         The words.
		 * @param int    $attachment_id The picture.
		 * @param int    $post_id       The post.
		 */
		return Listeners::apply_filters( 'smi_button_label', __( 'Buy in high resolution', 'sell-my-images' ), $attachment_id, $post_id );
	}
}
