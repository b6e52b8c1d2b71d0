<?php
/**
 * Whether rows survive a change of their table.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Layout;

use SellMyImages\Database\Connection;
use SellMyImages\Install\UpgradeBlocked;
use SellMyImages\Support\Redaction;

/**
 * Looks before anything is changed: the database itself would cut off what does not fit.
 */
final class ValueCheck {

	private const EXAMPLES = 3;

	private const TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?$';

	public function __construct( private readonly Connection $db ) {
	}

	/** @return list<UpgradeBlocked> What is in the way. */
	public function obstacles( Comparison $comparison ): array {
		$found = array();
		foreach ( $comparison->changed_columns() as $column => $wanted ) {
			$found[] = $this->values( $comparison->found, $column, $wanted );
		}
		$keys = $comparison->has_other_charset()
			? array_keys( array_filter( $comparison->wanted->keys, static fn( array $key ): bool => $key['is_unique'] ) )
			: $comparison->keys( true );
		foreach ( $keys as $key ) {
			$found[] = $this->duplicates( $comparison, $comparison->wanted->keys[ $key ]['columns'] );
		}

		return array_values( array_filter( $found ) );
	}

	/** Makes what is empty nothing, where a number or a time will stand: MySQL would make it 0. */
	public function clear_empty( Comparison $comparison ): void {
		$table = $comparison->found->table;
		$keeps = isset( $comparison->found->columns['updated_at'] ) ? ', updated_at = updated_at' : '';
		foreach ( $comparison->changed_columns() as $column => $wanted ) {
			$have = ColumnType::parse( (string) $comparison->found->columns[ $column ]['Type'] );
			if ( 'text' !== $have->family || 'text' === ColumnType::parse( $wanted )->family || str_contains( $wanted, 'NOT NULL' ) ) {
				continue;
			}
			if ( 'NO' === $comparison->found->columns[ $column ]['Null'] ) {
				$this->db->execute( "ALTER TABLE {{$table}} MODIFY $column {$comparison->found->columns[ $column ]['Type']} NULL" );
			}
			$this->db->execute(
				"UPDATE {{$table}} SET $column = NULL" . ( 'updated_at' === $column ? '' : $keeps ) . " WHERE TRIM($column) = ''"
			);
		}
	}

	private function values( Found $found, string $column, string $wanted ): ?UpgradeBlocked {
		$want  = ColumnType::parse( $wanted );
		$lossy = self::lossy( $column, ColumnType::parse( (string) $found->columns[ $column ]['Type'] ), $want );
		$rows  = null === $lossy
			? array()
			: $this->db->rows(
				"SELECT $column AS v, COUNT(*) AS n FROM {{$found->table}} WHERE $column IS NOT NULL AND ($lossy) GROUP BY $column
					ORDER BY n DESC LIMIT %d",
				self::EXAMPLES
			);
		if ( array() === $rows ) {
			return null;
		}

		return new UpgradeBlocked(
			UpgradeBlocked::VALUES,
			array(
				'table'    => $this->db->table( $found->table ),
				'columns'  => $column,
				'examples' => self::quoted( array_column( $rows, 'v' ) ),
				'wanted'   => $want->name,
			)
		);
	}

	/** SQL of what would not be the same afterwards; null when all is. %% is a percent sign. */
	private static function lossy( string $column, ColumnType $have, ColumnType $want ): ?string {
		$most = '1' . str_repeat( '0', min( 30, max( 1, $want->size ) ) );

		return match ( "$have->family>$want->family" ) {
			'text>decimal' => "TRIM($column) <> '' AND TRIM($column) NOT REGEXP '^-?[0-9]{1,$want->size}([.][0-9]{1,$want->scale}0*)?$'",
			'decimal>decimal', 'int>decimal', 'float>decimal' => "ABS($column) >= $most
				OR ABS($column - ROUND($column, $want->scale)) > 0.001",
			'text>int' => "TRIM($column) <> '' AND TRIM($column) NOT REGEXP '^-?[0-9]{1,18}$'",
			'decimal>int', 'float>int' => "$column <> FLOOR($column)",
			'text>datetime' => "TRIM($column) <> '' AND $column NOT LIKE '0000-00-00%%' AND (TRIM($column) NOT REGEXP '" . self::TIME
				. "' OR CAST($column AS DATETIME) IS NULL)",
			'int>datetime', 'decimal>datetime', 'float>datetime' => "$column <> 0",
			'text>text' => $have->fits_in_a_key() ? null : "CHAR_LENGTH($column) > $want->size",
			default => null,
		};
	}

	/** @param list<string> $columns Of a unique key. */
	private function duplicates( Comparison $comparison, array $columns ): ?UpgradeBlocked {
		if ( array() !== array_diff( $columns, array_keys( $comparison->found->columns ) ) ) {
			return null;
		}
		$terms = array_map( fn( string $column ): string => $this->compared( $comparison, $column ), $columns );
		$parts = implode( ', ', $terms );
		$there = implode( ' AND ', array_map( static fn( string $column ): string => "$column IS NOT NULL", $columns ) );
		$rows  = $this->db->rows(
			"SELECT MIN($columns[0]) AS v FROM {{$comparison->found->table}} WHERE $there GROUP BY $parts HAVING COUNT(*) > 1 LIMIT %d",
			self::EXAMPLES
		);
		if ( array() === $rows ) {
			return null;
		}

		return new UpgradeBlocked(
			UpgradeBlocked::DUPLICATES,
			array(
				'table'    => $this->db->table( $comparison->found->table ),
				'columns'  => implode( ', ', $columns ),
				'examples' => self::quoted( array_column( $rows, 'v' ) ),
			)
		);
	}

	/** As the key will compare it, which may be more than it does now: with another collation é is e. */
	private function compared( Comparison $comparison, string $column ): string {
		$is_text = null !== ( $comparison->found->columns[ $column ]['Collation'] ?? null );

		return $is_text && null !== $comparison->collation ? "CONVERT($column USING utf8mb4) COLLATE $comparison->collation" : $column;
	}

	/** @param array<mixed> $values As they stand in the rows. */
	private static function quoted( array $values ): string {
		return implode(
			', ',
			array_map( static fn( mixed $value ): string => '“' . Redaction::text( mb_substr( (string) $value, 0, 40 ) ) . '”', $values )
		);
	}
}
