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
use SellMyImages\Support\Money;

/**
 * Compares integer minor units and lower-case currencies, never floats.
 */
final class PaymentCheck {

	/**
	 * @param array<string,mixed> $snapshot Of payment-snapshot.schema.json.
	 * @return array{0:string,1:array<string,mixed>}|null What differs, an EventReason with its arguments; null when all is right.
	 */
	public static function mismatch( Job $job, array $snapshot ): ?array {
		$session  = $snapshot['session'] ?? null;
		$intent   = $snapshot['payment_intent'] ?? null;
		$price    = $job->charged_minor();
		$currency = strtolower( $job->currency );
		if ( null !== $session && null !== ( $session['currency'] ?? null ) && $session['currency'] !== $currency ) {
			return self::differs( EventReason::OtherCurrency, $session['currency'], $currency, $job );
		}
		if ( null !== $intent && $intent['currency'] !== $currency ) {
			return self::differs( EventReason::OtherCurrency, $intent['currency'], $currency, $job );
		}
		if ( null !== $session && (int) ( $session['amount_subtotal'] ?? $price ) !== $price ) {
			return self::differs( EventReason::OtherPrice, (int) $session['amount_subtotal'], $price, $job );
		}
		$total = (int) ( $session['amount_total'] ?? $price );
		if ( null !== $intent && (int) $intent['amount_received'] !== $total ) {
			return self::differs( EventReason::OtherReceived, (int) $intent['amount_received'], $total, $job );
		}

		return $total < $price ? self::differs( EventReason::OtherTotal, $total, $price, $job ) : null;
	}

	/** @return array{0:string,1:array<string,mixed>} */
	private static function differs( EventReason $reason, string|int $got, string|int $wanted, Job $job ): array {
		return array( $reason->value, array( 'got' => $got, 'wanted' => $wanted, 'currency' => $job->currency ) );
	}

	/**
	 * @param array<string,mixed> $snapshot Of payment-snapshot.schema.json.
	 * @return string What Stripe took, as a decimal.
	 */
	public static function received( Job $job, array $snapshot ): string {
		$minor = $snapshot['payment_intent']['amount_received'] ?? $snapshot['session']['amount_total'] ?? $job->charged_minor();

		return Money::to_decimal( (int) $minor, $job->currency );
	}
}
