<?php
/**
 * What lies between a table and what it should be.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Layout;

/**
 * Columns and keys that somebody added are left alone, and so is a type that holds more than is asked for.
 */
final class Comparison {

	/** Keys of the older layout's jobs that longer ones replace. */
	private const REPLACED = array( 'status', 'payment_status', 'created_at', 'email', 'post_id', 'attachment_id', 'post_attachment' );

	/**
	 * @param Definition  $wanted    As it should be.
	 * @param Found       $found     As it is.
	 * @param string|null $collation Of all texts; null where there is no choice.
	 */
	public function __construct( public readonly Definition $wanted, public readonly Found $found, public readonly ?string $collation ) {
	}

	public function is_same(): bool {
		return ! $this->is_table_wrong() && array() === $this->keys( false ) && array() === $this->obsolete_keys();
	}

	/** Whether anything differs but plain keys. */
	public function is_table_wrong(): bool {
		return $this->lacks_essentials()
			|| array() !== $this->changed_columns()
			|| array() !== $this->defaults()
			|| $this->has_other_storage();
	}

	/** Whether the plugin cannot work with the table as it is. */
	public function lacks_essentials(): bool {
		return array() !== $this->missing_columns() || array() !== $this->keys( true );
	}

	/** Whether every row has to be written anew. */
	public function is_slow(): bool {
		$retyped = array_filter(
			array_keys( $this->changed_columns() ),
			fn( string $name ): bool => $this->is_retyped( $name, $this->wanted->columns[ $name ] )
		);

		return $this->has_other_storage() || array() !== $retyped || array() !== $this->keys( true );
	}

	/** @return array<string,string> Name => definition. */
	public function missing_columns(): array {
		return array_diff_key( $this->wanted->columns, $this->found->columns );
	}

	/** @return array<string,string> Columns that cannot hold what they should => definition. */
	public function changed_columns(): array {
		if ( null === $this->collation ) {
			return array();
		}
		$changed = array();
		foreach ( array_intersect_key( $this->wanted->columns, $this->found->columns ) as $name => $wanted ) {
			if ( $this->is_changed( $name, $wanted ) ) {
				$changed[ $name ] = $this->may_be_null( $name, $wanted ) ? str_replace( ' NOT NULL', '', $wanted ) : $wanted;
			}
		}

		return $changed;
	}

	/** @return array<string,string> Columns that have another default than they need => the default. */
	public function defaults(): array {
		if ( null === $this->collation ) {
			return array();
		}
		$defaults = array();
		foreach (
			array_diff_key(
				array_intersect_key( $this->wanted->columns, $this->found->columns ),
				$this->changed_columns()
			) as $name => $wanted
		) {
			$row = $this->found->columns[ $name ];
			if ( str_contains( (string) $row['Default'], TableChanges::DONE_BEFORE ) ) {
				$defaults[ $name ] = 'NULL';
			}
			if ( 'older_times' === $name && '0' !== trim( (string) $row['Default'], "'" ) ) {
				$defaults[ $name ] = '0';
			}
			if (
				null === $row['Default']
				&& 'NO' === $row['Null']
				&& 1 === preg_match( "/ NOT NULL DEFAULT ('[^']*'|\d+)$/", $wanted, $found )
			) {
				$defaults[ $name ] = $found[1];
			}
		}

		return $defaults;
	}

	/**
	 * @param bool $is_unique The unique ones, or the others.
	 * @return list<string> Names of keys that are missing or on other columns.
	 */
	public function keys( bool $is_unique ): array {
		$missing = array();
		foreach ( $this->wanted->keys as $name => $key ) {
			$there = $this->found->keys[ $name ] ?? null;
			// SQLite has names of its own for unique keys, and CREATE TABLE made them.
			$is_right = null === $this->collation ? null !== $there || $is_unique : $there === $key;
			if ( $key['is_unique'] === $is_unique && ! $is_right ) {
				$missing[] = $name;
			}
		}

		return $missing;
	}

	/** @return list<string> Names of keys that only cost time. */
	public function obsolete_keys(): array {
		return 'jobs' === $this->found->table
			? array_values( array_intersect( self::REPLACED, array_keys( $this->found->keys ) ) )
			: array();
	}

	public function has_other_storage(): bool {
		return $this->has_other_engine() || $this->has_other_charset() || $this->found->has_short_keys();
	}

	public function has_other_engine(): bool {
		return null !== $this->found->engine() && 'InnoDB' !== $this->found->engine();
	}

	public function has_other_charset(): bool {
		if ( null === $this->collation ) {
			return false;
		}
		$texts = array_filter( array_column( array_intersect_key( $this->found->columns, $this->wanted->columns ), 'Collation' ) );

		return $this->found->collation() !== $this->collation || array() !== array_diff( $texts, array( $this->collation ) );
	}

	/** @return list<string> Columns that are not ours. */
	public function foreign_columns(): array {
		return array_map( 'strval', array_keys( array_diff_key( $this->found->columns, $this->wanted->columns ) ) );
	}

	private function is_changed( string $name, string $wanted ): bool {
		// ON UPDATE would write the server's zone, and with every step of an upgrade.
		return str_contains( strtolower( (string) $this->found->columns[ $name ]['Extra'] ), 'on update' )
			|| $this->is_retyped( $name, $wanted );
	}

	private function is_retyped( string $name, string $wanted ): bool {
		$row  = $this->found->columns[ $name ];
		$have = ColumnType::parse( (string) $row['Type'] );

		return ! $have->holds( ColumnType::parse( $wanted ) )
			|| ( ! $have->fits_in_a_key() && $this->is_in_a_key( $name ) )
			|| ( 'NO' === $row['Null'] && ! str_contains( $wanted, 'NOT NULL' ) )
			|| ( str_contains( $wanted, 'AUTO_INCREMENT' ) && ! str_contains( strtolower( (string) $row['Extra'] ), 'auto_increment' ) );
	}

	private function is_in_a_key( string $column ): bool {
		return in_array( $column, array_merge( ...array_column( array_values( $this->wanted->keys ), 'columns' ) ), true );
	}

	/** Rows that have nothing there keep that. */
	private function may_be_null( string $name, string $wanted ): bool {
		return 'YES' === $this->found->columns[ $name ]['Null'] && ! str_contains( $wanted, 'AUTO_INCREMENT' );
	}
}
