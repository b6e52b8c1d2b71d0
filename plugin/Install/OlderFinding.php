<?php
/**
 * In which zones the times of an older table are, and in which currency its amounts.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * What OlderFacts found, with the reasons in codes; null where it has to be asked.
 */
final class OlderFinding {

	/**
	 * @param string            $zone_why     Code of the reason.
	 * @param string|null       $created      Zone of created_at.
	 * @param string|null       $events       Zone of what PHP dated besides.
	 * @param string|null       $updated      Zone of updated_at.
	 * @param string            $link         Zone of download_expires_at.
	 * @param string            $currency_why Code of the reason.
	 * @param string|null       $currency     ISO 4217; empty where the rows keep theirs.
	 * @param list<string>      $stamps       Columns that were timestamps: changing the table put them into UTC from the database's zone.
	 * @param string            $database     The database's zone.
	 * @param array<string,int> $second_hours Hours that came twice => the first row of the second time.
	 */
	public function __construct(
		public readonly string $zone_why,
		public readonly ?string $created,
		public readonly ?string $events,
		public readonly ?string $updated,
		public readonly string $link,
		public readonly string $currency_why,
		public readonly ?string $currency,
		public readonly array $stamps,
		public readonly string $database,
		public readonly array $second_hours = array()
	) {
	}

	/** @param array<string,mixed> $kept Of to_array(). */
	public static function from_array( array $kept ): self {
		return new self(
			(string) $kept['zone_why'],
			(string) $kept['created'],
			(string) $kept['events'],
			(string) $kept['updated'],
			(string) $kept['link'],
			(string) $kept['currency_why'],
			(string) $kept['currency'],
			array_values( array_map( 'strval', (array) $kept['stamps'] ) ),
			(string) $kept['database'],
			array_map( 'intval', (array) $kept['second_hours'] )
		);
	}

	/** @return array<string,mixed> */
	public function to_array(): array {
		return get_object_vars( $this );
	}

	/** @param array<string,int> $second_hours Hours that came twice => the first row of the second time. */
	public function with_second_hours( array $second_hours ): self {
		return self::from_array( array( 'second_hours' => $second_hours ) + $this->to_array() );
	}

	public function is_complete(): bool {
		return null !== $this->created && null !== $this->events && null !== $this->currency;
	}

	/** @return array<string,string> What has to be asked => code of the reason. */
	public function questions(): array {
		return array_diff_key(
			array( 'timezone' => $this->zone_why, 'currency' => $this->currency_why ),
			null === $this->events ? array() : array( 'timezone' => true ),
			null === $this->currency ? array() : array( 'currency' => true )
		);
	}

	/** Zone of a column. */
	public function zone( string $column ): string {
		return (string) match ( $column ) {
			'created_at' => $this->created,
			'updated_at' => $this->updated,
			'download_expires_at' => $this->link,
			default => $this->events,
		};
	}

	/** @return list<string> Columns whose times change. */
	public function moved(): array {
		$is_moved = fn( string $column ): bool => $column !== $this->sql( $column, 0, time() );

		return array_values( array_filter( OlderEvidence::COLUMNS, $is_moved ) );
	}

	/** SQL of a column as it was written, before the table was changed. */
	public function raw( string $column ): string {
		return self::as_it_was( $column, $this->stamps, $this->database );
	}

	/** @param list<string> $stamps Columns that were timestamps. */
	public static function as_it_was( string $column, array $stamps, string $database ): string {
		$is_as_it_was = ! in_array( $column, $stamps, true ) || OlderTimes::is_utc( $database );

		return $is_as_it_was ? $column : "COALESCE( CONVERT_TZ($column, '+00:00', '$database'), $column )";
	}

	/**
	 * SQL of a column in UTC.
	 *
	 * @param int $from The earliest time of all, in seconds, taken as UTC.
	 * @param int $to   The latest.
	 */
	public function sql( string $column, int $from, int $to ): string {
		$zone = $this->zone( $column );
		if ( $zone === $this->database && in_array( $column, $this->stamps, true ) ) {
			return $column;
		}

		return OlderTimes::sql( $this->raw( $column ), $zone, $from, $to, $this->is_second( $column ) );
	}

	/**
	 * SQL of a column of another table that was filled from one of these.
	 *
	 * @param string $column The other table's.
	 * @param string $origin The one it was filled from.
	 * @param int    $from   The earliest time of all, in seconds, taken as UTC.
	 * @param int    $to     The latest.
	 */
	public function moved_as( string $column, string $origin, int $from, int $to ): string {
		$is_stamp = in_array( $origin, $this->stamps, true );
		if ( $is_stamp && $this->zone( $origin ) === $this->database ) {
			return $column;
		}

		$as_it_was = self::as_it_was( $column, $is_stamp ? array( $column ) : array(), $this->database );

		return OlderTimes::sql( $as_it_was, $this->zone( $origin ), $from, $to );
	}

	/**
	 * An order's number tells; nothing else happens before its order, nor what follows a payment before it. Assignments see what stands
	 * before them.
	 */
	private function is_second( string $column ): string {
		if ( 'created_at' !== $column ) {
			$before = in_array( $column, array( 'paid_at', 'updated_at' ), true ) ? 'created_at' : 'COALESCE( paid_at, created_at )';

			return "%s < DATE_SUB( $before, INTERVAL 60 SECOND )";
		}
		$raw   = $this->raw( $column );
		$hours = array();
		foreach ( $this->second_hours as $from => $id ) {
			$hours[] = "( id >= $id AND $raw >= '$from' AND $raw < DATE_ADD( '$from', INTERVAL 3 HOUR ) )";
		}

		return array() === $hours ? '1 = 0' : implode( ' OR ', $hours );
	}
}
