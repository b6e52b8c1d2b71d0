<?php
/**
 * What a list at Stripe showed of one object.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Reconciliation;

use SellMyImages\Support\Money;

/**
 * Read from a hint of a pass, and from the row that is kept of it.
 */
final class StripeObject {

	public const SESSION = 'checkout.session';
	public const REFUND  = 'refund';
	public const DISPUTE = 'dispute';

	/** The types of such hints: of a pass that is acted on, and of one that is only told about. */
	private const TYPE = '/^(?:reconcile|look)\.(checkout\.session|refund|dispute)$/D';

	/**
	 * @param string      $type     One of the constants.
	 * @param string      $id       Stripe's number of it.
	 * @param string      $state    As `state` of hint.schema.json.
	 * @param string|null $ref      The session, or else the intent, by which a job is found.
	 * @param int|null    $minor    Minor units; null: not told.
	 * @param string|null $currency ISO 4217.
	 * @param string      $site     UUID of the shop that it names; '': none.
	 */
	public function __construct(
		public readonly string $type,
		public readonly string $id,
		public readonly string $state,
		public readonly ?string $ref,
		public readonly ?int $minor,
		public readonly ?string $currency,
		public readonly string $site = '',
	) {}

	/**
	 * @param array<string,mixed> $hint As hint.schema.json has it; its id ends with the object's, after a colon.
	 * @return self|null Null for a hint that no pass through lists makes.
	 */
	public static function of_hint( array $hint ): ?self {
		if ( 1 !== preg_match( self::TYPE, (string) ( $hint['type'] ?? '' ), $found ) ) {
			return null;
		}
		$text = static fn( string $name ): ?string => '' === (string) ( $hint[ $name ] ?? '' ) ? null : (string) $hint[ $name ];
		$ends = explode( ':', (string) $hint['id'], 2 );

		return new self(
			$found[1],
			mb_substr( $ends[1] ?? '', 0, 255 ),
			(string) $text( 'state' ),
			$text( 'session' ) ?? $text( 'payment_intent' ),
			isset( $hint['amount'] ) ? (int) $hint['amount'] : null,
			null === $text( 'currency' ) ? null : strtoupper( (string) $text( 'currency' ) ),
			(string) $text( 'site' )
		);
	}

	/** @return list<string> The parts of its state. */
	public function states(): array {
		return explode( '/', $this->state );
	}

	/** A decimal; null where it was not told. */
	public function amount(): ?string {
		return null === $this->minor || null === $this->currency ? null : Money::to_decimal( $this->minor, $this->currency );
	}
}
