<?php
/**
 * How far a checkout is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

/**
 * Stripe's words for a checkout session.
 */
enum SessionStatus: string {
	case Open     = 'open';
	case Complete = 'complete';
	case Expired  = 'expired';
}
