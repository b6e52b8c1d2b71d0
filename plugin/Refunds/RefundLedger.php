<?php
/**
 * How much of a payment is left.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Refunds;

use SellMyImages\Jobs\Job;

/**
 * Sums over refund rows; in minor units.
 */
final class RefundLedger {

	/**
	 * @param Job          $job     The job.
	 * @param list<Refund> $refunds All its rows, newest first.
	 */
	public function __construct( private readonly Job $job, private readonly array $refunds ) {
	}

	/** Charged less every row that is not failed or canceled: never from succeeded rows alone. */
	public function left_minor(): int {
		if ( ! $this->job->is_paid() ) {
			return 0;
		}
		$held = 0;
		foreach ( $this->refunds as $refund ) {
			$held += $refund->holds_money() ? $refund->amount_minor() : 0;
		}

		return max( 0, $this->job->charged_minor() - $held );
	}

	public function succeeded_minor(): int {
		$sum = 0;
		foreach ( $this->refunds as $refund ) {
			$sum += Refund::SUCCEEDED === $refund->status() ? $refund->amount_minor() : 0;
		}

		return $sum;
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
