<?php
/**
 * The columns that an older smi_jobs lacks.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;

/**
 * Adds all in one statement, which the server does without touching a row.
 */
final class OldColumns {

	/**
	 * What payment_action_done_at holds in every older row from the moment the column is there: no sale of the past may be announced again.
	 * Backfill puts the true time in its place.
	 */
	public const DONE_BEFORE = '1970-01-02 00:00:00';

	public function __construct( private readonly Connection $db, private readonly Schema $schema ) {
	}

	public function are_missing(): bool {
		return array() !== $this->missing();
	}

	public function add(): void {
		// Those of later versions too: the steps that follow read them, and one ALTER is cheaper than two.
		$missing = $this->missing( Schema::COLUMNS_OF_4['jobs'] );
		$is_done = isset( $missing['payment_action_done_at'] );
		if ( $is_done && ! $this->db->is_sqlite() ) {
			// A default that is taken back at once: set in every row that is there, in no time, and in no row to come.
			$missing['payment_action_done_at'] = "datetime DEFAULT '" . self::DONE_BEFORE . "'";
		}
		$this->alter( array_map( static fn( string $column, string $type ): string => "ADD COLUMN $column $type", array_keys( $missing ), $missing ) );
		if ( $is_done && $this->db->is_sqlite() ) {
			$this->db->execute( 'UPDATE {jobs} SET payment_action_done_at = %s', self::DONE_BEFORE );
		}
		$this->alter( $this->changes() );
	}

	/**
	 * @param array<string,string> $more Columns that came later: a table that lacks these alone is no older one.
	 * @return array<string,string> Column => definition.
	 */
	private function missing( array $more = array() ): array {
		return array_diff_key( Schema::FIRST_COLUMNS + Schema::ADDED_COLUMNS + $more, array_flip( $this->schema->columns( 'jobs' ) ) );
	}

	/**
	 * "ON UPDATE CURRENT_TIMESTAMP" would write the server's zone, and with every step of an upgrade; an ENUM would refuse new states.
	 *
	 * @return list<string>
	 */
	private function changes(): array {
		$changes = array();
		foreach ( $this->db->rows( 'SHOW COLUMNS FROM {jobs}' ) as $column ) {
			if ( 'payment_action_done_at' === $column['Field'] && str_contains( (string) $column['Default'], '1970' ) ) {
				$changes[] = 'ALTER COLUMN payment_action_done_at SET DEFAULT NULL';
			}
			if ( 'updated_at' === $column['Field'] && str_contains( strtolower( (string) $column['Extra'] ), 'on update' ) ) {
				$changes[] = 'MODIFY updated_at datetime ' . ( 'YES' === $column['Null'] ? 'NULL' : 'NOT NULL' ) . ' DEFAULT CURRENT_TIMESTAMP';
			}
			if ( in_array( $column['Field'], array( 'status', 'payment_status' ), true ) && str_starts_with( (string) $column['Type'], 'enum' ) ) {
				$changes[] = "MODIFY {$column['Field']} " . Schema::FIRST_COLUMNS[ (string) $column['Field'] ];
			}
			if ( 'download_token' === $column['Field'] && preg_match( '/char\((\d+)\)/', (string) $column['Type'], $found ) && (int) $found[1] < 64 ) {
				$changes[] = 'MODIFY download_token varchar(64) DEFAULT NULL';
			}
		}

		return $changes;
	}

	/** @param list<string> $parts Clauses of one ALTER TABLE. */
	private function alter( array $parts ): void {
		if ( array() === $parts ) {
			return;
		}
		if ( $this->db->is_sqlite() ) {
			foreach ( $parts as $part ) {
				$this->db->execute( "ALTER TABLE {jobs} $part" );
			}
			return;
		}
		try {
			$this->db->execute( 'ALTER TABLE {jobs} ' . implode( ', ', $parts ) . ', ALGORITHM=INSTANT' );
		} catch ( DatabaseError ) {
			// Older servers, or a change that needs the table written anew.
			$this->db->execute( 'ALTER TABLE {jobs} ' . implode( ', ', $parts ) );
		}
	}
}
