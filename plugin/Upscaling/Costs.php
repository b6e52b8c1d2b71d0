<?php
/**
 * What the attempts of a job cost together.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Jobs\Job;
use SellMyImages\Support\Amount;

/**
 * Each attempt at the price and in the currency of its day. Costs in another currency than the job's stand beside the sum, not in it.
 */
final class Costs {

	/**
	 * What an attempt adds to its job. What the job cost before stays as it was stored, whatever credits cost today; so does what is told
	 * of an older job that has no attempts.
	 *
	 * @param list<Attempt> $before All the job's attempts, as they were.
	 * @param list<Attempt> $after  And as they are.
	 * @return array<string,mixed> Columns of the job.
	 */
	public static function changes( Job $job, array $before, array $after ): array {
		[ $was, $is ] = array( self::sums( $job, $before ), self::sums( $job, $after ) );
		$own          = $job->cost()->plus( self::rounded( $job, $is ) )->minus( self::rounded( $job, $was ) );
		$other        = self::others( $job, $was, $is );

		return array(
			'credits_used' => (int) $job->credits_used + self::credits( $after ) - self::credits( $before ),
			'amount_cost'  => null === $job->amount_cost && $own->is_zero() && array() !== $other ? null : $own,
			'cost_other'   => Job::write_costs( $other ),
		);
	}

	/**
	 * @param list<Attempt> $attempts Attempts.
	 * @return array<string,Amount> By currency; what cost nothing has none.
	 */
	private static function sums( Job $job, array $attempts ): array {
		$sums = array();
		foreach ( $attempts as $attempt ) {
			$cost = Amount::of( $attempt->cost(), $attempt->cost_currency() ?? $job->currency );
			if ( ! $cost->is_zero() ) {
				$sums[ $cost->currency ] = isset( $sums[ $cost->currency ] ) ? $sums[ $cost->currency ]->plus( $cost ) : $cost;
			}
		}

		return $sums;
	}

	/** @param array<string,Amount> $sums By currency. */
	private static function rounded( Job $job, array $sums ): Amount {
		return Amount::of( ( $sums[ $job->currency ] ?? null )?->to_decimal( 2 ), $job->currency );
	}

	/**
	 * @param array<string,Amount> $was By currency.
	 * @param array<string,Amount> $is  By currency.
	 * @return array<string,string> Currency => decimal, without the job's own.
	 */
	private static function others( Job $job, array $was, array $is ): array {
		$others = array();
		foreach ( array_keys( $job->other_costs() + $is ) as $currency ) {
			$zero  = Amount::of( null, $currency );
			$other = Amount::of(
				$job->other_costs()[ $currency ] ?? null,
				$currency
			)->plus( $is[ $currency ] ?? $zero )->minus( $was[ $currency ] ?? $zero );
			if ( $currency !== $job->currency && ! $other->is_zero() ) {
				$others[ $currency ] = $other->to_decimal( 4 );
			}
		}

		return $others;
	}

	/** @param list<Attempt> $attempts Attempts. */
	private static function credits( array $attempts ): int {
		return array_sum( array_map( static fn( Attempt $attempt ): int => (int) $attempt->credits(), $attempts ) );
	}
}
