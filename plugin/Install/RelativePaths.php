<?php
/**
 * Gives rows of earlier versions the place of their files in place of whole paths.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Files\UploadsPath;

/**
 * By ranges of the primary key. No file is touched, and a path that today's uploads folder does not explain is left as it is: readers
 * understand it.
 */
final class RelativePaths implements UpgradeStep {

	private const RANGE = 1000;

	/**
	 * @param string       $table   Short name.
	 * @param list<string> $columns Those that hold paths.
	 */
	public function __construct( private readonly Connection $db, private readonly string $table, private readonly array $columns ) {
	}

	public function run( int $at ): ?int {
		if ( 0 === $at ) {
			UploadsPath::remember();
		}
		$to = $this->db->value(
			"SELECT MAX(id) AS m FROM ( SELECT id FROM {{$this->table}} WHERE id > %d ORDER BY id LIMIT %d ) AS r",
			$at,
			self::RANGE
		);
		if ( null === $to ) {
			return null;
		}
		foreach ( $this->columns as $column ) {
			$this->take_base_off( $column, $at, (int) $to );
			$this->look_at_others( $column, $at, (int) $to );
		}

		return (int) $to;
	}

	/** Nearly always all that is needed: one statement for a whole range. */
	private function take_base_off( string $column, int $from, int $to ): void {
		$base = trailingslashit( UploadsPath::base() );
		$this->db->execute(
			"UPDATE {{$this->table}} SET $column = SUBSTR($column, %d) WHERE id > %d AND id <= %d AND SUBSTR($column, 1, %d) = %s",
			mb_strlen( $base ) + 1,
			$from,
			$to,
			mb_strlen( $base ),
			$base
		);
	}

	/** Paths of the host that the site came from, or written with other slashes: only where the file is seen at the place. */
	private function look_at_others( string $column, int $from, int $to ): void {
		$rows = $this->db->rows(
			"SELECT id, $column AS path FROM {{$this->table}} WHERE id > %d AND id <= %d
				AND ( $column LIKE '/%%' OR $column LIKE '%%:%%' OR SUBSTR($column, 1, 1) = %s )",
			$from,
			$to,
			'\\'
		);
		foreach ( $rows as $row ) {
			$file  = (string) UploadsPath::resolve( $row['path'] );
			$place = (string) UploadsPath::to_store( $file );
			if ( is_file( $file ) && ! UploadsPath::is_absolute( $place ) ) {
				// Not if somebody has just put another file there.
				$this->db->execute(
					"UPDATE {{$this->table}} SET $column = %s WHERE id = %d AND $column = %s",
					$place,
					(int) $row['id'],
					$row['path']
				);
			}
		}
	}
}
