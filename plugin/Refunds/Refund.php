<?php
/**
 * One refund of a job's payment.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Refunds;

use SellMyImages\Jobs\ReasonWords;
use SellMyImages\Support\ActorNames;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Times;

/**
 * A row of smi_refunds, as it was read.
 */
final class Refund {

	public const REQUESTED       = 'requested';
	public const SENDING         = 'sending';
	public const PENDING         = 'pending';
	public const REQUIRES_ACTION = 'requires_action';
	public const SUCCEEDED       = 'succeeded';
	public const FAILED          = 'failed';
	public const CANCELED        = 'canceled';

	public const ORIGIN_AUTO     = 'auto';
	public const ORIGIN_MANUAL   = 'manual';
	public const ORIGIN_EXTERNAL = 'external';

	/**
	 * @param array<string,string|null> $row The row, as the database gave it.
	 */
	public function __construct( private readonly array $row ) {
	}

	public function id(): int {
		return (int) $this->row['id'];
	}

	public function uuid(): string {
		return (string) $this->row['uuid'];
	}

	public function job_id(): string {
		return (string) $this->row['job_id'];
	}

	public function amount(): Amount {
		return Amount::of_minor( $this->amount_minor(), $this->currency() );
	}

	public function amount_minor(): int {
		return (int) $this->row['amount_minor'];
	}

	public function currency(): string {
		return strtoupper( (string) $this->row['currency'] );
	}

	public function origin(): string {
		return (string) $this->row['origin'];
	}

	public function is_automatic(): bool {
		return self::ORIGIN_AUTO === $this->row['origin'];
	}

	public function reason(): ?string {
		return $this->row['reason'];
	}

	public function status(): string {
		return (string) $this->row['status'];
	}

	/** UTC. */
	public function created_at(): string {
		return (string) $this->row['created_at'];
	}

	/** When its state was learned, UTC. */
	public function updated_at(): string {
		return (string) $this->row['updated_at'];
	}

	/** When it succeeded or failed, UTC; null while it is under way. */
	public function settled_at(): ?string {
		return $this->row['settled_at'];
	}

	/** Of Actor::current(), or stripe. */
	public function requested_by(): ?string {
		return $this->row['requested_by'];
	}

	public function stripe_refund_id(): ?string {
		return $this->row['stripe_refund_id'];
	}

	/** Failed and canceled rows no longer hold any of the money. */
	public function holds_money(): bool {
		return ! in_array( $this->status(), array( self::FAILED, self::CANCELED ), true );
	}

	/** Whether Stripe was, or may have been, asked already. */
	public function is_under_way(): bool {
		return $this->holds_money() && self::REQUESTED !== $this->status();
	}

	/** @return array<string,mixed> The shape of refund.schema.json. */
	public function to_rest(): array {
		return array(
			'uuid'             => $this->uuid(),
			'amount'           => $this->amount()->to_decimal(),
			'currency'         => $this->currency(),
			'status'           => $this->status(),
			'origin'           => $this->origin(),
			'reason'           => $this->reason(),
			'note'             => $this->is_automatic()
				? ReasonWords::of( $this->row['note'], $this->row['args'] ?? null )
				: $this->row['note'],
			'stripe_refund_id' => $this->stripe_refund_id(),
			'failure_code'     => $this->row['failure_code'],
			'failure_message'  => $this->row['failure_message'] ?? self::failure_words( $this->row['failure_code'] ),
			'requested_by'     => $this->row['requested_by'],
			'requested_by_name' => ActorNames::of( $this->row['requested_by'] ),
			'created_at'       => (string) Times::iso( $this->row['created_at'] ),
			'updated_at'       => (string) Times::iso( $this->row['updated_at'] ),
			'settled_at'       => Times::iso( $this->row['settled_at'] ),
		);
	}

	/** Stripe gives no words with these; null for one that this version does not know. */
	private static function failure_words( ?string $code ): ?string {
		return match ( $code ) {
			'charge_disputed', 'charge_for_pending_refund_disputed' => __(
				'The payment was disputed before the refund was made. The dispute decides about the money.',
				'sell-my-images'
			),
			'expired_or_canceled_card' => __(
				'The card has expired or was cancelled. The money is back on your Stripe balance: return it to the customer in another way.',
				'sell-my-images'
			),
			'lost_or_stolen_card' => __(
				'The card was lost or stolen. The money is back on your Stripe balance: return it to the customer in another way.',
				'sell-my-images'
			),
			'declined' => __(
				'The customer’s bank refused the money. It is back on your Stripe balance: return it to the customer in another way.',
				'sell-my-images'
			),
			'insufficient_funds' => __(
				'Your Stripe balance did not cover the refund. No money was moved: add to the balance, then refund again.',
				'sell-my-images'
			),
			'merchant_request' => __( 'The refund was taken back in Stripe. The money was not returned.', 'sell-my-images' ),
			'unknown' => __( 'Stripe does not know why the refund failed. Look at it there before you refund again.', 'sell-my-images' ),
			default => null,
		};
	}
}
