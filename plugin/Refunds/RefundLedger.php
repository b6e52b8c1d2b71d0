<?php
/**
 * How much of a payment is left.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Refunds;

use SellMyImages\Jobs\Job;
use SellMyImages\Support\Amount;

/**
 * Sums over refund rows.
 */
final class RefundLedger {

	/**
	 * @param Job          $job     The job.
	 * @param list<Refund> $refunds All its rows, newest first.
	 */
	public function __construct( private readonly Job $job, private readonly array $refunds ) {
	}

	/** Charged less every row that is not failed or canceled: never from succeeded rows alone. */
	public function left(): Amount {
		$none = Amount::of( null, $this->job->currency );
		if ( ! $this->job->is_paid() ) {
			return $none;
		}
		$left = $this->job->charged()->minus( $this->sum( static fn( Refund $refund ): bool => $refund->holds_money() ) );

		return $left->is_less_than( $none ) ? $none : $left;
	}

	/** The same in minor units. */
	public function left_minor(): int {
		return $this->left()->minor();
	}

	public function succeeded(): Amount {
		return $this->sum( static fn( Refund $refund ): bool => Refund::SUCCEEDED === $refund->status() );
	}

	/** @param callable(Refund): bool $counts Which rows do. */
	private function sum( callable $counts ): Amount {
		$amounts = array_map( static fn( Refund $refund ): Amount => $refund->amount(), array_filter( $this->refunds, $counts ) );

		return Amount::of( null, $this->job->currency )->plus( ...array_values( $amounts ) );
	}

	/** Why money went back for the last time. */
	public function reason(): ?string {
		foreach ( $this->refunds as $refund ) {
			if ( Refund::SUCCEEDED === $refund->status() ) {
				return $refund->reason();
			}
		}

		return null;
	}

	/** When money went back for the last time, UTC; null when none did. */
	public function refunded_at(): ?string {
		$times = array();
		foreach ( $this->refunds as $refund ) {
			if ( Refund::SUCCEEDED === $refund->status() && $refund->amount_minor() > 0 ) {
				$times[] = $refund->settled_at() ?? $refund->created_at();
			}
		}

		return array() === $times ? null : max( $times );
	}

	/** Whether money went back, or Stripe may be returning it now. */
	public function is_under_way(): bool {
		foreach ( $this->refunds as $refund ) {
			if ( $refund->is_under_way() ) {
				return true;
			}
		}

		return false;
	}
}
