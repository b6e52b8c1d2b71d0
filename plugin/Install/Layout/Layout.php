<?php
/**
 * All tables, as they are and as they should be.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Layout;

use SellMyImages\Database\Connection;
use SellMyImages\Install\Schema;

/**
 * Reads; changes nothing.
 */
final class Layout {

	public function __construct( private readonly Connection $db, private readonly Schema $schema ) {
	}

	/** @return list<string> Short names of tables that are not there. */
	public function missing(): array {
		return array_values( array_diff( array_keys( $this->schema->definitions() ), $this->there() ) );
	}

	/** @return array<string,Comparison> Of the tables that are there. */
	public function compare(): array {
		$all = array();
		foreach ( $this->there() as $table ) {
			$all[ $table ] = $this->compare_one( $table );
		}

		return $all;
	}

	public function compare_one( string $table ): Comparison {
		$body = $this->schema->definitions()[ $table ];

		return new Comparison(
			Definition::parse( $body ),
			Found::read( $this->db, $table ),
			$this->db->is_sqlite() ? null : $this->schema->collation()
		);
	}

	/** Whether the server can roll anything back. */
	public function has_innodb(): bool {
		if ( $this->db->is_sqlite() ) {
			return true;
		}
		$support = array_column( $this->db->rows( 'SHOW ENGINES' ), 'Support', 'Engine' );

		return in_array( $support['InnoDB'] ?? 'NO', array( 'YES', 'DEFAULT' ), true );
	}

	/** @return list<string> Short names, in the order of Schema. */
	private function there(): array {
		$prefix = $this->db->table( '' );
		$names  = array_map(
			static fn( string $name ): string => substr( $name, strlen( $prefix ) ),
			$this->db->column( 'SHOW TABLES LIKE %s', $this->db->like( $prefix ) . '%' )
		);

		return array_values( array_intersect( array_keys( $this->schema->definitions() ), $names ) );
	}
}
