<?php
/**
 * The bridge was heard.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;

/**
 * Notes each contact; after a long silence the bridge looks through everything, for webhooks may have been lost.
 */
final class Contact {

	/** Seconds of silence after which nothing is taken for granted. */
	private const SILENCE = 600;

	private bool $is_now = false;

	/**
	 * @param BridgeState       $state    When it was heard.
	 * @param CommandRepository $commands What it is asked.
	 */
	public function __construct( private readonly BridgeState $state, private readonly CommandRepository $commands ) {}

	/** The bridge just called. */
	public function note(): void {
		$this->is_now = true;
		$since = $this->state->seen();
		if ( null !== $since && $since > self::SILENCE ) {
			$this->commands->hint( CommandKind::Reconcile, 'objects', null );
		}
	}

	/** Whether it is the bridge that asks in this very request. */
	public function is_now(): bool {
		return $this->is_now;
	}
}
