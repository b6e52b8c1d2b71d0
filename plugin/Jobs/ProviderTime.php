<?php
/**
 * When something happened at Stripe.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * The provider's word, where it can be true: a payment learned after an outage was made when it was made. See docs/decisions/0024.
 */
final class ProviderTime {

	/**
	 * @param int|null $unix     Seconds since 1970, as the snapshot tells them; null: not told, so it is now.
	 * @param string   $earliest Before which it cannot have been. Two clocks differ, and a wrong one must not bring a payment before its
	 *   order.
	 * @return string UTC, as the database writes it; never later than now.
	 */
	public static function of( ?int $unix, string $earliest ): string {
		$now = Times::now();

		return null === $unix ? $now : min( $now, max( gmdate( 'Y-m-d H:i:s', $unix ), $earliest ) );
	}

	/** Whether a payment has waited so long for its first start that its owner decides, not we. */
	public static function is_too_late_to_start( Job $job ): bool {
		return null !== $job->paid_at && $job->paid_at < Times::add( Times::now(), -Durations::seconds( 'START_TOO_LATE' ) );
	}
}
