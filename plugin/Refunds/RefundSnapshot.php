<?php
/**
 * A refund, as Stripe has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Refunds;

use SellMyImages\Support\Fields;

/**
 * Of payment-snapshot.schema.json.
 */
final class RefundSnapshot {

	private function __construct(
		public readonly string $id,
		/** In minor units of the payment. */
		public readonly int $amount_minor,
		/** One of Refund's: pending, requires_action, succeeded, failed, canceled. */
		public readonly string $status,
		/** Our UUID, as its metadata has it; null: not made by us. */
		public readonly ?string $smi_refund,
		public readonly ?string $reason,
		public readonly ?string $failure_reason,
		/** Unix seconds. */
		public readonly int $created
	) {
	}

	/** @param array<mixed> $checked One of the snapshot's `refunds`. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );

		return new self(
			$fields->text( 'id' ),
			$fields->number( 'amount_minor' ),
			$fields->text( 'status' ),
			$fields->text_or_null( 'smi_refund' ),
			$fields->text_or_null( 'reason' ),
			$fields->text_or_null( 'failure_reason' ),
			$fields->number( 'created' )
		);
	}

	public function is_settled(): bool {
		return in_array( $this->status, array( Refund::SUCCEEDED, Refund::FAILED, Refund::CANCELED ), true );
	}

	/** Whether Stripe has taken it on, and the bank is not done. */
	public function is_waiting(): bool {
		return in_array( $this->status, array( Refund::PENDING, Refund::REQUIRES_ACTION ), true );
	}
}
