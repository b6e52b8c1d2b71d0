<?php
/**
 * The pictures of a post's content.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use WP_Post;

/**
 * Reads the content once, however many pictures it has, and fetches what WordPress knows of them in one go.
 */
final class ContentPictures {

	/** Patterns inside of patterns. */
	private const DEPTH = 2;

	/** @var array<string,array<int,list<string>>> By site and the content's hash. */
	private array $known = array();

	/** @var array<string,true> Contents whose pictures were fetched. */
	private array $fetched = array();

	/**
	 * Each picture with the classes of all blocks that show it, in the content and in the synced patterns it uses. A picture outside of any
	 * block counts as one without classes.
	 *
	 * @return array<int,list<string>> Attachment => classes.
	 */
	public function of( string $content ): array {
		return $this->known[ get_current_blog_id() . md5( $content ) ] ??= $this->read( $content, self::DEPTH );
	}

	/**
	 * Fetches posts and metadata of all pictures of a post, its featured image included: two queries, which WordPress need not ask later.
	 * One more where patterns are used.
	 */
	public function fetch( WP_Post $post ): void {
		$key = get_current_blog_id() . ":$post->ID:" . md5( $post->post_content );
		if ( isset( $this->fetched[ $key ] ) ) {
			return;
		}
		$this->fetched[ $key ] = true;
		$this->fetch_patterns( $post->post_content );
		$ids = array( (int) get_post_thumbnail_id( $post ), ...array_keys( $this->of( $post->post_content ) ) );
		_prime_post_caches( array_filter( $ids ), false, true );
	}

	private function fetch_patterns( string $content ): void {
		if ( preg_match_all( '/"ref":(\d+)/', $content, $found ) > 0 ) {
			_prime_post_caches( array_map( 'intval', $found[1] ), false, false );
		}
	}

	/**
	 * @return array<int,list<string>>
	 */
	private function read( string $content, int $depth ): array {
		$pictures = array();
		preg_match_all( '/<!-- wp:[a-z\/-]+ (\{.*?\}) \/?-->/s', $content, $blocks );
		foreach ( $blocks[1] as $json ) {
			$attributes = 1 === preg_match( '/"(id|mediaId|ref)":/', $json ) ? json_decode( $json, true ) : null;
			if ( is_array( $attributes ) ) {
				$pictures = self::with( $pictures, $this->block( $attributes, $depth ) );
			}
		}
		preg_match_all( '/\bwp-image-(\d+)\b/', $content, $images );
		return $pictures + array_fill_keys( array_map( 'intval', $images[1] ), array( '' ) );
	}

	/**
	 * @param array<string,mixed> $attributes Of a block.
	 * @return array<int,list<string>>
	 */
	private function block( array $attributes, int $depth ): array {
		$id      = $attributes['id'] ?? $attributes['mediaId'] ?? null;
		$own     = is_int( $id ) ? array( $id => array( (string) ( $attributes['className'] ?? '' ) ) ) : array();
		$pattern = $depth > 0 && isset( $attributes['ref'] ) ? get_post( (int) $attributes['ref'] ) : null;
		return $pattern instanceof WP_Post ? self::with( $own, $this->read( $pattern->post_content, $depth - 1 ) ) : $own;
	}

	/**
	 * @param array<int,list<string>> $pictures So far.
	 * @param array<int,list<string>> $more     Found.
	 * @return array<int,list<string>>
	 */
	private static function with( array $pictures, array $more ): array {
		foreach ( $more as $id => $classes ) {
			$pictures[ $id ] = array( ...( $pictures[ $id ] ?? array() ), ...$classes );
		}
		return $pictures;
	}
}
