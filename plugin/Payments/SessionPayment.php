<?php
/**
 * Whether the money of a checkout is there.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

/**
 * Stripe's words for the `payment_status` of a checkout session.
 */
enum SessionPayment: string {
	case Paid              = 'paid';
	case Unpaid            = 'unpaid';
	case NoPaymentRequired = 'no_payment_required';
}
