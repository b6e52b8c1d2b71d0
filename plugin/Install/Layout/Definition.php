<?php
/**
 * What a table should look like.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Layout;

/**
 * Read from the body of its CREATE TABLE, so that both can only say the same.
 */
final class Definition {

	/**
	 * @param array<string,string>                                     $columns Name => type and default.
	 * @param array<string,array{is_unique:bool,columns:list<string>}> $keys    Name => columns; the primary one is PRIMARY.
	 */
	private function __construct( public readonly array $columns, public readonly array $keys ) {
	}

	/** @param string $body What stands between the brackets of CREATE TABLE. */
	public static function parse( string $body ): self {
		$columns = array();
		$keys    = array();
		foreach ( self::lines( $body ) as $line ) {
			if ( 1 === preg_match( '/^(PRIMARY|UNIQUE|)\s*KEY\s*(\w*)\s*\(([^)]+)\)$/', $line, $found ) ) {
				$name          = 'PRIMARY' === $found[1] ? 'PRIMARY' : $found[2];
				$keys[ $name ] = array(
					'is_unique' => '' !== $found[1],
					'columns'   => array_map( 'trim', explode( ',', $found[3] ) ),
				);
				continue;
			}
			[ $name, $type ]  = explode( ' ', $line, 2 );
			$columns[ $name ] = trim( $type );
		}

		return new self( $columns, $keys );
	}

	/** As a clause of ALTER TABLE ADD. */
	public function key_clause( string $name ): string {
		$columns = '(' . implode( ',', $this->keys[ $name ]['columns'] ) . ')';

		return match ( true ) {
			'PRIMARY' === $name => "PRIMARY KEY $columns",
			$this->keys[ $name ]['is_unique'] => "UNIQUE KEY $name $columns",
			default => "KEY $name $columns",
		};
	}

	/** @return list<string> Parted at commas outside of brackets. */
	private static function lines( string $body ): array {
		$parts = preg_split( '/,(?![^(]*\))/', $body );

		return array_values(
			array_filter(
				array_map(
					static fn( string $part ): string => trim( (string) preg_replace( '/\s+/', ' ', $part ) ),
					false === $parts ? array() : $parts
				)
			)
		);
	}
}
