<?php
/**
 * A post as the current visitor gets it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Support\Redaction;
use WP_Post;
use WP_Query;

/**
 * Runs the post's own query and content filters, as its page would: whoever hides a part of it from this visitor hides the picture in it as
 * well. Asked only when somebody wants to buy, since it is as slow as the page.
 */
final class PostAsSeen {

	/** Whether a post is being looked at: no buttons are wanted in it. */
	private static bool $is_looking = false;

	/** Whether a post is being looked at. */
	public static function is_looking(): bool {
		return self::$is_looking;
	}

	/**
	 * Whether the visitor's content has the picture: by WordPress's class of it, or by its file.
	 */
	public function shows( int $attachment_id, WP_Post $post ): bool {
		$html = self::$is_looking ? '' : $this->look( $post );
		if ( 1 === preg_match( "/\\bwp-image-$attachment_id\\b|\\bdata-id=\"$attachment_id\"/", $html ) ) {
			return true;
		}
		$name = wp_basename( (string) get_post_meta( $attachment_id, '_wp_attached_file', true ) );
		$stem = (string) preg_replace( '/(-scaled|-rotated)?\.[a-z0-9]+$/i', '', $name );
		return '' !== $stem && 1 === preg_match( '#/' . preg_quote( $stem, '#' ) . '(-\d+x\d+|-scaled|-rotated)?\.[a-z]#i', $html );
	}

	/** A post that cannot be shown is not seen; what broke is in the log. */
	private function look( WP_Post $post ): string {
		$before           = array_intersect_key( $GLOBALS, array_flip( array( 'wp_query', 'wp_the_query', 'post' ) ) );
		self::$is_looking = true;
		$level            = ob_get_level();
		ob_start();
		try {
			return Listeners::during( 'the_content', fn(): string => $this->render( $post ) );
		} catch ( \Throwable $error ) {
			$said = Redaction::text( $error->getMessage() );
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- or the owner would never know.
			error_log( "Sell My Images: post $post->ID could not be shown, so nothing of it is sold. $said" );
			return '';
		} finally {
			while ( ob_get_level() > $level ) {
				ob_end_clean();
			}
			self::$is_looking = false;
			$this->restore( $before );
		}
	}

	/** Empty where the query does not give the post to this visitor. */
	private function render( WP_Post $post ): string {
		$query = new WP_Query();
		// phpcs:disable WordPress.WP.GlobalVariablesOverride -- filters ask whether this is the page's own query; restore() follows.
		$GLOBALS['wp_the_query'] = $query;
		$GLOBALS['wp_query']     = $query;
		// phpcs:enable
		$query->query( array( 'p' => $post->ID, 'post_type' => $post->post_type ) );
		if ( ! $query->have_posts() ) {
			return '';
		}
		$query->the_post();
		// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own.
		return (string) apply_filters( 'the_content', get_the_content() );
	}

	/** @param array<string,mixed> $before Globals. */
	private function restore( array $before ): void {
		foreach ( array( 'wp_query', 'wp_the_query', 'post' ) as $name ) {
			$GLOBALS[ $name ] = $before[ $name ] ?? null; // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- as it was.
		}
		if ( ( $before['post'] ?? null ) instanceof WP_Post && ( $before['wp_query'] ?? null ) instanceof WP_Query ) {
			setup_postdata( $before['post'] );
		}
	}
}
