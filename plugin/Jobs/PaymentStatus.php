<?php
/**
 * Where a job's money stands.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * In lifecycle order.
 */
enum PaymentStatus: string {
	case Pending           = 'pending';
	case Paid              = 'paid';
	case Failed            = 'failed';
	case PartiallyRefunded = 'partially_refunded';
	case Refunded          = 'refunded';

	/** Part of the stored facet, so append-only; also the order in lists. */
	public function code(): int {
		return (int) array_search( $this, self::cases(), true );
	}

	/** Whether money came in, wherever it is now. */
	public function is_paid(): bool {
		return in_array( $this, array( self::Paid, self::PartiallyRefunded, self::Refunded ), true );
	}
}
