<?php
/**
 * Where a job stands.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * In lifecycle order.
 */
enum JobStatus: string {
	case AwaitingPayment = 'awaiting_payment';
	case Pending         = 'pending';
	case Processing      = 'processing';
	case Completed       = 'completed';
	case Failed          = 'failed';
	case Abandoned       = 'abandoned';

	/** Part of the stored facet, so append-only; also the order in lists. */
	public function code(): int {
		return (int) array_search( $this, self::cases(), true );
	}
}
