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

	public const DUPLICATE      = 1062;
	public const LOCK_TIMEOUT   = 1205;
	public const DEADLOCK       = 1213;
	public const NO_SAVEPOINT   = 1305;
	public const LOST           = 2006;
	public const RECORD_CHANGED = 1020;
	public const NO_SUCH_KEY    = 1176;
	public const IN_TRANSACTION = 1568;

	/** The server went away before or while it answered. */
	public const LOSSES = array( self::LOST, 2013 );

	/** After these at COMMIT it is certain that nothing was committed. */
	public const UNDONE = array( self::LOCK_TIMEOUT, self::DEADLOCK, self::RECORD_CHANGED );

	/** A node of a cluster that is not ready: 1047; one that could not pass on a part of the transaction: 1180. */
	private const CLUSTER = array( 1047, 1180 );

	/** @param bool $is_outcome_unknown It came at COMMIT, and the server may have committed all the same. */
	public function __construct(
		string $message = '',
		int $code = 0,
		?\Throwable $previous = null,
		public readonly bool $is_outcome_unknown = false
	) {
		parent::__construct( $message, $code, $previous );
	}

	/** Whether the server went away before or while it answered. */
	public function is_lost_connection(): bool {
		return in_array( $this->getCode(), self::LOSSES, true );
	}

	/** Whether nothing is wrong with the statement: the same transaction may succeed when it is run again. */
	public function is_passing(): bool {
		return ! $this->is_outcome_unknown
			&& in_array( $this->getCode(), array( ...self::UNDONE, ...self::CLUSTER, ...self::LOSSES ), true );
	}
}
