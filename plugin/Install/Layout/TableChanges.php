<?php
/**
 * Makes a table what it should be.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Layout;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Jobs\OlderRow;

/**
 * Each table in one ALTER: the server reads it once, or not at all where only columns are added.
 */
final class TableChanges {

	/**
	 * What payment_action_done_at holds in every older row from the moment the column is there: no sale of the past may be announced again.
	 * Backfill puts the true time in its place.
	 */
	public const DONE_BEFORE = '1970-01-02 00:00:00';

	/** Reading a table again tells what one ALTER left: the server converts a text beside a new type only then. */
	private const PASSES = 3;

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * Columns, types, unique keys, engine and character set.
	 *
	 * @param callable(): Comparison $compare Reads the table.
	 * @throws DatabaseError When the database refuses, or does something else than it was told.
	 */
	public function apply( callable $compare ): void {
		for ( $pass = 1; $pass <= self::PASSES; $pass++ ) {
			$comparison = $compare();
			if ( ! $comparison->is_table_wrong() ) {
				return;
			}
			$this->alter(
				$comparison->found->table,
				$this->clauses( $comparison ),
				$comparison->has_other_storage() ? '' : 'ALGORITHM=INSTANT'
			);
		}
		$rest = $compare();
		if ( $rest->lacks_essentials() ) {
			throw new DatabaseError( "The table {$rest->found->table} did not change: " . implode( ', ', $this->clauses( $rest ) ) );
		}
	}

	/** The other keys; writers go on meanwhile. */
	public function build_keys( Comparison $comparison ): void {
		$clauses = array();
		foreach ( $comparison->keys( false ) as $key ) {
			$clauses = array( ...$clauses, ...$this->replace_key( $comparison, $key ) );
		}
		foreach ( $comparison->obsolete_keys() as $key ) {
			$clauses[] = "DROP KEY $key";
		}
		$this->alter( $comparison->found->table, $clauses, 'ALGORITHM=INPLACE, LOCK=NONE' );
	}

	/** @return list<string> */
	private function clauses( Comparison $comparison ): array {
		$clauses = array();
		$missing  = $comparison->missing_columns();
		$is_older = 'jobs' === $comparison->found->table && OlderRow::is_table_older( array_map( 'strval', array_keys( $missing ) ) );
		foreach ( $missing as $name => $type ) {
			$clauses[] = "ADD COLUMN $name " . $this->first_type( $name, $type, $is_older );
		}
		foreach ( $comparison->changed_columns() as $name => $type ) {
			$clauses[] = "MODIFY $name $type";
		}
		foreach ( $comparison->defaults() as $name => $value ) {
			$clauses[] = "ALTER COLUMN $name SET DEFAULT $value";
		}
		foreach ( $comparison->keys( true ) as $key ) {
			$clauses = array( ...$clauses, ...$this->replace_key( $comparison, $key ) );
		}

		return array( ...$clauses, ...$this->storage( $comparison ) );
	}

	/** @return list<string> */
	private function storage( Comparison $comparison ): array {
		$clauses = array();
		if ( $comparison->has_other_charset() ) {
			$clauses[] = "CONVERT TO CHARACTER SET utf8mb4 COLLATE $comparison->collation";
		}
		if ( $comparison->has_other_engine() ) {
			$clauses[] = 'ENGINE=InnoDB';
		}
		if ( $comparison->has_other_engine() || $comparison->found->has_short_keys() ) {
			$clauses[] = 'ROW_FORMAT=DYNAMIC';
		}

		return $clauses;
	}

	/** A default that is taken back at once is in every row that is there, in no time, and in no row to come. */
	private function first_type( string $name, string $type, bool $is_older ): string {
		return match ( true ) {
			$this->db->is_sqlite() => $type,
			'older_times' === $name && $is_older => 'tinyint unsigned NOT NULL DEFAULT ' . OlderRow::MARK,
			'payment_action_done_at' === $name => "datetime DEFAULT '" . self::DONE_BEFORE . "'",
			default => $type,
		};
	}

	/** @return list<string> */
	private function replace_key( Comparison $comparison, string $key ): array {
		$drop = 'PRIMARY' === $key ? 'DROP PRIMARY KEY' : "DROP KEY $key";
		$add  = 'ADD ' . $comparison->wanted->key_clause( $key );

		return isset( $comparison->found->keys[ $key ] ) ? array( $drop, $add ) : array( $add );
	}

	/**
	 * @param list<string> $clauses Of ALTER TABLE.
	 * @param string       $quick   What to ask for first; older servers, and some changes, do not know it.
	 */
	private function alter( string $table, array $clauses, string $quick ): void {
		if ( array() === $clauses ) {
			return;
		}
		if ( $this->db->is_sqlite() ) {
			$this->one_by_one( $table, $clauses );
			return;
		}
		$sql = "ALTER TABLE {{$table}} " . implode( ', ', $clauses );
		try {
			$this->db->execute( '' === $quick ? $sql : "$sql, $quick" );
		} catch ( DatabaseError $error ) {
			if ( '' === $quick || $error->is_passing() || $error->is_lost_connection() ) {
				throw $error;
			}
			$this->db->execute( $sql );
		}
	}

	/** @param list<string> $clauses Of ALTER TABLE, which SQLite takes one by one, and with no default that is taken back. */
	private function one_by_one( string $table, array $clauses ): void {
		$is_older = 3 === count( (array) preg_grep( '/^ADD COLUMN (version|payment_action_done_at|older_times) /', $clauses ) );
		foreach ( $clauses as $clause ) {
			$this->db->execute( "ALTER TABLE {{$table}} $clause" );
			if ( $is_older && str_starts_with( $clause, 'ADD COLUMN older_times' ) ) {
				$this->db->execute( "UPDATE {{$table}} SET older_times = %d", OlderRow::MARK );
			}
			if ( str_starts_with( $clause, 'ADD COLUMN payment_action_done_at' ) ) {
				$this->db->execute( "UPDATE {{$table}} SET payment_action_done_at = %s", self::DONE_BEFORE );
			}
		}
	}
}
