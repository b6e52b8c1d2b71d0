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
final class Transaction {

	private const TRIES = 10;

	/** Seconds after which no new try begins: whoever waits is told to come again. */
	private const PATIENCE = 10.0;

	/** Milliseconds between two tries, at most. */
	private const LONGEST_PAUSE = 200;

	/** Stands as long as the transaction does that it was set in. */
	private const SAVEPOINT = 'smi_whole';

	private static int $open = 0;

	private int $number = 0;

	private bool $is_open = false;

	/** Whether the server took the first statement of it. */
	private bool $is_begun = false;

	/** @var list<callable> */
	private array $before_start = array();

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
	 * Runs the work, and runs it again when the database gave it up for another (deadlock, lock timeout) or the connection was lost before
	 * COMMIT: ten times in all, within ten seconds. Once more after a duplicate key too: on a cluster another node's row may come in after
	 * the work looked for it, and is found the second time. Inside an open transaction the work joins that one.
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
		foreach ( $this->before_start as $callback ) {
			$callback();
		}
		$result = $this->repeated( $work );
		$this->call_after_commit();

		return $result;
	}

	/** Runs the callback before each transaction, outside of it: to ask for what may not be asked for inside. */
	public function before_start( callable $callback ): void {
		$this->before_start[] = $callback;
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

	/** Whether any is open in this process: for what has no transaction at hand. */
	public static function is_any_open(): bool {
		return self::$open > 0;
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
	private function repeated( callable $work ): mixed {
		$begun = microtime( true );
		for ( $try = 1; ; $try++ ) {
			try {
				return $this->once( $work );
			} catch ( DatabaseError $error ) {
				$is_away  = $error->is_lost_connection() && ! $this->is_begun;
				$may_pass = $error->is_passing() || ( DatabaseError::DUPLICATE === $error->getCode() && 1 === $try );
				if ( $try >= self::TRIES || $is_away || ! $may_pass || microtime( true ) - $begun > self::PATIENCE ) {
					throw $error;
				}
				usleep( 1000 * random_int( 1, min( self::LONGEST_PAUSE, 10 * 2 ** $try ) ) );
			}
		}
	}

	/**
	 * @template T
	 * @param callable(): T $work The work.
	 * @return T
	 */
	private function once( callable $work ): mixed {
		try {
			$this->begin();
			$connection = $this->db->connection_id();
			$result     = $work();
			ksort( $this->before_commit );
			foreach ( $this->before_commit as $callback ) {
				$callback();
			}
			if ( $this->db->connection_id() !== $connection ) {
				throw new DatabaseError( 'The database connection was lost inside a transaction.', DatabaseError::LOST );
			}
			$this->commit();
		} catch ( \Throwable $error ) {
			$this->roll_back();
			throw $error;
		} finally {
			$this->end();
		}

		return $result;
	}

	private function begin(): void {
		++$this->number;
		++self::$open;
		$this->is_open       = true;
		$this->is_begun      = false;
		$this->before_commit = array();
		$this->after_commit  = array();
		foreach ( $this->db->is_sqlite() ? array( 'START TRANSACTION' ) : self::opening() as $sql ) {
			$this->execute_after_others( $sql );
			$this->db->may_reconnect( false );
			$this->is_begun = true;
		}
	}

	/**
	 * Somebody else's code may have left a transaction open. START TRANSACTION would keep what it did and go on; so does this, a statement
	 * earlier.
	 */
	private function execute_after_others( string $sql ): void {
		try {
			$this->db->execute( $sql );
		} catch ( DatabaseError $error ) {
			if ( DatabaseError::IN_TRANSACTION !== $error->getCode() ) {
				throw $error;
			}
			$this->db->execute( 'COMMIT' );
			$this->db->execute( $sql );
		}
	}

	/** @return list<string> */
	private static function opening(): array {
		return array(
			// What is read after a lock must be what the lock protects, not what was there when the transaction began.
			'SET TRANSACTION ISOLATION LEVEL READ COMMITTED',
			// A transaction that the server gave up is over, and whoever had the bad news may have kept it to himself, as get_option()
			// does. With this
			// on, what comes after it would be kept at once.
			'SET autocommit = 0',
			'START TRANSACTION',
			// Gone when that happened: so COMMIT knows.
			'SAVEPOINT ' . self::SAVEPOINT,
		);
	}

	private function commit(): void {
		if ( ! $this->db->is_sqlite() ) {
			$this->check_whole();
		}
		try {
			$this->db->execute( 'COMMIT' );
		} catch ( DatabaseError $error ) {
			throw in_array( $error->getCode(), DatabaseError::UNDONE, true )
				? $error
				: new DatabaseError( $error->getMessage(), $error->getCode(), $error, true );
		}
	}

	/** @throws DatabaseError When the transaction is not the one that was begun. */
	private function check_whole(): void {
		try {
			$this->db->execute( 'RELEASE SAVEPOINT ' . self::SAVEPOINT );
		} catch ( DatabaseError $error ) {
			throw DatabaseError::NO_SAVEPOINT === $error->getCode()
				? new DatabaseError( 'The database gave the transaction up, and nobody said so.', DatabaseError::DEADLOCK, $error )
				: $error;
		}
	}

	private function roll_back(): void {
		$this->after_commit = array();
		if ( $this->is_begun ) {
			$this->tell_or_leave( 'ROLLBACK' );
		}
	}

	/** Leaves the connection to everybody else as it was. */
	private function end(): void {
		$this->is_open = false;
		--self::$open;
		if ( $this->is_begun && ! $this->db->is_sqlite() ) {
			$this->tell_or_leave( 'SET autocommit = 1' );
		}
		$this->db->may_reconnect( true );
	}

	/**
	 * A connection that was lost has rolled back, and the next one has autocommit on. One that is there but does not obey must not be used
	 * any more: half of the work would be kept, or nothing that anybody writes there. Throws nothing, for what was to be done is done or
	 * undone by then.
	 */
	private function tell_or_leave( string $sql ): void {
		try {
			$this->db->execute( $sql );
		} catch ( \Throwable $error ) {
			if ( ! $error instanceof DatabaseError || ! $error->is_lost_connection() ) {
				$this->db->connect_anew();
			}
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
