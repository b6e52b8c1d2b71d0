<?php
/**
 * What became of a payment intent.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

/**
 * Those of Stripe's words that end something. All others say that it is under way, and Stripe may add some.
 */
enum IntentStatus: string {
	case Succeeded             = 'succeeded';
	case RequiresPaymentMethod = 'requires_payment_method';
	case Canceled              = 'canceled';
}
