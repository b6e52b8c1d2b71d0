<?php
/**
 * The database refused a statement.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

/**
 * Its code is MySQL's: 1062 duplicate key, 1205 lock wait timeout, 1213 deadlock …
 */
final class DatabaseError extends \RuntimeException {

	public const DUPLICATE    = 1062;
	public const LOCK_TIMEOUT = 1205;
	public const DEADLOCK     = 1213;

	/** Whether the server went away before or while it answered. */
	public function is_lost_connection(): bool {
		return in_array( $this->getCode(), array( 2006, 2013 ), true );
	}

	/** Whether the same transaction may succeed when it is run again. */
	public function is_passing(): bool {
		// 1020: MariaDB's "record has changed since last read".
		return in_array( $this->getCode(), array( self::LOCK_TIMEOUT, self::DEADLOCK, 1020 ), true );
	}
}
