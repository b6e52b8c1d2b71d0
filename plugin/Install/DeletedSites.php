<?php
/**
 * What sites of a network left behind that are gone.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;

/**
 * A site's tables go with it where the plugin is loaded while it is deleted. Where it is active on single sites alone, the network's
 * admin deletes one without it, and its tables stay.
 */
final class DeletedSites {

	public function __construct( private readonly Connection $db ) {
	}

	public function drop_tables(): void {
		foreach ( $this->tables() as $table ) {
			$this->db->execute( "DROP TABLE IF EXISTS `$table`" );
		}
	}

	/** @return list<string> Full names. */
	private function tables(): array {
		global $wpdb;
		$ours    = array_map(
			static fn( string $table ): string => preg_quote( substr( $table, strlen( $wpdb->prefix ) ), '/' ),
			( new Schema( $this->db ) )->tables()
		);
		$pattern = '/^' . preg_quote( $wpdb->base_prefix, '/' ) . '(\d+)_(?:' . implode( '|', $ours ) . ')$/D';
		$left    = array();
		foreach ( $this->db->column( 'SHOW TABLES LIKE %s', $this->db->like( $wpdb->base_prefix ) . '%' ) as $table ) {
			if ( 1 === preg_match( $pattern, $table, $found ) && $this->is_gone( (int) $found[1] ) ) {
				$left[] = $table;
			}
		}

		return $left;
	}

	/** Another WordPress in the same database may have a prefix that looks like a site's: then there are options with it. */
	private function is_gone( int $site ): bool {
		global $wpdb;

		return null === get_site( $site )
			&& null === $this->db->value( 'SHOW TABLES LIKE %s', $this->db->like( "{$wpdb->base_prefix}{$site}_options" ) );
	}
}
