<?php
/**
 * Rows of an older table that say in which zones its times are.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Install\Layout\Found;

/**
 * Reads only.
 */
final class OlderSample {

	/** How many rows are looked at: of the latest sales, of the latest rows, and from all over the table. */
	private const LOOK_AT = 500;

	/** A step back by less than this is no hour that comes again, but two requests that overtook each other. */
	private const OVERTAKEN = 60;

	private const RAW = 'older_times & 1 = 1';

	public function __construct( private readonly Connection $db ) {
	}

	/** @return list<array<string,string|null>> As OlderEvidence reads them. */
	public function rows( Found $jobs, OlderTable $table ): array {
		$columns = array_values( array_intersect( OlderEvidence::COLUMNS, array_keys( $jobs->columns ) ) );
		$stamps  = OlderTable::is_older( $jobs ) ? array() : $table->stamps;
		$select  = array( 'id' );
		foreach ( $columns as $column ) {
			$as_it_was = OlderFinding::as_it_was( $column, $stamps, $table->database );
			$select[]  = "$as_it_was AS $column";
			$select[]  = OlderTimes::unix_sql( $as_it_was, $table->database ) . " AS {$column}_unix";
		}
		$sql  = 'SELECT ' . implode( ', ', $select ) . ' FROM {jobs} WHERE ' . OlderTable::untouched( $jobs );
		$last = (int) $this->db->value( 'SELECT MAX(id) AS m FROM {jobs}' );
		$paid = in_array( 'paid_at', $columns, true ) ? "paid_at > '1970-01-02'" : '1 = 0';
		$rows = array_merge(
			$this->db->rows( "$sql AND $paid ORDER BY id DESC LIMIT %d", self::LOOK_AT ),
			$this->db->rows( "$sql ORDER BY id DESC LIMIT %d", self::LOOK_AT ),
			$this->db->rows( "$sql AND id %% %d = 0 ORDER BY id LIMIT %d", max( 1, intdiv( $last, self::LOOK_AT ) ), self::LOOK_AT )
		);

		return array_values( array_column( $rows, null, 'id' ) );
	}

	/**
	 * Where an hour came twice, which order was the first of the second time: there the orders' times go back while their numbers go on.
	 *
	 * @return array<string,int> Beginning of the hour, by the clock on the wall => number of a row.
	 */
	public function second_hours( OlderFinding $found ): array {
		$zone    = (string) $found->created;
		$created = $found->raw( 'created_at' );
		if ( OlderTimes::is_utc( $zone ) || null === OlderTimes::zone( $zone ) ) {
			return array();
		}
		$seconds = array();
		foreach ( $this->hours_that_came_twice( $created, $zone ) as list( $from, $to ) ) {
			$id       = $this->first_of_second( $created, $from, $to );
			$seconds += null === $id ? array() : array( $from => $id );
		}

		return $seconds;
	}

	/** @return list<array{string,string}> As of OlderTimes::twice(), as long as there are orders. */
	private function hours_that_came_twice( string $created, string $zone ): array {
		$span = $this->db->row(
			"SELECT MIN($created) AS a, MAX($created) AS z FROM {jobs} WHERE " . self::RAW . " AND created_at > '1970-01-03'"
		);
		$unix = array_map( static fn( string $time ): int => OlderTimes::unix( $time, OlderTimes::UTC ), array_filter( $span ?? array() ) );

		return isset( $unix['a'], $unix['z'] ) ? OlderTimes::twice( $zone, $unix['a'], $unix['z'] ) : array();
	}

	private function first_of_second( string $created, string $from, string $to ): ?int {
		$latest = 0;
		$sql    = "SELECT id, $created AS at FROM {jobs} WHERE " . self::RAW . " AND $created >= %s AND $created < %s ORDER BY id";
		foreach ( $this->db->rows( $sql, $from, $to ) as $row ) {
			$at = OlderTimes::unix( (string) $row['at'], OlderTimes::UTC );
			if ( $at < $latest - self::OVERTAKEN ) {
				return (int) $row['id'];
			}
			$latest = max( $latest, $at );
		}

		return null;
	}
}
