<?php
/**
 * Takes the titles of posts with jobs into the word index.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\Titles\TitleWords;

/**
 * In order of post ids.
 */
final class LearnTitles implements UpgradeStep {

	private const AT_ONCE = 100;

	public function __construct( private readonly Connection $db, private readonly TitleWords $titles ) {
	}

	public function run( int $at ): ?int {
		$posts = $this->db->column(
			'SELECT DISTINCT post_id FROM {jobs}' . $this->db->hint( 'k_post' ) . ' WHERE post_id > %d ORDER BY post_id LIMIT %d',
			$at,
			self::AT_ONCE
		);
		foreach ( $posts as $post ) {
			$this->titles->relearn( (int) $post );
		}

		return array() === $posts ? null : (int) end( $posts );
	}
}
