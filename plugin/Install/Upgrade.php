<?php
/**
 * Carries a smi_jobs table of the older layout over, in place.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Jobs\CounterProgress;
use SellMyImages\Support\Times;

/**
 * Columns at once (they take no time); then, in slices that can be cut off anywhere and go on: facts, indexes, counters, titles.
 * No row is lost, and selling goes on meanwhile.
 */
final class Upgrade implements SiteCommandHandler {

	/** Option: which step, and how far it is. Absent: nothing to do. */
	public const OPTION = 'smi_upgrade';

	/** Seconds until the last request that began under an earlier version is over; it would count past a mark that it does not know. */
	private const OLD_REQUESTS = 120;

	/**
	 * @param array<string,UpgradeStep> $steps By name, in order.
	 */
	public function __construct(
		private readonly OldColumns $columns,
		private readonly JobKeys $keys,
		private readonly LostColumn $lost,
		private readonly CounterProgress $progress,
		private readonly CommandRepository $commands,
		private readonly array $steps
	) {
	}

	/** Called where a smi_jobs table was there before this version came. Does nothing to tables of today's layout. */
	public function start(): void {
		// Two requests may come at once, and the other may have begun since this one read its options.
		$this->progress->forget();
		$first = $this->first_step();
		if ( ! $this->is_running() && null !== $first ) {
			if ( 'backfill' === $first ) {
				$this->progress->start();
			}
			$this->save( array( 'step' => $first, 'at' => 0, 'since' => Times::now() ) );
		}
		if ( null === $first && ! $this->is_running() ) {
			return;
		}
		$this->columns->add();
		$lacks_lost = $this->lost->is_missing();
		if ( $lacks_lost ) {
			$this->lost->add();
		}
		$this->commands->schedule( CommandKind::UpgradeStep, 'jobs', null, $lacks_lost ? self::OLD_REQUESTS : 0 );
	}

	/** @return string|null With which step an upgrade begins; null when nothing is missing. A table that only lacks keys has been counted. */
	private function first_step(): ?string {
		return match ( true ) {
			$this->columns->are_missing() => 'backfill',
			$this->keys->are_missing() => 'keys',
			$this->lost->is_missing() => 'lost',
			self::holds_whole_paths() => 'paths',
			default => null,
		};
	}

	/** Versions before 4 wrote the paths of files as they were on the server. */
	private static function holds_whole_paths(): bool {
		$version = (int) get_option( Installer::VERSION_OPTION, 0 );

		return $version > 0 && $version < 4;
	}

	/** When the upgrade that is under way began; UTC. */
	public static function since(): string {
		return (string) ( ( (array) get_option( self::OPTION, array() ) )['since'] ?? Times::now() );
	}

	public function is_running(): bool {
		return false !== get_option( self::OPTION, false );
	}

	public function kind(): CommandKind {
		return CommandKind::UpgradeStep;
	}

	/**
	 * @param Command $command  Its object is the table.
	 * @param float   $deadline After which no new part is begun.
	 * @return int|null Null when all is done.
	 */
	public function run( Command $command, float $deadline ): ?int {
		do {
			$state = get_option( self::OPTION, false );
			$step  = is_array( $state ) ? $this->steps[ $state['step'] ] ?? null : null;
			if ( null === $step ) {
				delete_option( self::OPTION );
				return null;
			}
			$this->advance( (string) $state['step'], $step->run( (int) $state['at'] ) );
		} while ( microtime( true ) < $deadline );

		return $this->is_running() ? 0 : null;
	}

	/** @param int|null $at How far the step is; null when it is done. */
	private function advance( string $step, ?int $at ): void {
		if ( null !== $at ) {
			$this->save( array( 'step' => $step, 'at' => $at ) + (array) get_option( self::OPTION, array() ) );
			return;
		}
		$names = array_keys( $this->steps );
		$next  = $names[ (int) array_search( $step, $names, true ) + 1 ] ?? null;
		if ( null === $next ) {
			delete_option( self::OPTION );
			return;
		}
		$this->save( array( 'step' => $next, 'at' => 0 ) + (array) get_option( self::OPTION, array() ) );
	}

	/** @param array<string,mixed> $state step, at and since: where to go on, and when it all began. */
	private function save( array $state ): void {
		update_option( self::OPTION, $state, true );
	}
}
