<?php
/**
 * Finds posts with jobs by the words of their titles.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Titles;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;

/**
 * A small index of words: searching the posts table itself takes up to seconds.
 */
final class TitleWords {

	/** At most so many posts of one search; more would need a narrower word. */
	public const MOST_POSTS = 500;

	/** @var array<int,array<int,bool>> Posts known to be in the index, by site: code of a network may look after several. */
	private array $known = array();

	public function __construct( private readonly Connection $db ) {
	}

	/** Follows renamed posts. */
	public function register(): void {
		add_action( 'post_updated', array( $this, 'post_updated' ), 10, 3 );
	}

	/**
	 * Whatever goes wrong here must not reach who saves the post: those who hear of it after us would not. On another site of a network,
	 * switched to, there may be no table; a title that was not written down is learned with the post's next job.
	 *
	 * @param mixed $post_id The post.
	 * @param mixed $after   As it is.
	 * @param mixed $before  As it was.
	 */
	public function post_updated( mixed $post_id, mixed $after = null, mixed $before = null ): void {
		if ( ! $after instanceof \WP_Post || ! $before instanceof \WP_Post || $after->post_title === $before->post_title ) {
			return;
		}
		try {
			$this->rename( $after->ID, $after->post_title );
		} catch ( \Throwable ) {
			unset( $this->known[ get_current_blog_id() ][ $after->ID ] );
		}
	}

	/** Takes a post's title in, unless it is in already. Not needed for a job to be sold, so it never fails one. */
	public function learn( int $post_id ): void {
		$site = get_current_blog_id();
		if ( 0 === $post_id || isset( $this->known[ $site ][ $post_id ] ) ) {
			return;
		}
		try {
			if ( ! $this->is_known( $post_id ) ) {
				$this->write( $post_id, TitleTerms::of_title( $this->title( $post_id ) ) );
			}
			$this->known[ $site ][ $post_id ] = true;
		} catch ( DatabaseError ) {
			return;
		}
	}

	/** The same for a post that may be in by other rules: earlier versions took a title without spaces for one word. */
	public function relearn( int $post_id ): void {
		$title = $this->title( $post_id );
		if ( ! TitleTerms::has_dense( $title ) ) {
			$this->learn( $post_id );

			return;
		}
		$this->db->execute( 'DELETE FROM {title_words} WHERE post_id = %d', $post_id );
		$this->write( $post_id, TitleTerms::of_title( $title ) );
	}

	/**
	 * @param string $search Words; each must begin a word of the title.
	 * @return list<int> Posts, at most MOST_POSTS.
	 */
	public function posts( string $search ): array {
		$words = TitleTerms::of_search( $search );
		if ( array() === $words ) {
			return array();
		}
		$parts = implode(
			' UNION ALL ',
			array_map(
				static fn( int $i ): string => "SELECT DISTINCT $i AS w, post_id FROM {title_words} WHERE word LIKE %s",
				array_keys( $words )
			)
		);
		$likes = array_map( fn( string $word ): string => $this->db->like( $word ) . '%', $words );
		// Counted rather than joined: a self-join of two LIKEs took 80 ms where this takes 2.
		$sql = "SELECT post_id FROM ( $parts ) AS found GROUP BY post_id HAVING COUNT(*) = %d ORDER BY post_id DESC LIMIT %d";

		return array_map( 'intval', $this->db->column( $sql, ...array( ...$likes, count( $words ), self::MOST_POSTS ) ) );
	}

	private function title( int $post_id ): string {
		return (string) $this->db->value( 'SELECT post_title FROM ' . $this->db->core_table( 'posts' ) . ' WHERE ID = %d', $post_id );
	}

	private function rename( int $post_id, string $title ): void {
		if ( $this->is_known( $post_id ) ) {
			$this->db->execute( 'DELETE FROM {title_words} WHERE post_id = %d', $post_id );
			$this->write( $post_id, TitleTerms::of_title( $title ) );
		}
	}

	private function is_known( int $post_id ): bool {
		return null !== $this->db->value( 'SELECT word FROM {title_words} WHERE post_id = %d LIMIT 1', $post_id );
	}

	/** @param list<string> $words The words. */
	private function write( int $post_id, array $words ): void {
		foreach ( $words as $word ) {
			$this->db->execute(
				'INSERT INTO {title_words} (word, post_id) VALUES (%s, %d) ON DUPLICATE KEY UPDATE post_id = VALUES(post_id)',
				$word,
				$post_id
			);
		}
	}
}
