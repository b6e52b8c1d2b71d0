<?php
/**
 * Times of the database in another zone.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * Millions of them: jobs stand in the order of time, so what one hour (in zones of half hours: one minute) becomes is worked out once.
 */
final class LocalTimes {

	/** Enough for years of hours, small in memory. */
	private const KEPT = 20000;

	/**
	 * @var array<string,array{0:string,1:string}|false> 'Y-m-d H' in UTC => the same in the zone, and its offset; false: it needs the
	 *   minutes, or is no time.
	 */
	private array $hours = array();

	/** @var array<string,array{0:string,1:string}> 'Y-m-d H:i' in UTC. */
	private array $minutes = array();

	/**
	 * @param \DateTimeZone $zone   Of what comes out.
	 * @param bool          $is_iso Whether as 2026-10-31T23:59:59+01:00 instead of 2026-10-31 23:59:59.
	 */
	public function __construct( private readonly \DateTimeZone $zone, private readonly bool $is_iso ) {
	}

	/** @param string|null $sql 'Y-m-d H:i:s' in UTC; null and MySQL's zero date are none. */
	public function format( ?string $sql ): ?string {
		if ( null === $sql ) {
			return null;
		}
		$hour  = substr( $sql, 0, 13 );
		$known = $this->hours[ $hour ] ??= $this->hour( $hour );
		if ( false !== $known ) {
			return $known[0] . substr( $sql, 13, 6 ) . $known[1];
		}
		if ( '' === $sql || str_starts_with( $sql, '0000' ) ) {
			return null;
		}
		$minute = substr( $sql, 0, 16 );
		$known  = $this->minutes[ $minute ] ??= $this->minute( $minute );

		return $known[0] . substr( $sql, 16, 3 ) . $known[1];
	}

	/** @return array{0:string,1:string}|false */
	private function hour( string $hour ): array|false {
		if ( count( $this->hours ) >= self::KEPT ) {
			$this->hours = array();
		}
		if ( '' === $hour || str_starts_with( $hour, '0000' ) ) {
			return false;
		}
		$start = $this->local( "$hour:00:00" );
		$end   = $this->local( "$hour:59:59" );

		return 0 === $start->getOffset() % HOUR_IN_SECONDS && $start->getOffset() === $end->getOffset()
			? $this->parts( $start, 'H' )
			: false;
	}

	/** @return array{0:string,1:string} */
	private function minute( string $minute ): array {
		if ( count( $this->minutes ) >= self::KEPT ) {
			$this->minutes = array();
		}

		return $this->parts( $this->local( "$minute:00" ), 'H:i' );
	}

	/** @return array{0:string,1:string} */
	private function parts( \DateTimeImmutable $time, string $clock ): array {
		return array( $time->format( $this->is_iso ? 'Y-m-d\T' . $clock : 'Y-m-d ' . $clock ), $this->is_iso ? $time->format( 'P' ) : '' );
	}

	private function local( string $sql ): \DateTimeImmutable {
		return ( new \DateTimeImmutable( $sql, new \DateTimeZone( 'UTC' ) ) )->setTimezone( $this->zone );
	}
}
