<?php
/**
 * What a payment says of the order that it is for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Support\Fields;

/**
 * Of resolve-snapshot.schema.json.
 */
final class ResolveSnapshot {

	/** Of the message. */
	public const TYPE = 'resolve';

	private function __construct(
		public readonly bool $livemode,
		public readonly bool $is_paid,
		public readonly ?string $smi_job,
		public readonly ?string $smi_site,
		public readonly ?string $session,
		public readonly ?string $payment_intent,
		public readonly ?int $attachment_id,
		public readonly ?int $post_id,
		public readonly ?string $resolution,
		/** In minor units of `currency`. */
		public readonly ?int $amount_minor,
		/** Lower case. */
		public readonly ?string $currency,
		public readonly ?string $email,
		/** Unix seconds. */
		public readonly ?int $created
	) {
	}

	/** @param array<mixed> $checked A snapshot that fits its contract. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );

		return new self(
			$fields->flag( 'livemode' ),
			$fields->flag( 'is_paid' ),
			$fields->text_or_null( 'smi_job' ),
			$fields->text_or_null( 'smi_site' ),
			$fields->text_or_null( 'session' ),
			$fields->text_or_null( 'payment_intent' ),
			$fields->number_or_null( 'attachment_id' ),
			$fields->number_or_null( 'post_id' ),
			$fields->text_or_null( 'resolution' ),
			$fields->number_or_null( 'amount_minor' ),
			$fields->text_or_null( 'currency' ),
			$fields->text_or_null( 'email' ),
			$fields->number_or_null( 'created' )
		);
	}
}
