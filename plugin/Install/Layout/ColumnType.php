<?php
/**
 * A column's type.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Layout;

/**
 * As far as one must know to say whether it holds what another does.
 */
final class ColumnType {

	private const FAMILIES = array(
		'int'      => array( 'tinyint' => 1, 'smallint' => 2, 'mediumint' => 3, 'int' => 4, 'integer' => 4, 'bigint' => 8 ),
		'decimal'  => array( 'decimal' => 0, 'numeric' => 0 ),
		'float'    => array( 'float' => 0, 'double' => 0, 'real' => 0 ),
		'text'     => array(
			'char' => 0,
			'varchar' => 0,
			'enum' => 0,
			'set' => 0,
			'tinytext' => 255,
			'text' => 65535,
			'mediumtext' => 16777215,
			'longtext' => 4294967295,
		),
		'datetime' => array( 'datetime' => 0 ),
		'time'     => array( 'timestamp' => 0 ),
		'date'     => array( 'date' => 0 ),
	);

	/**
	 * @param string $name   Such as varchar.
	 * @param string $family Key of FAMILIES, or `other`.
	 * @param int    $size   Bytes of an integer, characters of a text, digits before a decimal's point.
	 * @param int    $scale  Digits behind the point.
	 */
	private function __construct(
		public readonly string $name,
		public readonly string $family,
		public readonly int $size,
		public readonly int $scale
	) {
	}

	/** @param string $type Begins with the type's name. */
	public static function parse( string $type ): self {
		preg_match( '/^(\w+)(?:\((\d+)(?:,\s*(\d+))?\))?/', strtolower( trim( $type ) ), $found );
		$name   = $found[1] ?? '';
		$number = (int) ( $found[2] ?? 0 );
		$scale  = (int) ( $found[3] ?? 0 );
		foreach ( self::FAMILIES as $family => $names ) {
			if ( isset( $names[ $name ] ) ) {
				$size = 'decimal' === $family ? $number - $scale : ( $names[ $name ] > 0 ? $names[ $name ] : $number );

				return new self( $name, $family, $size, $scale );
			}
		}

		return new self( $name, 'other', $number, $scale );
	}

	/** Whether whatever the other one holds fits in here, as the same thing. */
	public function holds( self $other ): bool {
		if ( $this->family !== $other->family || in_array( $this->name, array( 'enum', 'set' ), true ) ) {
			return false;
		}

		return $this->size >= $other->size && $this->scale >= $other->scale;
	}

	/** Whether it can be part of a key; the long texts cannot. */
	public function fits_in_a_key(): bool {
		return ! str_ends_with( $this->name, 'text' );
	}
}
