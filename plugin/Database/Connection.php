<?php
/**
 * The only class that touches $wpdb.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

/**
 * Runs SQL with `{jobs}` for the table smi_jobs, %s and %d for arguments (null is NULL, an array is a comma list; %% is a percent sign).
 *
 * Everything comes back as string or null, whatever the database behind it. A refused statement throws DatabaseError and writes no log.
 */
final class Connection {

	private readonly Guard $guard;

	private readonly Statement $statement;

	/**
	 * @param \wpdb                         $wpdb       WordPress's.
	 * @param (\Closure(): bool)|null       $has_keys   Whether every key that hint() may name is there; null: they are.
	 * @param (\Closure( int ): void)|null $on_refusal Hears the code of each statement that was refused; perhaps inside a transaction.
	 */
	public function __construct( private readonly \wpdb $wpdb, private readonly ?\Closure $has_keys = null, ?\Closure $on_refusal = null ) {
		$this->guard     = new Guard( $wpdb, $on_refusal );
		$this->statement = new Statement( $wpdb );
	}

	/** 'jobs' => wp_smi_jobs. */
	public function table( string $name ): string {
		return $this->statement->table( $name );
	}

	/**
	 * @param mixed ...$args Arguments of the placeholders.
	 * @return list<array<string,string|null>>
	 */
	public function rows( string $sql, mixed ...$args ): array {
		$query = $this->statement->prepare( $sql, array_values( $args ) );
		$rows  = $this->with_or_without_hints(
			$query,
			fn( string $query ) => $this->guard->run( fn() => $this->wpdb->get_results( $query, ARRAY_A ) )
		);

		return $this->as_texts( array_values( (array) $rows ) );
	}

	/**
	 * As rows(), for thousands at a time: straight from the driver, which takes half the time of the object that wpdb makes of each row.
	 * Whoever filters or counts queries sees it like any other. A drop-in that knows more than wpdb (several servers, a record of all
	 * queries) is asked itself.
	 *
	 * @param mixed ...$args Arguments of the placeholders.
	 * @return list<array<string,string|null>>
	 * @throws DatabaseError When the database refuses, or is away and does not come back.
	 */
	public function many_rows( string $sql, mixed ...$args ): array {
		if ( null === $this->driver() ) {
			return $this->rows( $sql, ...$args );
		}
		/** This filter is documented in wp-includes/class-wpdb.php */
		// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own.
		$query = (string) apply_filters( 'query', $this->statement->prepare( $sql, array_values( $args ) ) );
		try {
			$rows = $this->read( $query );
		} catch ( DatabaseError $error ) {
			// As wpdb does, but without its page about the database in the middle of what is being sent.
			if (
				DatabaseError::NO_SUCH_KEY !== $error->getCode()
				&& ( ! $error->is_lost_connection() || ! $this->wpdb->check_connection( false ) )
			) {
				throw $error;
			}
			$this->guard->refused( $error );
			$rows = $this->read( DatabaseError::NO_SUCH_KEY === $error->getCode() ? self::without_hints( $query ) : $query );
		}

		return $this->as_texts( $rows );
	}

	/**
	 * @param mixed ...$args Arguments of the placeholders.
	 * @return array<string,string|null>|null
	 */
	public function row( string $sql, mixed ...$args ): ?array {
		return $this->rows( $sql, ...$args )[0] ?? null;
	}

	/** @param mixed ...$args Arguments of the placeholders. */
	public function value( string $sql, mixed ...$args ): ?string {
		$row = $this->row( $sql, ...$args );

		return null === $row || array() === $row ? null : array_values( $row )[0];
	}

	/**
	 * @param mixed ...$args Arguments of the placeholders.
	 * @return list<string>
	 */
	public function column( string $sql, mixed ...$args ): array {
		return array_map( static fn( array $row ): string => (string) array_values( $row )[0], $this->rows( $sql, ...$args ) );
	}

	/**
	 * @param mixed ...$args Arguments of the placeholders.
	 * @return int Rows that changed.
	 * @throws DatabaseError When the database refuses.
	 */
	public function execute( string $sql, mixed ...$args ): int {
		return (int) $this->guard->run( fn() => $this->wpdb->query( $this->statement->prepare( $sql, array_values( $args ) ) ) );
	}

	/**
	 * @param string              $table  Short name.
	 * @param array<string,mixed> $values Column values; null is NULL.
	 * @return int The row's id, where it has one.
	 * @throws DatabaseError When the database refuses; code 1062 for a duplicate.
	 */
	public function insert( string $table, array $values ): int {
		$this->execute( "INSERT INTO {{$table}} (" . implode( ', ', array_keys( $values ) ) . ') VALUES (%s)', array_values( $values ) );

		return (int) $this->wpdb->insert_id;
	}

