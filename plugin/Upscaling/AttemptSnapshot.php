<?php
/**
 * An attempt, as its provider has it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Support\Fields;

/**
 * Of attempt-snapshot.schema.json, made once, where the report comes in. The file itself is looked at where it was uploaded.
 */
final class AttemptSnapshot {

	/** Of the message. */
	public const TYPE = 'attempt';

	private function __construct(
		public readonly ?string $provider_id,
		public readonly ProviderState $state,
		/** Whether another try may help; only with failed. */
		public readonly bool $is_transient,
		/** A short word for why it failed. */
		public readonly ?string $code,
		/** The same in the provider's own words. */
		public readonly ?string $error,
		/** What it cost; null: not told. */
		public readonly ?int $credits,
		/** Of the file; null: there is none. */
		public readonly ?string $sha256
	) {
	}

	/** @param array<mixed> $checked A snapshot that fits its contract. */
	public static function from_array( array $checked ): self {
		$fields = new Fields( $checked );
		$file   = $fields->part( 'file' );

		return new self(
			$fields->text_or_null( 'provider_id' ),
			ProviderState::from( $fields->text( 'state' ) ),
			$fields->flag( 'is_transient' ),
			$fields->text_or_null( 'code' ),
			$fields->text_or_null( 'error' ),
			$fields->number_or_null( 'credits' ),
			null === $file ? null : ( new Fields( $file ) )->text( 'sha256' )
		);
	}
}
