<?php
/**
 * Times of an older table, in UTC.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * A zone is `UTC`, the site's, the database's, or one that the owner named. What the database dated by itself only the database can read back:
 * its zone may be the server's, which has no name that PHP knows.
 */
final class OlderTimes {

	public const UTC      = 'UTC';
	public const SITE     = 'site';
	public const DATABASE = 'database';

	/** The zones that an older version may have written in. */
	public const ZONES = array( self::UTC, self::SITE, self::DATABASE );

	private const SQL = 'Y-m-d H:i:s';

	/**
	 * @param string|null $time 'Y-m-d H:i:s'; MySQL's zero date is no time.
	 * @param string      $zone Not the database's.
	 * @return string|null The same in UTC; null stays null.
	 */
	public static function to_utc( ?string $time, string $zone ): ?string {
		return null === $time || '' === $time || str_starts_with( $time, '0000' ) ? null : gmdate( self::SQL, self::unix( $time, $zone ) );
	}

	/** An expression for a column that is in the database's zone; right also where the clock was changed. */
	public static function sql( string $column ): string {
		return "DATE_ADD('1970-01-01 00:00:00', INTERVAL NULLIF(UNIX_TIMESTAMP($column), 0) SECOND)";
	}

	/** Seconds since 1970. */
	public static function unix( string $time, string $zone ): int {
		$known = self::SITE === $zone ? wp_timezone() : self::zone( $zone );

		return ( new \DateTimeImmutable( $time, $known ?? new \DateTimeZone( self::UTC ) ) )->getTimestamp();
	}

	/** @param string $name A name such as Europe/Berlin, or an offset. */
	public static function zone( string $name ): ?\DateTimeZone {
		try {
			return '' === $name ? null : new \DateTimeZone( $name );
		} catch ( \Throwable ) {
			return null;
		}
	}
}
