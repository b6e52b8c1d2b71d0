<?php
/**
 * Whether the bridge is there.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Support\Durations;

/**
 * What other parts ask about the bridge.
 */
final class BridgeStatus {

	/**
	 * @param BridgeState $state What it said.
	 * @param KeyRing     $keys  Its keys.
	 */
	public function __construct( private readonly BridgeState $state, private readonly KeyRing $keys ) {}

	/** Whether nothing was heard of it for too long to sell. */
	public function is_silent(): bool {
		$seen = $this->state->seen_at();
		return null === $seen || time() - $seen > Durations::seconds( 'BRIDGE_SILENT' );
	}

	/** Whether a key is given out. */
	public function is_paired(): bool {
		return array() !== $this->keys->all();
	}

	/** When it was last heard; ISO-8601, UTC. */
	public function last_seen(): ?string {
		$seen = $this->state->seen_at();
		return null === $seen ? null : gmdate( 'Y-m-d\TH:i:s\Z', $seen );
	}

	/** Whether it works with live keys; null when it never said. */
	public function livemode(): ?bool {
		return $this->state->livemode();
	}

	/**
	 * In numbers and words, for the settings screen.
	 *
	 * @return array{paired:bool,silent:bool,last_seen:string|null,version:string|null,protocol:int|null,url:string|null,can_push:bool,
	 *   livemode:bool|null,stripe_account:string|null,clock_skew_s:int}
	 */
	public function health(): array {
		$hello = $this->state->hello();
		return array(
			'paired'         => $this->is_paired(),
			'silent'         => $this->is_silent(),
			'last_seen'      => $this->last_seen(),
			'version'        => $hello['version'] ?? null,
			'protocol'       => $hello['protocol'] ?? null,
			'url'            => $this->state->public_url(),
			'can_push'       => (bool) ( $hello['can_push'] ?? false ),
			'livemode'       => $this->livemode(),
			'stripe_account' => $hello['stripe_account'] ?? null,
			'clock_skew_s'   => (int) ( $hello['skew'] ?? 0 ),
		);
	}
}
