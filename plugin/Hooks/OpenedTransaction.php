<?php
/**
 * A transaction that other people's code began and did not end.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * Listens to the statements of wpdb while a callback runs, and ends what it began. Left open, what we write next would be lost when the
 * request ends, its rows locked until then, and what we read would be as old as the transaction.
 *
 * The rows in it are the callback's: it began after everything of ours was committed, since no hook fires inside a transaction of ours.
 * Of a callback that returned they are kept, as the database itself keeps them when the next transaction begins. One that threw was
 * interrupted in the middle of what it wanted whole or not at all, and without us its error would have ended the request, and the
 * transaction with it: so they are undone.
 *
 * A transaction that was open before is its owner's, and stays. One begun behind wpdb's back is not seen here: Database\Transaction ends
 * it when it begins.
 */
final class OpenedTransaction {

	private const COMMENTS = '~^(?:\s+|/\*.*?\*/|(?:--\s|#)[^\n]*(?:\n|$))+~s';

	private bool $is_open = false;

	private bool $is_manual = false;

	private bool $is_locked = false;

	public function __construct() {
		add_filter( 'query', array( $this, 'see' ), PHP_INT_MAX );
	}

	/**
	 * @param mixed $query What wpdb is about to ask.
	 * @return mixed The same.
	 */
	public function see( mixed $query ): mixed {
		if ( is_string( $query ) ) {
			$this->note( (string) preg_replace( self::COMMENTS, '', substr( $query, 0, 500 ) ) );
		}

		return $query;
	}

	/**
	 * @param bool $has_failed Whether the callback threw.
	 * @return string|null What it left, as a sentence; null when nothing.
	 */
	public function close( bool $has_failed ): ?string {
		remove_filter( 'query', array( $this, 'see' ), PHP_INT_MAX );
		$statements = array_filter(
			array(
				$has_failed ? 'ROLLBACK' : 'COMMIT' => $this->is_open || $this->is_manual,
				'SET autocommit = 1'                => $this->is_manual,
				'UNLOCK TABLES'                     => $this->is_locked,
			)
		);
		array_map( array( self::class, 'execute' ), array_keys( $statements ) );

		return match ( true ) {
			array() === $statements => null,
			$this->is_locked => 'It locked tables of the database and did not unlock them.',
			default => 'It began a transaction of the database and did not end it.',
		};
	}

	private function note( string $sql ): void {
		if ( 1 === preg_match( '/^(START\s+TRANSACTION|BEGIN)\b/i', $sql ) ) {
			$this->is_open   = true;
			$this->is_locked = false;
		} elseif ( 1 === preg_match( '/^(COMMIT|ROLLBACK)\b(?!\s+(WORK\s+)?TO\b)/i', $sql ) ) {
			$this->is_open = 1 === preg_match( '/\bAND\s+CHAIN\b/i', $sql );
		} elseif ( 1 === preg_match( '/^SET\s+(?:(?:@@)?(?:SESSION|LOCAL)[\s.]+|@@)?autocommit\s*:?=\s*\'?(\w+)/i', $sql, $found ) ) {
			$this->is_manual = in_array( strtolower( $found[1] ), array( '0', 'off', 'false' ), true );
			$this->is_open   = $this->is_open && $this->is_manual;
		} elseif ( 1 === preg_match( '/^(UN)?LOCK\s+TABLES?\b/i', $sql, $found ) ) {
			$this->is_locked = ! isset( $found[1] );
		}
	}

	/** Not by wpdb, which ends the request with a page of its own when the database is away: then there is nothing left to end. */
	private static function execute( string $sql ): void {
		global $wpdb;
		// Whoever counts statements hears of this one.
		/** This filter is documented in wp-includes/class-wpdb.php */
		$sql = (string) apply_filters( 'query', $sql ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own.
		try {
			// phpcs:ignore WordPress.DB.PreparedSQL, WordPress.PHP.NoSilencedErrors -- one of the above; a lost connection is a warning.
			$wpdb->dbh instanceof \mysqli ? @$wpdb->dbh->query( $sql ) : $wpdb->query( $sql );
		} catch ( \mysqli_sql_exception ) {
			return;
		}
	}
}
