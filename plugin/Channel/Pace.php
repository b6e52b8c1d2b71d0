<?php
/**
 * When the bridge is to come again.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\Interest;
use SellMyImages\Bridge\SafeMode;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Handlers;
use SellMyImages\Support\Durations;
use SellMyImages\Upkeep\SiteWorker;

/**
 * Every second while somebody may buy, at once while work waits, else every fifteen seconds.
 */
final class Pace {

	/** Milliseconds to wait for a command that is due but was not handed out: its job is busy. */
	private const BUSY = 250;

	/**
	 * @param CommandRepository $commands  What is open.
	 * @param Handlers          $handlers  What can be done about it.
	 * @param SiteWorker        $worker    The site's own.
	 * @param Interest          $interest  Whether somebody may buy.
	 * @param SafeMode          $safe_mode Whether the site holds still.
	 */
	public function __construct(
		private readonly CommandRepository $commands,
		private readonly Handlers $handlers,
		private readonly SiteWorker $worker,
		private readonly Interest $interest,
		private readonly SafeMode $safe_mode,
	) {}

	/**
	 * Milliseconds.
	 *
	 * @param bool $has_room Whether the bridge could take more commands.
	 */
	public function next_in_ms( bool $has_room ): int {
		$slow = 1000 * Durations::seconds( 'SYNC_SLOW' );
		if ( $this->safe_mode->is_on() ) {
			return $slow;
		}
		if ( $this->commands->has_open( CommandKind::BatchItem ) ) {
			return 0;
		}
		$rest = $this->interest->is_alive() ? 1000 * Durations::seconds( 'SYNC_FAST' ) : $slow;
		$site = $this->worker->next_due_in();
		$next = $has_room ? $this->commands->next_due_in( $this->handlers->bridge_kinds() ) : null;
		return min(
			$rest,
			null === $site ? $rest : 1000 * $site,
			null === $next ? $rest : max( self::BUSY, 1000 * $next )
		);
	}
}
