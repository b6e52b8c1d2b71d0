<?php
/**
 * Whether a payment is the one that was asked for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Jobs\Job;
use SellMyImages\Support\Money;

/**
 * Compares integer minor units and lower-case currencies, never floats.
 */
final class PaymentCheck {

	/**
	 * @param array<string,mixed> $snapshot Of payment-snapshot.schema.json.
	 * @return string|null What differs, for the owner; null when all is right.
	 */
	public static function mismatch( Job $job, array $snapshot ): ?string {
		$session  = $snapshot['session'] ?? null;
		$intent   = $snapshot['payment_intent'] ?? null;
		$price    = $job->charged_minor();
		$currency = strtolower( $job->currency );
		if ( null !== $session && null !== ( $session['currency'] ?? null ) && $session['currency'] !== $currency ) {
			return "currency {$session['currency']} instead of $currency";
		}
		if ( null !== $intent && $intent['currency'] !== $currency ) {
			return "currency {$intent['currency']} instead of $currency";
		}
		if ( null !== $session && (int) ( $session['amount_subtotal'] ?? $price ) !== $price ) {
			return "amount_subtotal {$session['amount_subtotal']} instead of $price";
		}
		$total = (int) ( $session['amount_total'] ?? $price );
		if ( null !== $intent && (int) $intent['amount_received'] !== $total ) {
			return "amount_received {$intent['amount_received']} instead of $total";
		}

		return $total < $price ? "amount_total $total instead of $price" : null;
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
