<?php
/**
 * A dispute, as Stripe has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Support\Fields;

/**
 * Of payment-snapshot.schema.json.
 */
final class DisputeSnapshot {

	private function __construct(
		public readonly string $id,
		/** Stripe's word: Disputes says what it means, also of one that is new. */
		public readonly string $status,
		/** In minor units of the payment. */
		public readonly int $amount_minor,
		public readonly bool $is_charge_refundable,
		public readonly ?string $reason
	) {
	}

	/** @param array<mixed> $checked The snapshot's `dispute`. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );

		return new self(
			$fields->text( 'id' ),
			$fields->text( 'status' ),
			$fields->number( 'amount_minor' ),
			$fields->flag( 'is_charge_refundable' ),
			$fields->text_or_null( 'reason' )
		);
	}
}
