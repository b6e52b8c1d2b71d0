<?php
/**
 * A payment intent, as Stripe has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Support\Fields;

/**
 * Of payment-snapshot.schema.json.
 */
final class IntentSnapshot {

	private function __construct(
		public readonly string $id,
		/** Null: under way, in whichever of Stripe's words. */
		public readonly ?IntentStatus $status,
		/** In minor units of `currency`. */
		public readonly int $amount_received,
		/** Lower case. */
		public readonly string $currency,
		/** Stripe's own words. */
		public readonly ?string $last_error
	) {
	}

	/** @param array<mixed> $checked The snapshot's `payment_intent`. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );

		return new self(
			$fields->text( 'id' ),
			IntentStatus::tryFrom( $fields->text( 'status' ) ),
			$fields->number( 'amount_received' ),
			$fields->text( 'currency' ),
			$fields->text_or_null( 'last_error' )
		);
	}
}
