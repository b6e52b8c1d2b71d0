<?php
/**
 * The last runs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Reconciliation;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Database\Transaction;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Uuid;

/**
 * Kept in an option, the newest first; one at a time runs. Its work is the command `reconcile` of the object `asked`, one row for life.
 */
final class Runs {

	public const OPTION = 'smi_reconciliations';

	/** The command's object. */
	public const ASKED = 'asked';

	private const KEPT = 5;

	public function __construct(
		private readonly StoredOptions $options,
		private readonly CommandRepository $commands,
		private readonly Transaction $transaction,
	) {}

	/** @return list<Run> The newest first. */
	public function all(): array {
		return self::read( $this->options->read( self::OPTION ) );
	}

	public function find( string $id ): ?Run {
		foreach ( $this->all() as $run ) {
			if ( $run->id() === $id ) {
				return $run;
			}
		}

		return null;
	}

	public function running(): ?Run {
		return self::running_of( $this->all() );
	}

	/**
	 * Asks for a run, unless one is under way.
	 *
	 * @param int $since Unix seconds.
	 * @return Run The one that runs now.
	 */
	public function start( bool $is_dry, int $since, string $id = '' ): Run {
		$id = '' === $id ? Uuid::v4() : $id;

		return $this->transaction->run(
			function () use ( $id, $is_dry, $since ): Run {
				$lease   = $this->commands->find( CommandKind::Reconcile, self::ASKED )->lease_no ?? 0;
				$running = Run::begin( $id, $is_dry, $since, Actor::current(), $lease );
				$this->options->change(
					self::OPTION,
					static function ( mixed $stored ) use ( &$running ): mixed {
						$runs    = self::read( $stored );
						$earlier = self::running_of( $runs );
						$running = $earlier ?? $running;

						return null === $earlier ? self::write( array_slice( array( $running, ...$runs ), 0, self::KEPT ) ) : $stored;
					}
				);
				if ( $running->id() === $id ) {
					$this->commands->hint( CommandKind::Reconcile, self::ASKED, null );
				}

				return $running;
			}
		);
	}

	/** What was seen stays; what the bridge brings of it from now on is not heeded. */
	public function stop( string $id ): ?Run {
		return $this->transaction->run(
			function () use ( $id ): ?Run {
				$was = $this->find( $id );
				if ( null === $was || ! $was->is_running() ) {
					return $was;
				}
				$this->commands->close( CommandKind::Reconcile, self::ASKED );

				return $this->change( $id, static fn( Run $run ): Run => $run->ended( Run::STOPPED ) ) ?? $this->find( $id );
			}
		);
	}

	/**
	 * @param callable(Run): Run $change May run more than once.
	 * @return Run|null As it is then; null when it does not run.
	 */
	public function change( string $id, callable $change ): ?Run {
		$changed = null;
		$this->options->change(
			self::OPTION,
			static function ( mixed $stored ) use ( $id, $change, &$changed ): mixed {
				$changed = null;
				$runs    = self::read( $stored );
				foreach ( $runs as $n => $run ) {
					if ( $run->id() === $id && $run->is_running() ) {
						$changed    = $change( $run );
						$runs[ $n ] = $changed;
					}
				}

				return null === $changed ? $stored : self::write( $runs );
			}
		);

		return $changed;
	}

	/** @param list<Run> $runs The runs. */
	private static function running_of( array $runs ): ?Run {
		foreach ( $runs as $run ) {
			if ( $run->is_running() ) {
				return $run;
			}
		}

		return null;
	}

	/** @return list<Run> */
	private static function read( mixed $stored ): array {
		return array_values( array_filter( array_map( array( Run::class, 'from_stored' ), is_array( $stored ) ? $stored : array() ) ) );
	}

	/**
	 * @param list<Run> $runs The runs.
	 * @return list<array<string,mixed>>
	 */
	private static function write( array $runs ): array {
		return array_map( static fn( Run $run ): array => $run->to_stored(), $runs );
	}
}
