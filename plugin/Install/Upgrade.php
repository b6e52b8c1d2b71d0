<?php
/**
 * Carries the rows of older tables over, in place.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\SiteCommandHandler;

/**
 * In slices that can be cut off anywhere and go on, by whoever comes first: a command of the site, a page of the admin, `wp smi upgrade`.
 * No row is lost, and selling goes on meanwhile.
 */
final class Upgrade implements SiteCommandHandler {

	/** Seconds after which a command looks again where another request is at it. */
	private const BUSY = 5;

	/**
	 * @param array<string,UpgradeStep> $steps By name.
	 */
	public function __construct(
		private readonly UpgradeState $state,
		private readonly Lock $lock,
		private readonly Trouble $trouble,
		private readonly Session $session,
		private readonly array $steps
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::UpgradeStep;
	}

	/** Whether steps are left. */
	public function is_running(): bool {
		return $this->state->is_running();
	}

	/**
	 * Whether keys are to be built soon. Who reads a whole table without them takes minutes, and an ALTER has to wait for the end of it.
	 * Where they cannot be built at all, nobody need wait for them.
	 */
	public function waits_for_keys(): bool {
		return ! $this->state->has_keys() && ( null === $this->trouble->get() || $this->trouble->may_pass() );
	}

	/**
	 * @param Command $command  Its object is the table.
	 * @param float   $deadline After which no new part is begun.
	 * @return int|null Seconds until it wants to go on; null when all is done.
	 */
	public function run( Command $command, float $deadline ): ?int {
		$went_on = $this->go_on( $deadline );
		if ( ! $this->state->is_running() ) {
			return null;
		}

		return max( $went_on ? 0 : self::BUSY, $this->state->waits(), $this->trouble->waits() );
	}

	/**
	 * @param float $deadline  microtime( true ) after which no new part is begun; one part is always tried.
	 * @param bool  $is_forced Whether a person asks for it, who need not wait for the next try.
	 * @return bool Whether this request did something.
	 */
	public function go_on( float $deadline, bool $is_forced = false ): bool {
		if ( ! $this->state->is_running() || $this->state->waits() > 0 || ( ! $is_forced && $this->trouble->waits() > 0 ) ) {
			return false;
		}

		return $this->trouble->watch(
			fn(): bool => $this->lock->during(
				function () use ( $deadline ): void {
					$this->state->forget();
					$this->session->during( fn() => $this->parts( $deadline ) );
				}
			)
		);
	}

	private function parts( float $deadline ): void {
		while ( $this->state->is_running() && $this->lock->renew() ) {
			$name = $this->state->todo()[0] ?? null;
			if ( null === $name ) {
				$this->state->finish();
				return;
			}
			$this->part( $name );
			if ( microtime( true ) >= $deadline ) {
				break;
			}
		}
		if ( array() === $this->state->todo() && $this->state->is_running() ) {
			$this->state->finish();
		}
	}

	/** A step of a version that is no more is done. One that waits for a person keeps no other waiting. */
	private function part( string $name ): void {
		try {
			$this->state->advance( isset( $this->steps[ $name ] ) ? $this->steps[ $name ]->run( $this->state->at() ) : null );
		} catch ( UpgradeBlocked $blocked ) {
			if ( ! $this->state->postpone() ) {
				throw $blocked;
			}
		}
	}
}
