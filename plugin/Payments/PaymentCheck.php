<?php
/**
 * Whether a payment is the one that was asked for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Jobs\EventReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Support\Amount;

/**
 * Compares integer minor units and lower-case currencies, never floats.
 */
final class PaymentCheck {

	/** @return array{0:string,1:array<string,mixed>}|null What differs, an EventReason with its arguments; null when all is right. */
	public static function mismatch( Job $job, PaymentSnapshot $snapshot ): ?array {
		$session  = $snapshot->session;
		$intent   = $snapshot->intent;
		$price    = $job->charged_minor();
		$currency = strtolower( $job->currency );
		if ( null !== $session?->currency && $session->currency !== $currency ) {
			return self::differs( EventReason::OtherCurrency, $session->currency, $currency, $job );
		}
		if ( null !== $intent && $intent->currency !== $currency ) {
			return self::differs( EventReason::OtherCurrency, $intent->currency, $currency, $job );
		}
		if ( null !== $session?->amount_subtotal && $session->amount_subtotal !== $price ) {
			return self::differs( EventReason::OtherPrice, $session->amount_subtotal, $price, $job );
		}
		$total = $session->amount_total ?? $price;
		if ( null !== $intent && $intent->amount_received !== $total ) {
			return self::differs( EventReason::OtherReceived, $intent->amount_received, $total, $job );
		}

		return $total < $price ? self::differs( EventReason::OtherTotal, $total, $price, $job ) : null;
	}

	/** @return array{0:string,1:array<string,mixed>} */
	private static function differs( EventReason $reason, string|int $got, string|int $wanted, Job $job ): array {
		return array( $reason->value, array( 'got' => $got, 'wanted' => $wanted, 'currency' => $job->currency ) );
	}

	/** What Stripe took. */
	public static function received( Job $job, PaymentSnapshot $snapshot ): Amount {
		$minor = $snapshot->intent->amount_received ?? $snapshot->session->amount_total ?? $job->charged_minor();

		return Amount::of_minor( $minor, $job->currency );
	}
}
