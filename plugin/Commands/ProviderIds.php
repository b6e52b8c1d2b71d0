<?php
/**
 * What the providers call the things that a command made.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Support\Fields;

/**
 * The `provider_ids` of a report.
 */
final class ProviderIds {

	private function __construct(
		public readonly ?string $session,
		public readonly ?string $session_url,
		public readonly ?string $payment_intent,
		public readonly ?string $refund,
		public readonly ?string $upsampler
	) {
	}

	/** @param array<mixed> $checked Of report.schema.json. */
	public static function from_array( array $checked ): self {
		$ids = new Fields( $checked );

		return new self(
			$ids->text_or_null( 'session' ),
			$ids->text_or_null( 'session_url' ),
			$ids->text_or_null( 'payment_intent' ),
			$ids->text_or_null( 'refund' ),
			$ids->text_or_null( 'upsampler' )
		);
	}
}
