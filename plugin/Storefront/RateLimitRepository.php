<?php
/**
 * Counts how often something was asked for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Database\Connection;

/**
 * One row per bucket and window, counted up in one statement: two requests at once can never both be the last allowed.
 */
final class RateLimitRepository {

	/** Old windows are cleared away by about one request in this many. */
	private const CLEAN_EVERY = 200;

	public function __construct( private readonly Connection $db ) {}

	/**
	 * Counts one request.
	 *
	 * @param string $bucket  At most 64 characters.
	 * @param int    $seconds Length of the window.
	 * @return array{0:int,1:int} How many there were in this window, this one included; seconds until it ends.
	 */
	public function hit( string $bucket, int $seconds ): array {
		$now   = time();
		$start = $now - $now % $seconds;
		$this->db->execute( 'INSERT INTO {rate_limits} (bucket, window_start, n) VALUES (%s, %d, 1) ON DUPLICATE KEY UPDATE n = n + 1', $bucket, $start );
		$count = (int) $this->db->value( 'SELECT n FROM {rate_limits} WHERE bucket = %s AND window_start = %d', $bucket, $start );
		if ( 0 === random_int( 0, self::CLEAN_EVERY - 1 ) ) {
			$this->clean();
		}
		return array( $count, max( 1, $start + $seconds - $now ) );
	}

	/**
	 * Forgets windows older than a day.
	 */
	public function clean(): void {
		$this->db->execute( 'DELETE FROM {rate_limits} WHERE window_start < %d', time() - DAY_IN_SECONDS );
	}
}
