<?php
/**
 * Why a job needs its owner.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * The most urgent first.
 */
enum Attention: string {
	case Disputed          = 'disputed';
	case RefundFailed      = 'refund_failed';
	case FailedNotRefunded = 'failed_not_refunded';
	case AmountMismatch    = 'amount_mismatch';
	case PaidNotStarted    = 'paid_not_started';
	case SubmitUnknown     = 'submit_unknown';
	case FileMissing       = 'file_missing';
	case StuckProcessing   = 'stuck_processing';
	case EmailFailed       = 'email_failed';
	case RefundPending     = 'refund_pending';

	/** Part of the stored facet, so append-only; 0 means none. */
	public function code(): int {
		return 1 + (int) array_search( $this, self::cases(), true );
	}
}
