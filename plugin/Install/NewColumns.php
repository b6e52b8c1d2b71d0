<?php
/**
 * The columns that came with version 4.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;

/**
 * Adds those that are missing, table by table; none of them needs a row written.
 */
final class NewColumns {

	public function __construct( private readonly Connection $db, private readonly Schema $schema ) {
	}

	public function add(): void {
		foreach ( Schema::COLUMNS_OF_4 as $table => $columns ) {
			$missing = array_diff_key( $columns, array_flip( $this->schema->columns( $table ) ) );
			foreach ( $missing as $column => $type ) {
				$this->db->execute( "ALTER TABLE {{$table}} ADD COLUMN $column $type" );
			}
		}
		$this->widen_dispute_status();
	}

	/** Stripe's longest state, `warning_needs_response`, has 22 characters; the column had 20. */
	private function widen_dispute_status(): void {
		foreach ( $this->db->rows( 'SHOW COLUMNS FROM {jobs}' ) as $column ) {
			if ( 'dispute_status' === $column['Field'] && 'varchar(20)' === $column['Type'] ) {
				$this->db->execute( 'ALTER TABLE {jobs} MODIFY dispute_status ' . Schema::ADDED_COLUMNS['dispute_status'] );
			}
		}
	}
}
