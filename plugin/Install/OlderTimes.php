<?php
/**
 * Times of an older table, in UTC.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * A zone is one that PHP knows by name or offset, or one of the database's alone: the server's own, SYSTEM, may have no name, so that
 * only the database can read back what it dated.
 *
 * Where the clock is put back an hour comes twice. The first is taken, unless something later shows that it was the second.
 */
final class OlderTimes {

	public const UTC = 'UTC';

	private const SQL = 'Y-m-d H:i:s';

	/** Before this there was no such shop: RightRows dates so what has no date at all. */
	private const FIRST = '1970-01-03 00:00:00';

	/** @var array<string,\DateTimeZone|null> By name: they are asked for with every time. */
	private static array $zones = array();

	/** Offsets that people live in, in seconds. */
	private const MOST = 14 * 3600;

	/** Seconds since 1970. A zone that nobody knows is taken for UTC; of an hour that comes twice PHP takes either. */
	public static function unix( string $time, string $zone ): int {
		return ( new \DateTimeImmutable( $time, self::zone( $zone ) ?? new \DateTimeZone( self::UTC ) ) )->getTimestamp();
	}

	/**
	 * @param string $name A name such as Europe/Berlin, an offset, or one as WordPress offers it: UTC+5.5.
	 * @return \DateTimeZone|null Null where there is no such zone; abbreviations, such as CEST, are none: they leave out half of the year.
	 */
	public static function zone( string $name ): ?\DateTimeZone {
		return array_key_exists( $name, self::$zones ) ? self::$zones[ $name ] : self::$zones[ $name ] = self::look_up( trim( $name ) );
	}

	private static function look_up( string $name ): ?\DateTimeZone {
		if ( 1 === preg_match( '/^(?:UTC)?([+-])(\d{1,2})(?::?([0-5]\d)|(\.25|\.5|\.75))?$/i', $name, $found ) ) {
			$seconds = (int) $found[2] * 3600 + (int) ( $found[3] ?? 0 ) * 60 + (int) ( 3600 * (float) ( '0' . ( $found[4] ?? '' ) ) );

			return $seconds > self::MOST ? null : new \DateTimeZone( $found[1] . gmdate( 'H:i', $seconds ) );
		}
		foreach ( \DateTimeZone::listIdentifiers( \DateTimeZone::ALL_WITH_BC ) as $known ) {
			if ( 0 === strcasecmp( $known, $name ) ) {
				return new \DateTimeZone( $known );
			}
		}

		return null;
	}

	/** Whether it is UTC all year. */
	public static function is_utc( string $zone ): bool {
		$known = self::zone( $zone );

		$first = null === $known ? null : $known->getOffset( new \DateTimeImmutable( '@0' ) );

		return null !== $known && 0 === $first && array() === self::changes( $known, 0, time() );
	}

	/**
	 * SQL of a column's times in UTC; right also where the clock was changed.
	 *
	 * @param string $column  The column, or an expression.
	 * @param string $zone    In which they are.
	 * @param int    $from    The earliest, in seconds, taken as UTC.
	 * @param int    $to      The latest.
	 * @param string $is_second SQL that is true where an hour that came twice is the second; `%s` stands for the time if it is the first.
	 */
	public static function sql( string $column, string $zone, int $from, int $to, string $is_second = '1 = 0' ): string {
		if ( self::is_utc( $zone ) ) {
			return $column;
		}
		$known = self::zone( $zone );
		$utc   = null === $known
			? "COALESCE( CONVERT_TZ($column, '$zone', '+00:00'), $column )"
			: self::shifted( $column, $known, $from, $to, $is_second );

		return "CASE WHEN $column < '" . self::FIRST . "' THEN $column ELSE $utc END";
	}

	/** SQL of the seconds since 1970 of a column that the database dated; null where nobody knows. */
	public static function unix_sql( string $column, string $zone ): string {
		$utc = self::is_utc( $zone ) ? $column : "CONVERT_TZ($column, '$zone', '+00:00')";

		return "TIMESTAMPDIFF( SECOND, '1970-01-01 00:00:00', $utc )";
	}

	/**
	 * Hours that came twice.
	 *
	 * @return list<array{string,string}> From and to, by the clock on the wall.
	 */
	public static function twice( string $zone, int $from, int $to ): array {
		$known = self::zone( $zone );
		$twice = array();
		foreach ( null === $known ? array() : self::changes( $known, $from, $to ) as list( $at, $before, $after ) ) {
			if ( $after < $before ) {
				$twice[] = array( gmdate( self::SQL, $at + $after ), gmdate( self::SQL, $at + $before ) );
			}
		}

		return $twice;
	}

	private static function shifted( string $column, \DateTimeZone $zone, int $from, int $to, string $is_second ): string {
		$changes = self::changes( $zone, $from, $to );
		$last    = $zone->getOffset( new \DateTimeImmutable( '@' . ( $to + 2 * DAY_IN_SECONDS ) ) );
		$whens   = '';
		foreach ( $changes as list( $at, $before, $after ) ) {
			if ( $after < $before ) {
				$second = sprintf( $is_second, self::minus( $column, (string) $before ) );
				$begins = gmdate( self::SQL, $at + $after );
				$ends   = gmdate( self::SQL, $at + $before );
				$whens .= " WHEN $column >= '$begins' AND $column < '$ends' AND ( $second ) THEN $after";
			}
		}
		foreach ( $changes as list( $at, $before, $after ) ) {
			// An hour that was left out is taken as PHP does: it would have been of before.
			$whens .= " WHEN $column < '" . gmdate( self::SQL, $at + max( $before, $after ) ) . "' THEN $before";
		}

		return self::minus( $column, '' === $whens ? (string) $last : "CASE$whens ELSE $last END" );
	}

	private static function minus( string $column, string $seconds ): string {
		return "DATE_SUB( $column, INTERVAL ( $seconds ) SECOND )";
	}

	/** @return list<array{int,int,int}> When the clock was changed, and how many seconds it was ahead of UTC before and after. */
	private static function changes( \DateTimeZone $zone, int $from, int $to ): array {
		$changes = array();
		$found   = $zone->getTransitions( $from - 2 * DAY_IN_SECONDS, $to + 2 * DAY_IN_SECONDS );
		foreach ( false === $found ? array() : $found as $number => $change ) {
			if ( $number > 0 && $change['offset'] !== $found[ $number - 1 ]['offset'] ) {
				$changes[] = array( (int) $change['ts'], (int) $found[ $number - 1 ]['offset'], (int) $change['offset'] );
			}
		}

		return $changes;
	}
}
