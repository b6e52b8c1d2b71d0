<?php
/**
 * Times, always UTC.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * Between the database's 'Y-m-d H:i:s' and the ISO 8601 of the REST API.
 */
final class Times {

	private const SQL = 'Y-m-d H:i:s';

	/** UTC now, as the database writes it. */
	public static function now(): string {
		return gmdate( self::SQL );
	}

	/** A database time as ISO 8601 with Z; null stays null, and so does MySQL's zero date. */
	public static function iso( ?string $sql ): ?string {
		if ( null === $sql || '' === $sql || str_starts_with( $sql, '0000' ) ) {
			return null;
		}

		return str_replace( ' ', 'T', substr( $sql, 0, 19 ) ) . 'Z';
	}

	/**
	 * @param string $text ISO 8601, with a zone or as UTC.
	 * @return string|null As the database writes it, in UTC; null when it is no time.
	 */
	public static function from_iso( string $text ): ?string {
		if ( 1 !== preg_match( '/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/iD', $text ) ) {
			return null;
		}
		try {
			$time = new \DateTimeImmutable( $text, new \DateTimeZone( 'UTC' ) );
		} catch ( \Exception ) {
			return null;
		}

		return self::is_real( $text ) ? $time->setTimezone( new \DateTimeZone( 'UTC' ) )->format( self::SQL ) : null;
	}

	public static function add( string $sql, int $seconds ): string {
		return gmdate( self::SQL, self::unix( $sql ) + $seconds );
	}

	/** Seconds since 1970 of a database time. */
	public static function unix( string $sql ): int {
		return (int) strtotime( $sql . ' UTC' );
	}

	/** Seconds from one time to another; null unless both are there and in this order. */
	public static function between( ?string $from, ?string $to ): ?int {
		if ( null === self::iso( $from ) || null === self::iso( $to ) ) {
			return null;
		}

		return max( 0, self::unix( (string) $to ) - self::unix( (string) $from ) );
	}

	/** PHP would take 31 June for 1 July. */
	private static function is_real( string $text ): bool {
		return checkdate( (int) substr( $text, 5, 2 ), (int) substr( $text, 8, 2 ), (int) substr( $text, 0, 4 ) );
	}
}
