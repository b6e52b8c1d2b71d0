<?php
/**
 * A charge, as Stripe has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Support\Amount;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Fields;

/**
 * Of payment-snapshot.schema.json.
 */
final class ChargeSnapshot {

	private function __construct(
		public readonly string $id,
		private readonly ?int $fee_minor,
		private readonly ?string $fee_currency,
		private readonly ?int $fee_charge_minor,
		/** not_permitted, not_yet, no_answer, no_rate, not_asked; null: it is known, or the bridge does not say. */
		public readonly ?string $fee_unknown
	) {
	}

	/** @param array<mixed> $checked The snapshot's `charge`. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );

		return new self(
			$fields->text( 'id' ),
			$fields->number_or_null( 'fee_minor' ),
			$fields->text_or_null( 'fee_currency' ),
			$fields->number_or_null( 'fee_charge_minor' ),
			$fields->text_or_null( 'fee_unknown' )
		);
	}

	/**
	 * When a fee that is missing may be there; never for one that Stripe does not convert.
	 *
	 * @return int|null Seconds; null: looking again brings nothing.
	 */
	public function fee_again_in(): ?int {
		return match ( $this->fee_unknown ) {
			'not_yet', 'no_answer' => Durations::seconds( 'PAYMENT_POLL' ),
			'not_permitted' => Durations::seconds( 'FEE_REFUSED_POLL' ),
			default => null,
		};
	}

	/** As Stripe took it, for the log: null where that is known in the sale's own currency, or not at all. */
	public function foreign_fee( string $currency ): ?Amount {
		$own = strtoupper( (string) $this->fee_currency );

		return null === $this->fee_minor || '' === $own || $own === $currency ? null : Amount::of_minor( $this->fee_minor, $own );
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
