<?php
/**
 * A checkout session, as Stripe has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Support\Fields;

/**
 * Of payment-snapshot.schema.json. Amounts are in minor units.
 */
final class SessionSnapshot {

	private function __construct(
		public readonly string $id,
		public readonly SessionStatus $status,
		public readonly SessionPayment $payment_status,
		public readonly ?int $amount_subtotal,
		public readonly ?int $amount_total,
		/** Lower case. */
		public readonly ?string $currency,
		public readonly ?string $email
	) {
	}

	/** @param array<mixed> $checked The snapshot's `session`. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );

		return new self(
			$fields->text( 'id' ),
			SessionStatus::from( $fields->text( 'status' ) ),
			SessionPayment::from( $fields->text( 'payment_status' ) ),
			$fields->number_or_null( 'amount_subtotal' ),
			$fields->number_or_null( 'amount_total' ),
			$fields->text_or_null( 'currency' ),
			$fields->text_or_null( 'email' )
		);
	}
}
