<?php
/**
 * What the owner must know about the channel.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Bridge\PaymentsPause;
use SellMyImages\Bridge\ProviderHealth;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Bridge\StripeAccount;
use SellMyImages\Bridge\StripeRights;
use SellMyImages\Support\Times;

/**
 * Short codes with data; who shows them finds the words in ConnectionProblems.
 */
final class ChannelNotices {

	/** Seconds of difference that are worth a word, long before signatures fail. */
	private const SKEW = 120;

	/**
	 * @param BridgeStatus $status    Whether the bridge is there.
	 * @param BridgeState  $state     What it said.
	 * @param SafeMode       $safe_mode Whether the site holds still.
	 * @param PaymentsPause  $payments  Whether Stripe takes its key.
	 * @param ProviderHealth $health    What else it found out about the providers.
	 * @param StripeAccount|null $account With whose money.
	 */
	public function __construct(
		private readonly BridgeStatus $status,
		private readonly BridgeState $state,
		private readonly SafeMode $safe_mode,
		private readonly PaymentsPause $payments,
		private readonly ProviderHealth $health,
		private readonly ?StripeAccount $account = null,
	) {}

	/**
	 * Every notice, the gravest first.
	 *
	 * @return list<array{code:string,data:array<string,mixed>}>
	 */
	public function all(): array {
		$hello  = $this->state->hello();
		$skew   = (int) ( $hello['skew'] ?? 0 );
		$paired = $this->status->is_paired();
		$all    = array(
			'not_paired'        => $paired ? null : array(),
			'safe_mode'         => $this->safe_mode->is_on() ? array( 'reason' => $this->safe_mode->reason() ) : null,
			'protocol_mismatch' => isset( $hello['mismatch'] )
				? array( 'bridge' => $hello['mismatch'], 'plugin' => Hello::PROTOCOL )
				: null,
			'bridge_silent'     => $paired && $this->status->is_silent() ? array( 'last_seen' => $this->status->last_seen() ) : null,
			'stripe_account_changed' => $paired ? $this->account?->question() : null,
			'payments_blocked'  => $paired ? $this->payments_blocked() : null,
			'stripe_silent'     => $paired ? self::since( $this->health->unreachable_since( 'stripe' ) ) : null,
			'webhooks_refused'  => $paired ? $this->health->refused_webhooks() : null,
			'clock_skew'        => abs( $skew ) > self::SKEW ? array( 'seconds' => $skew ) : null,
			'fee_unknown'       => $paired && $this->health->lacks( StripeRights::BALANCE ) ? self::right( StripeRights::BALANCE ) : null,
		);
		$notices = array();
		foreach ( $all as $code => $data ) {
			if ( null !== $data ) {
				$notices[] = array(
					'code' => $code,
					'data' => $data,
				);
			}
		}
		return $notices;
	}

	/** @return array<string,mixed>|null */
	private function payments_blocked(): ?array {
		$state = $this->payments->state();
		if ( null === $state ) {
			return null;
		}
		$right = $state['right'];

		return array(
			'message' => $state['message'],
			'since'   => Times::iso( $state['since'] ),
		) + ( null === $right ? array( 'right' => null, 'right_words' => null ) : self::right( $right ) );
	}

	/** @return array{right:string,right_words:string} */
	private static function right( string $right ): array {
		return array(
			'right'       => $right,
			'right_words' => StripeRights::words( $right ),
		);
	}

	/** @return array{since:string}|null */
	private static function since( ?string $since ): ?array {
		return null === $since ? null : array( 'since' => $since );
	}
}
