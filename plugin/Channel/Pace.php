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
use SellMyImages\Commands\CommandClass;
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
	 * @param list<CommandClass> $room Of what the bridge could take more. For the rest it comes when it has ended something.
	 */
	public function next_in_ms( array $room ): int {
		$slow = 1000 * Durations::seconds( 'SYNC_SLOW' );
		if ( $this->safe_mode->is_on() ) {
			return $slow;
		}
		if ( $this->commands->has_open( CommandKind::BatchItem ) ) {
			return 0;
		}
		$rest = $this->interest->is_alive() ? 1000 * Durations::seconds( 'SYNC_FAST' ) : $slow;
		$site = $this->worker->next_due_in();
		$next = $this->next_due_in( $room );
		return min(
			$rest,
			null === $site ? $rest : 1000 * $site,
			null === $next ? $rest : max( self::BUSY, 1000 * $next )
		);
	}

	/**
	 * Seconds until the next command of these classes could be handed out.
	 *
	 * @param list<CommandClass> $room The classes.
	 * @return int|null 0 when one is due; null when nothing of them is open.
	 */
	private function next_due_in( array $room ): ?int {
		$kinds      = array_merge( ...array_map( static fn( CommandClass $class ): array => $class->kinds(), $room ) );
		$values     = array_map( static fn( CommandKind $kind ): string => $kind->value, $kinds );
		$takes_made = in_array( CommandClass::Deliver, $room, true );
		$takes_both = $takes_made && in_array( CommandClass::Poll, $room, true );
		return $this->commands->next_due_in(
			array_values( array_intersect( $this->handlers->bridge_kinds(), $values ) ),
			$takes_both ? null : $takes_made
		);
	}
}
