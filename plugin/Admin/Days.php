<?php
/**
 * Ranges of days.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

/**
 * What the address of the Jobs screen calls yesterday or last month, in the site's zone: admin-src/jobs/view/ranges.ts in PHP.
 */
final class Days {

	public function __construct( private readonly \DateTimeZone $zone, private readonly int $now ) {
	}

	/**
	 * @param string $range Name of a range; others: look at the two days.
	 * @param string $from  YYYY-MM-DD.
	 * @param string $to    YYYY-MM-DD.
	 * @return array{after?:string,before?:string} Exclusive bounds, UTC; none when the days mean nothing.
	 */
	public function bounds( string $range, string $from, string $to ): array {
		$days = $this->named( $range );
		if ( null === $days && self::is_day( $from ) && self::is_day( $to ) ) {
			$days = $from <= $to ? array( $from, $to ) : array( $to, $from );
		}
		if ( null === $days ) {
			return array();
		}

		return array(
			'after'  => $this->midnight( $days[0], -1 ),
			'before' => $this->midnight( "$days[1] +1 day" ),
		);
	}

	/** @return array{0:string,1:string}|null First and last day. */
	private function named( string $range ): ?array {
		$words = array(
			'today'        => array( 'today', 'today' ),
			'yesterday'    => array( 'yesterday', 'yesterday' ),
			'last_7_days'  => array( '-6 days', 'today' ),
			'last_30_days' => array( '-29 days', 'today' ),
			'this_month'   => array( 'first day of this month', 'today' ),
			'last_month'   => array( 'first day of last month', 'last day of last month' ),
			'this_year'    => array( 'first day of january this year', 'today' ),
		);
		$today = ( new \DateTimeImmutable( "@$this->now" ) )->setTimezone( $this->zone );

		return isset( $words[ $range ] )
			? array( $today->modify( $words[ $range ][0] )->format( 'Y-m-d' ), $today->modify( $words[ $range ][1] )->format( 'Y-m-d' ) )
			: null;
	}

	private static function is_day( string $day ): bool {
		return 1 === preg_match( '/^(\d{4})-(\d{2})-(\d{2})$/', $day, $parts )
			&& checkdate( (int) $parts[2], (int) $parts[3], (int) $parts[1] );
	}

	/** @param int $seconds How far from the midnight that a day begins with. */
	private function midnight( string $day, int $seconds = 0 ): string {
		return gmdate( 'Y-m-d\TH:i:s\Z', ( new \DateTimeImmutable( $day, $this->zone ) )->getTimestamp() + $seconds );
	}
}
