<?php
/**
 * By payment status.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\Jobs\PaymentStatus;

/**
 * No tab.
 */
final class Payment implements FacetFilter {

	/** @param non-empty-list<PaymentStatus> $cases Any of these. */
	private function __construct( private readonly array $cases ) {
	}

	public static function params(): array {
		return array( 'payment_status' );
	}

	public static function parse( Params $params ): ?self {
		$cases = $params->cases( 'payment_status', PaymentStatus::class );

		return array() === $cases ? null : new self( $cases );
	}

	public function takes( array $parts ): bool {
		return in_array( $parts['payment_status'], $this->cases, true );
	}

	public function is_of_tabs(): bool {
		return false;
	}
}
