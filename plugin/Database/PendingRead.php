<?php
/**
 * Rows on their way.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

/**
 * A SELECT that the server works on while PHP does something else.
 *
 * One connection takes one statement at a time. So whatever is asked through wpdb meanwhile, by whomever, first waits for this one: every
 * statement of wpdb passes the filter `query`.
 */
final class PendingRead {

	private \mysqli_result|DatabaseError|null $outcome = null;

	public function __construct( private readonly \mysqli $link, string $query ) {
		if ( '' === $query ) {
			$this->outcome = new DatabaseError( 'There is nothing to ask.' );
			return;
		}
		try {
			// A lost connection is a warning as well.
			$is_asked      = @$link->query( $query, MYSQLI_ASYNC ); // phpcs:ignore WordPress.PHP.NoSilencedErrors -- it is thrown by result().
			$this->outcome = $is_asked ? null : new DatabaseError( $link->error, $link->errno );
		} catch ( \mysqli_sql_exception $error ) {
			$this->outcome = new DatabaseError( $error->getMessage(), (int) $error->getCode(), $error );
		}
		add_filter( 'query', array( $this, 'settle' ), PHP_INT_MIN );
	}

	/**
	 * @param string|mixed $query What is asked next.
	 * @return mixed The same.
	 */
	public function settle( mixed $query = null ): mixed {
		remove_filter( 'query', array( $this, 'settle' ), PHP_INT_MIN );
		try {
			$result           = null === $this->outcome ? @$this->link->reap_async_query() : null; // phpcs:ignore WordPress.PHP.NoSilencedErrors -- as above.
			$this->outcome ??= $result instanceof \mysqli_result ? $result : new DatabaseError( $this->link->error, $this->link->errno );
		} catch ( \mysqli_sql_exception $error ) {
			$this->outcome = new DatabaseError( $error->getMessage(), (int) $error->getCode(), $error );
		}

		return $query;
	}

	/** @throws DatabaseError When the database refused, or went away. */
	public function result(): \mysqli_result {
		$this->settle();

		return $this->outcome instanceof \mysqli_result ? $this->outcome : throw $this->outcome ?? new \LogicException( 'It was settled.' );
	}
}
