<?php
/**
 * What one job adds to which counter.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Counting;

use SellMyImages\Jobs\Job;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Money;
use SellMyImages\Support\Times;

/**
 * Pure: the same job always counts the same, so a recount can be compared.
 */
final class CounterRows {

	/** Table => column => digits behind the point. Sums are kept as integers of that scale. */
	public const COLUMNS = array(
		'counts_day'   => array(
			'n'        => 0,
			'charged'  => 2,
			'refunded' => 2,
			'lost'     => 2,
			'cost'     => 4,
			'fee'      => 4,
			'w0'       => 0,
			'w1'       => 0,
			'w2'       => 0,
			'w3'       => 0,
			'w4'       => 0,
			'w5'       => 0,
			'w6'       => 0,
			'w7'       => 0,
			'w8'       => 0,
			'w9'       => 0,
			'w10'      => 0,
			'w11'      => 0,
		),
		'counts_dim'   => array( 'n' => 0 ),
		'counts_facet' => array( 'n' => 0 ),
		'counts_month' => array( 'n' => 0 ),
	);

	/** Upper ends, in seconds from payment to finished file, of the histogram w0..w11; the last is open. */
	public const WAITING = array( 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400 );

	/**
	 * @param Job $job A job as stored, its facet included.
	 * @return array<string,array<int|string,array<string,int>>> Table => key, joined by | => column => what it adds.
	 */
	public static function of( Job $job ): array {
		$day = substr( $job->created_at, 0, 10 );
		$dim = array( Counters::DIM_POST . "|$job->post_id|$job->facet" => array( 'n' => 1 ) );
		if ( null !== $job->attachment_id ) {
			$dim[ Counters::DIM_ATTACHMENT . "|$job->attachment_id|$job->facet" ] = array( 'n' => 1 );
		}
		if ( '' !== $job->email_domain ) {
			$dim[ Counters::DIM_DOMAIN . '|' . Counters::domain_key( $job->email_domain ) . "|$job->facet" ] = array( 'n' => 1 );
		}

		return array(
			'counts_day'   => self::days( $job, $day ),
			'counts_dim'   => $dim,
			'counts_facet' => array( (string) $job->facet => array( 'n' => 1 ) ),
			'counts_month' => array( "$job->facet|" . substr( $day, 0, 7 ) . '-01' => array( 'n' => 1 ) ),
		);
	}

	/**
	 * @param array<string,int> $row Sums as integers.
	 * @return list<string> For the database, in the order of COLUMNS.
	 */
	public static function stored( string $table, array $row ): array {
		$stored = array();
		foreach ( self::COLUMNS[ $table ] as $column => $digits ) {
			$stored[] = Money::scaled( $row[ $column ] ?? 0, $digits );
		}

		return $stored;
	}

	/**
	 * The job in its currency, and what it cost in another among the sums of that: nothing is added that has no sum, and nothing is left
	 * out.
	 *
	 * @param string $day 'Y-m-d', on which it counts: that of its creation, in whatever zone the sums are.
	 * @return array<string,array<string,int>> Key of counts_day => column => what it adds.
	 */
	public static function days( Job $job, string $day ): array {
		$live = (int) $job->livemode;
		$rows = array( "$job->facet|$day|$job->currency|$live" => self::day( $job ) );
		foreach ( $job->other_costs() as $currency => $cost ) {
			$rows[ "$job->facet|$day|$currency|$live" ] = array( 'cost' => Amount::of( $cost, $currency )->units( 4 ) );
		}

		return $rows;
	}

	/** @return array<string,int> */
	private static function day( Job $job ): array {
		$row    = array(
			'n'        => 1,
			'charged'  => $job->is_paid() ? $job->charged()->units( 2 ) : 0,
			'refunded' => $job->is_paid() ? $job->refunded()->units( 2 ) : 0,
			'lost'     => $job->is_paid() ? $job->lost()->units( 2 ) : 0,
			'cost'     => $job->cost()->units( 4 ),
			'fee'      => $job->fee()->units( 4 ),
		);
		$waited = Times::between( $job->paid_at, $job->completed_at );
		if ( null !== $waited ) {
			$row[ 'w' . count( array_filter( self::WAITING, static fn( int $end ): bool => $waited >= $end ) ) ] = 1;
		}

		return $row;
	}
}
