<?php
/**
 * Transactions that are whole or not at all.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

use SellMyImages\Hooks\Failures;

/**
 * No HTTP call, mail, hook or filter may run inside; what must follow a commit is queued with after_commit().
 */
class Transaction {

	private const TRIES = 3;

	private int $number = 0;

	private bool $is_open = false;

	/** @var array<string,callable> */
	private array $before_commit = array();

	/** @var list<callable> */
	private array $after_commit = array();

	private int $holds = 0;

	/** @var list<callable> */
	private array $held = array();

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * Runs the work, and runs it again when the database gave it up for another (deadlock, lock timeout), three times in all.
	 * Inside an open transaction the work joins that one.
	 *
	 * @template T
	 * @param callable(): T $work May run more than once: everything it keeps must be in the database.
	 * @return T
	 * @throws DatabaseError When the database refuses for good.
	 */
	public function run( callable $work ): mixed {
		if ( $this->is_open ) {
			return $work();
		}
		for ( $try = 1; ; $try++ ) {
			try {
				$result = $this->once( $work );
				break;
			} catch ( DatabaseError $error ) {
				if ( $try >= self::TRIES || ! $error->is_passing() ) {
					throw $error;
				}
				usleep( random_int( 1000, 20000 ) * $try );
			}
		}
		$this->call_after_commit();

		return $result;
	}

	/** Runs the callback once the open transaction is in; at once when none is open. */
	public function after_commit( callable $callback ): void {
		if ( ! $this->is_open ) {
			$this->call( $callback );
			return;
		}
		$this->after_commit[] = $callback;
	}

	/**
	 * Runs the callback as the last thing before COMMIT.
	 *
	 * @param string   $key      Queued only once under the same key.
	 * @param callable $callback May run SQL.
	 */
	public function before_commit( string $key, callable $callback ): void {
		$this->before_commit[ $key ] = $callback;
	}

	/** From here on, callbacks of committed transactions wait: several are committed before anybody hears of the first. */
	public function hold(): void {
		++$this->holds;
	}

	/** Ends hold(): what waited runs, in order. */
	public function release(): void {
		if ( 0 === --$this->holds ) {
			$this->after_commit = array_splice( $this->held, 0 );
			$this->call_after_commit();
		}
	}

	public function is_open(): bool {
		return $this->is_open;
	}

	/** Differs for every transaction and every time one is run again. */
	public function number(): int {
		return $this->number;
	}

	/**
	 * @template T
	 * @param callable(): T $work The work.
	 * @return T
	 */
	private function once( callable $work ): mixed {
		$this->begin();
		$connection = $this->db->connection_id();
		try {
			$result = $work();
			ksort( $this->before_commit );
			foreach ( $this->before_commit as $callback ) {
				$callback();
			}
			if ( $this->db->connection_id() !== $connection ) {
				throw new DatabaseError( 'The database connection was lost inside a transaction.', DatabaseError::LOCK_TIMEOUT );
			}
			$this->db->execute( 'COMMIT' );
		} catch ( \Throwable $error ) {
			$this->roll_back();
			throw $error;
		} finally {
			$this->is_open = false;
			$this->db->may_reconnect( true );
		}

		return $result;
	}

	private function begin(): void {
		++$this->number;
		$this->before_commit = array();
		$this->after_commit  = array();
		if ( ! $this->db->is_sqlite() ) {
			// What is read after a lock must be what the lock protects, not what was there when the transaction began.
			$this->db->execute( 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED' );
		}
		$this->db->execute( 'START TRANSACTION' );
		$this->db->may_reconnect( false );
		$this->is_open = true;
	}

	private function roll_back(): void {
		$this->after_commit = array();
		try {
			$this->db->execute( 'ROLLBACK' );
		} catch ( DatabaseError ) {
			return; // A lost connection has rolled back by itself.
		}
	}

	private function call_after_commit(): void {
		$callbacks          = $this->after_commit;
		$this->after_commit = array();
		if ( $this->holds > 0 ) {
			array_push( $this->held, ...$callbacks );
			return;
		}
		foreach ( $callbacks as $callback ) {
			$this->call( $callback );
		}
	}

	/** What one listener does wrong must not keep the others from hearing. */
	private function call( callable $callback ): void {
		try {
			$callback();
		} catch ( \Throwable $error ) {
			Failures::note( Failures::WORK, 'after_commit', $error );
		}
	}
}
