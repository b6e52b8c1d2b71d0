<?php
/**
 * How the database behaves while tables are changed.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;

/**
 * Whatever another plugin made of this connection's settings, and back again afterwards.
 */
final class Session {

	/**
	 * No strict mode: an older row with a date of zeros would stop every ALTER; what could lose something is looked at beforehand
	 * (ValueCheck). An ALTER that has to wait for somebody's long query holds up all that come after it: it gives up soon, and comes again.
	 * UTC: a TIMESTAMP becomes a DATETIME by the zone of the connection.
	 */
	private const SETTINGS = array(
		'sql_mode'          => 'NO_ENGINE_SUBSTITUTION',
		'lock_wait_timeout' => 5,
		'time_zone'         => '+00:00',
	);

	/** The connection's own zone while another one is set. */
	private ?string $zone = null;

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * In which zone the database dates what it dates by itself, whatever is set at this moment: a name, an offset, or SYSTEM for the
	 * server's own, which may have no name.
	 */
	public function database_zone(): string {
		if ( $this->db->is_sqlite() ) {
			return OlderTimes::UTC;
		}
		$zones = $this->db->row( 'SELECT @@SESSION.time_zone AS zone, @@GLOBAL.system_time_zone AS server' ) ?? array();
		$zone  = $this->zone ?? (string) ( $zones['zone'] ?? '' );

		return 'SYSTEM' === $zone && 'UTC' === ( $zones['server'] ?? '' ) ? OlderTimes::UTC : $zone;
	}

	/**
	 * @template T
	 * @param callable(): T $work What to do meanwhile.
	 * @return T
	 */
	public function during( callable $work ): mixed {
		if ( $this->db->is_sqlite() ) {
			return $work();
		}
		$before = $this->db->row(
			'SELECT @@SESSION.sql_mode AS sql_mode, @@SESSION.lock_wait_timeout AS lock_wait_timeout, @@SESSION.time_zone AS time_zone'
		) ?? array();
		$this->zone = $before['time_zone'] ?? null;
		$this->set( self::SETTINGS );
		try {
			return $work();
		} finally {
			$this->zone = null;
			$this->restore( $before );
		}
	}

	/** @param array<string,string|null> $before As they were. */
	private function restore( array $before ): void {
		try {
			$this->set( array( 'lock_wait_timeout' => (int) ( $before['lock_wait_timeout'] ?? 0 ) ) + $before );
		} catch ( DatabaseError ) {
			return; // A connection that was lost had its settings for itself; wpdb made a new one.
		}
	}

	/** @param array<string,int|string|null> $settings Name => value. */
	private function set( array $settings ): void {
		foreach ( $settings as $name => $value ) {
			$this->db->execute( "SET SESSION $name = " . ( is_int( $value ) ? '%d' : '%s' ), $value );
		}
	}
}
