<?php
/**
 * Counts how often something was asked for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;

/**
 * One row per bucket and window, counted up in one statement: two requests at once can never both be the last allowed.
 */
final class RateLimitRepository {

	/** Old windows are cleared away by about one request in this many. */
	private const CLEAN_EVERY = 200;

	public function __construct( private readonly Connection $db ) {}

	/** How often one request is counted before nobody counts it. */
	private const TRIES = 3;

	/**
	 * Counts one request. All visitors meet in a few rows, so one may be busy: better a request too many than a buyer who is turned away.
	 *
	 * @param string $bucket  At most 64 characters.
	 * @param int    $seconds Length of the window.
	 * @return array{0:int,1:int} How many there were in this window, this one included; seconds until it ends.
	 * @throws DatabaseError When the database is away, or refuses for good.
	 */
	public function hit( string $bucket, int $seconds ): array {
		for ( $try = 1; ; $try++ ) {
			try {
				return $this->counted( $bucket, $seconds );
			} catch ( DatabaseError $error ) {
				if ( ! $error->is_passing() || $error->is_lost_connection() ) {
					throw $error;
				}
				if ( $try >= self::TRIES ) {
					return array( 0, 1 );
				}
				usleep( 1000 * random_int( 1, 20 ) );
			}
		}
	}

	/** @return array{0:int,1:int} See hit(). */
	private function counted( string $bucket, int $seconds ): array {
		$now   = time();
		$start = $now - $now % $seconds;
		$this->db->execute(
			'INSERT INTO {rate_limits} (bucket, window_start, n) VALUES (%s, %d, 1) ON DUPLICATE KEY UPDATE n = n + 1',
			$bucket,
			$start
		);
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
