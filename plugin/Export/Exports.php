<?php
/**
 * Understands what is to be exported.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

use SellMyImages\Database\Connection;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\Query\JobWalk;

/**
 * From the parameters of export-query.schema.json to a file that can be written.
 */
final class Exports {

	public function __construct( private readonly Connection $db, private readonly JobWalk $walk ) {
	}

	/**
	 * @param array<string,mixed> $params Of export-query.schema.json, validated.
	 * @throws InvalidFilter When a value means nothing.
	 */
	public function prepare( array $params ): Export {
		$zone    = self::zone( $params );
		$columns = Columns::named( array_values( (array) ( $params['columns'] ?? array() ) ) );
		$format  = 'ndjson' === ( $params['format'] ?? 'csv' )
			? new Ndjson( $columns, $zone )
			: new Csv( $columns, $zone, Separator::from( (string) ( $params['separator'] ?? 'comma' ) ) );
		$ids     = isset( $params['ids'] ) ? array_values( array_map( 'strval', (array) $params['ids'] ) ) : null;

		return new Export(
			$this->walk->find( JobFilters::from_params( $params ), $ids ),
			$columns,
			new Rows( $this->db, $columns ),
			$format,
			'desc' === ( $params['order'] ?? 'asc' )
		);
	}

	/**
	 * @param array<string,mixed> $params Parameters.
	 * @throws InvalidFilter When there is no such zone.
	 */
	public static function zone( array $params ): \DateTimeZone {
		// A plus sign in an address that nobody encoded arrives as a space.
		$name = (string) preg_replace( '/^ (?=\d)/', '+', (string) ( $params['timezone'] ?? '' ) );
		if ( '' === $name ) {
			return wp_timezone();
		}
		try {
			return new \DateTimeZone( $name );
		} catch ( \Throwable ) {
			throw new InvalidFilter(
				'timezone',
				__( 'There is no such time zone. Write a name such as Europe/Berlin, or an offset such as +02:00.', 'sell-my-images' )
			);
		}
	}
}