	public function is_sqlite(): bool {
		return $this->guard->is_sqlite();
	}

	/**
	 * The index that a SELECT must use: without it the optimizer takes seconds at a million jobs. SQLite knows no such hint, and a key
	 * that is still to be built must not be named.
	 */
	public function hint( string $index ): string {
		return $this->is_sqlite() || ! ( null === $this->has_keys || ( $this->has_keys )() ) ? '' : " FORCE INDEX ($index)";
	}

	/** UTC by the database's clock. */
	public function now(): string {
		return (string) $this->value( 'SELECT UTC_TIMESTAMP() AS t' );
	}

	/** The server's number of this connection; changes when wpdb connected anew. Null on SQLite. */
	public function connection_id(): ?int {
		return $this->wpdb->dbh instanceof \mysqli ? (int) $this->wpdb->dbh->thread_id : null;
	}

	public function charset_collate(): string {
		return $this->wpdb->get_charset_collate();
	}

	/** A WordPress table by its name in $wpdb, such as 'posts'. */
	public function core_table( string $name ): string {
		return (string) $this->wpdb->{$name};
	}

	/** Text as part of a LIKE pattern, taken literally. */
	public function like( string $text ): string {
		return $this->wpdb->esc_like( $text );
	}

	/**
	 * wpdb connects anew and runs a lost statement again, which in the middle of a transaction would keep half of it.
	 *
	 * @param bool $may Whether it may.
	 */
	public function may_reconnect( bool $may ): void {
		$this->wpdb->reconnect_retries = $may ? 5 : 0; // @phpstan-ignore property.protected (wpdb's __set allows it.)
	}

	/** A connection in a state that nobody knows is given up for a new one. */
	public function connect_anew(): void {
		if ( ! $this->is_sqlite() ) {
			$this->wpdb->close();
			$this->wpdb->db_connect( false );
		}
	}

	/**
	 * A key that somebody dropped, or that a backup did not bring back, makes a list slow, not impossible.
	 *
	 * @template T
	 * @param string              $query Prepared.
	 * @param callable( string ): T $ask   Asks the database.
	 * @return T
	 */
	private function with_or_without_hints( string $query, callable $ask ): mixed {
		try {
			return $ask( $query );
		} catch ( DatabaseError $error ) {
			return DatabaseError::NO_SUCH_KEY === $error->getCode() ? $ask( self::without_hints( $query ) ) : throw $error;
		}
	}

	private static function without_hints( string $query ): string {
		return (string) preg_replace( '/ FORCE INDEX \(\w+\)/', '', $query );
	}

	/** Of plain wpdb; null where something else stands in its place, or has to see each query itself. */
	private function driver(): ?\mysqli {
		$is_plain = \wpdb::class === get_class( $this->wpdb )
			&& ! ( defined( 'SAVEQUERIES' ) && SAVEQUERIES )
			&& function_exists( 'mysqli_fetch_all' );

		return $is_plain && $this->wpdb->dbh instanceof \mysqli ? $this->wpdb->dbh : null;
	}

	/**
	 * @return list<array<string,mixed>>
	 * @throws DatabaseError When the database refuses, or there is no connection.
	 */
	private function read( string $query ): array {
		$link = $this->driver() ?? throw new DatabaseError( 'The database is away.' );
		++$this->wpdb->num_queries;
		try {
			// A lost connection is a warning as well.
			$result = '' === $query ? false : @$link->query( $query ); // phpcs:ignore WordPress.PHP.NoSilencedErrors -- it is thrown.
		} catch ( \mysqli_sql_exception $error ) {
			throw new DatabaseError( $error->getMessage(), (int) $error->getCode(), $error );
		}
		if ( ! $result instanceof \mysqli_result ) {
			throw new DatabaseError( '' === $query ? 'There is nothing to ask.' : $link->error, '' === $query ? 0 : $link->errno );
		}

		return $result->fetch_all( MYSQLI_ASSOC );
	}

	/**
	 * MySQL's drivers give texts, unless somebody told them to give numbers; SQLite gives whatever stands in the row.
	 *
	 * @param list<array<string,mixed>> $rows As the driver gave them.
	 * @return list<array<string,string|null>>
	 */
	private function as_texts( array $rows ): array {
		$others = array_filter( $rows[0] ?? array(), static fn( mixed $value ): bool => null !== $value && ! is_string( $value ) );
		if ( array() === $others && ! $this->is_sqlite() ) {
			/** @var list<array<string,string|null>> $rows What the first row is, all are. */
			return $rows;
		}

		return array_map(
			static fn( array $row ): array => array_map(
				static fn( mixed $value ): ?string => null === $value ? null : (string) $value,
				$row
			),
			$rows
		);
	}
}
