<?php
/**
 * The upgrade's own options.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;

/**
 * As update_option(), but says when nothing was stored: whoever changes tables must know that what it noted before is there.
 */
final class Options {

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * Stores an option that every request loads.
	 *
	 * @param array<string,mixed>|string $value Its value.
	 * @throws \SellMyImages\Database\DatabaseError When the database refuses.
	 */
	public function put( string $name, array|string $value ): void {
		$this->db->execute(
			'INSERT INTO ' . $this->db->core_table( 'options' ) . ' (option_name, option_value, autoload) VALUES (%s, %s, %s)
			ON DUPLICATE KEY UPDATE option_value = VALUES(option_value), autoload = VALUES(autoload)',
			$name,
			maybe_serialize( $value ),
			'on'
		);
		$this->forget( $name );
	}

	public function delete( string $name ): void {
		$this->db->execute( 'DELETE FROM ' . $this->db->core_table( 'options' ) . ' WHERE option_name = %s', $name );
		$this->forget( $name );
	}

	/** Lets WordPress read it anew: another request may have changed it since this one began. */
	public function forget( string $name ): void {
		wp_cache_delete_multiple( array( $name, 'alloptions', 'notoptions' ), 'options' );
	}
}
