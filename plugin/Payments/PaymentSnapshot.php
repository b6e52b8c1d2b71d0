<?php
/**
 * A payment with all that belongs to it, as Stripe has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Refunds\RefundSnapshot;
use SellMyImages\Support\Fields;

/**
 * Of payment-snapshot.schema.json, made once, where the report comes in. What this version does not know is left out.
 */
final class PaymentSnapshot {

	/** Of the message. */
	public const TYPE = 'payment';

	/** @param list<RefundSnapshot> $refunds */
	private function __construct(
		public readonly bool $livemode,
		/** Whose payment it is, as its metadata says; null: it does not say. */
		public readonly ?string $smi_job,
		public readonly ?string $smi_site,
		/** Unix seconds; null: not told, or nothing came in. */
		public readonly ?int $paid_at,
		public readonly ?SessionSnapshot $session,
		public readonly ?IntentSnapshot $intent,
		public readonly ?ChargeSnapshot $charge,
		public readonly array $refunds,
		public readonly ?DisputeSnapshot $dispute
	) {
	}

	/** @param array<mixed> $checked A snapshot that fits its contract. */
	public static function from_array( array $checked ): self {
		$fields  = new Fields( $checked );
		$session = $fields->part( 'session' );
		$intent  = $fields->part( 'payment_intent' );
		$charge  = $fields->part( 'charge' );
		$dispute = $fields->part( 'dispute' );

		return new self(
			$fields->flag( 'livemode' ),
			$fields->text_or_null( 'smi_job' ),
			$fields->text_or_null( 'smi_site' ),
			$fields->number_or_null( 'paid_at' ),
			null === $session ? null : SessionSnapshot::from_array( $session ),
			null === $intent ? null : IntentSnapshot::from_array( $intent ),
			null === $charge ? null : ChargeSnapshot::from_array( $charge ),
			array_map( array( RefundSnapshot::class, 'from_array' ), $fields->parts( 'refunds' ) ),
			null === $dispute ? null : DisputeSnapshot::from_array( $dispute )
		);
	}

	public function is_paid(): bool {
		return SessionPayment::Paid === $this->session?->payment_status || IntentStatus::Succeeded === $this->intent?->status;
	}

	/** The buyer is done, and the money comes later or never: a bank debit, a voucher. */
	public function is_under_way(): bool {
		return $this->is_complete() && SessionPayment::Unpaid === $this->session?->payment_status && ! $this->has_failed();
	}

	/** The buyer is done, and no money comes. */
	public function has_failed(): bool {
		$failures = array( IntentStatus::RequiresPaymentMethod, IntentStatus::Canceled );

		return $this->is_complete() && in_array( $this->intent?->status, $failures, true );
	}

	private function is_complete(): bool {
		return SessionStatus::Complete === $this->session?->status;
	}

	public function has_waiting_refund(): bool {
		foreach ( $this->refunds as $refund ) {
			if ( $refund->is_waiting() ) {
				return true;
			}
		}

		return false;
	}
}
