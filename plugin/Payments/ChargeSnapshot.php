<?php
/**
 * A charge, as Stripe has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Support\Amount;
use SellMyImages\Support\Fields;

/**
 * Of payment-snapshot.schema.json.
 */
final class ChargeSnapshot {

	private function __construct(
		public readonly string $id,
		private readonly ?int $fee_minor,
		private readonly ?string $fee_currency,
		private readonly ?int $fee_charge_minor
	) {
	}

	/** @param array<mixed> $checked The snapshot's `charge`. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );

		return new self(
			$fields->text( 'id' ),
			$fields->number_or_null( 'fee_minor' ),
			$fields->text_or_null( 'fee_currency' ),
			$fields->number_or_null( 'fee_charge_minor' )
		);
	}

	/**
	 * In the account's currency where that is asked for; else what Stripe's own conversion makes of it. A fee in euros is no part of
	 * dollars.
	 *
	 * @param string $currency Of the sale, upper case.
	 * @return Amount|null Null: not known.
	 */
	public function fee_in( string $currency ): ?Amount {
		$minor = strtoupper( $this->fee_currency ?? $currency ) === $currency ? $this->fee_minor : $this->fee_charge_minor;

		return null === $minor ? null : Amount::of_minor( $minor, $currency );
	}
}
