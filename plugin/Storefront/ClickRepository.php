<?php
/**
 * Counts clicks on Buy buttons.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Database\Connection;

/**
 * One row per day, picture and post: how often, never who.
 */
final class ClickRepository {

	public function __construct( private readonly Connection $db ) {}

	/**
	 * Counts one click.
	 */
	public function add( int $attachment_id, int $post_id ): void {
		$this->db->execute(
			'INSERT INTO {clicks_daily} (day, attachment_id, post_id, n) VALUES (%s, %d, %d, 1) ON DUPLICATE KEY UPDATE n = n + 1',
			gmdate( 'Y-m-d' ),
			$attachment_id,
			$post_id
		);
	}
}
