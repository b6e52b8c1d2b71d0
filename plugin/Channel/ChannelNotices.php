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
use SellMyImages\Bridge\SafeMode;

/**
 * Short codes with data; who shows them finds the words in ConnectionProblems.
 */
final class ChannelNotices {

	/** Seconds of difference that are worth a word, long before signatures fail. */
	private const SKEW = 120;

	/**
	 * @param BridgeStatus $status    Whether the bridge is there.
	 * @param BridgeState  $state     What it said.
	 * @param SafeMode     $safe_mode Whether the site holds still.
	 */
	public function __construct(
		private readonly BridgeStatus $status,
		private readonly BridgeState $state,
		private readonly SafeMode $safe_mode,
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
			'clock_skew'        => abs( $skew ) > self::SKEW ? array( 'seconds' => $skew ) : null,
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
}
