<?php
/**
 * What a table looks like.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Layout;

use SellMyImages\Database\Connection;

/**
 * As the database says.
 */
final class Found {

	/**
	 * @param string                                                   $table   Short name.
	 * @param array<string,array<string,string|null>>                  $columns Name => Type, Null, Default, Extra, Collation.
	 * @param array<string,array{is_unique:bool,columns:list<string>}> $keys    Name => columns.
	 * @param array<string,string|null>                                $status Engine, Collation, Row_format, Rows (a guess); empty on
	 *   SQLite.
	 */
	private function __construct(
		public readonly string $table,
		public readonly array $columns,
		public readonly array $keys,
		private readonly array $status
	) {
	}

	public static function read( Connection $db, string $table ): self {
		$is_mysql = ! $db->is_sqlite();
		$columns  = array();
		foreach ( $db->rows( ( $is_mysql ? 'SHOW FULL COLUMNS' : 'SHOW COLUMNS' ) . " FROM {{$table}}" ) as $row ) {
			$columns[ (string) $row['Field'] ] = $row;
		}
		$status = $is_mysql ? $db->row( 'SHOW TABLE STATUS LIKE %s', $db->like( $db->table( $table ) ) ) : null;

		return new self( $table, $columns, self::keys( $db->rows( "SHOW INDEX FROM {{$table}}" ) ), $status ?? array() );
	}

	/** Null where there is only one, as on SQLite. */
	public function engine(): ?string {
		return $this->status['Engine'] ?? null;
	}

	public function collation(): ?string {
		return $this->status['Collation'] ?? null;
	}

	/** Whether its rows are in the format of MySQL 5.6, whose keys hold 767 bytes. */
	public function has_short_keys(): bool {
		return in_array( $this->status['Row_format'] ?? '', array( 'Compact', 'Redundant' ), true );
	}

	/** About how many rows; exact for few. */
	public function rows(): int {
		return (int) ( $this->status['Rows'] ?? 0 );
	}

	/**
	 * @param list<array<string,string|null>> $rows Of SHOW INDEX.
	 * @return array<string,array{is_unique:bool,columns:list<string>}>
	 */
	private static function keys( array $rows ): array {
		$keys = array();
		foreach ( $rows as $row ) {
			$name                       = (string) $row['Key_name'];
			$keys[ $name ]['is_unique'] = '0' === (string) $row['Non_unique'];
			$keys[ $name ]['columns'][] = (string) ( $row['Column_name'] ?? '' );
		}

		return $keys;
	}
}
