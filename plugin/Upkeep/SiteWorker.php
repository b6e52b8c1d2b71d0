<?php
/**
 * Carries out what the site does itself.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

use SellMyImages\Bridge\SafeMode;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\Handlers;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Database\Transaction;
use SellMyImages\Hooks\Failures;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Redaction;

/**
 * Short slices of site commands, run by whoever comes first: the bridge's sync, WP-Cron, the Jobs screen's poll,
 * `wp smi work`. Two at once are harmless: a command is taken by compare-and-set.
 *
 * What it writes is written in transactions, one statement or not: somebody else's, left open by an event of WP-Cron before ours or by a
 * plugin that sends mail, ends there. Inside it the end of a command would be undone when the request ends, and the command carried out
 * again.
 */
final class SiteWorker {

	/** Commands that exist once and for ever, each about the whole site. */
	private const REPEATING = array( CommandKind::Sweep, CommandKind::Purge );

	/** Seconds before a failed command is tried again; doubled each time up to the longest. */
	private const BACKOFF     = 10;
	private const BACKOFF_MAX = 3600;

	/** @var list<string> What went wrong in the last slice. */
	private array $failures = array();

	/**
	 * @param CommandRepository $commands  The rows.
	 * @param Handlers          $handlers  Who knows each kind.
	 * @param SafeMode          $safe_mode A copy of a live site does nothing but upgrade itself.
	 * @param Transaction       $transaction The database's.
	 * @param \Closure|null     $is_usable Whether the tables are there; null: they are.
	 * @param \Closure|null     $may_sweep Whether a whole table may be looked through; null: it may.
	 */
	public function __construct(
		private readonly CommandRepository $commands,
		private readonly Handlers $handlers,
		private readonly SafeMode $safe_mode,
		private readonly Transaction $transaction,
		private readonly ?\Closure $is_usable = null,
		private readonly ?\Closure $may_sweep = null,
	) {}

	/**
	 * Works until nothing is due or the time is over.
	 *
	 * @param float $seconds No new step starts after so long.
	 * @return int Commands run.
	 */
	public function run_slice( float $seconds = 2.0 ): int {
		$this->failures = array();
		if ( null !== $this->is_usable && ! ( $this->is_usable )() ) {
			return 0;
		}
		$deadline = microtime( true ) + $seconds;
		$this->transaction->run( fn() => $this->ensure_repeating() );
		$done = 0;
		while ( microtime( true ) < $deadline ) {
			$command = $this->take_next();
			if ( null === $command ) {
				break;
			}
			$this->carry_out( $command, $deadline );
			++$done;
		}
		return $done;
	}

	/** @return list<string> What went wrong in the last slice, for who can tell somebody: each will be tried again. */
	public function failures(): array {
		return $this->failures;
	}

	/**
	 * Works on one command that somebody is looking at, if nobody else does.
	 *
	 * @param CommandKind $kind    Its kind.
	 * @param string      $target  Its object.
	 * @param float       $seconds No new step starts after so long.
	 */
	public function run_one( CommandKind $kind, string $target, float $seconds = 2.0 ): void {
		$command = in_array( $kind->value, $this->kinds(), true ) ? $this->commands->find( $kind, $target ) : null;
		$taken   = null === $command ? null : $this->take( $command );
		if ( null !== $taken ) {
			$this->carry_out( $taken, microtime( true ) + $seconds );
		}
	}

	/**
	 * A short slice after the answer was sent, for routes that a screen polls. Where the answer cannot be sent
	 * first (no FPM), the bridge's heartbeat and WP-Cron do it instead.
	 */
	public function tick(): void {
		if ( ! function_exists( 'fastcgi_finish_request' ) ) {
			return;
		}
		add_action(
			'shutdown',
			function (): void {
				fastcgi_finish_request();
				try {
					$this->run_slice( 1.0 );
				} catch ( \Throwable $error ) {
					// Others hear of the request's end after us.
					// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- nobody is looking.
					error_log( 'Sell My Images: nothing could be done now, and will be tried again. ' . $error->getMessage() );
				}
			},
			100
		);
	}

	/** Seconds until something is due; 0 for now; null for never. */
	public function next_due_in(): ?int {
		return $this->commands->next_due_in( $this->kinds() );
	}

	/** Takes the next due command. */
	private function take_next(): ?Command {
		foreach ( $this->commands->due( $this->kinds(), 5 ) as $command ) {
			$taken = $this->take( $command );
			if ( null !== $taken ) {
				return $taken;
			}
		}
		return null;
	}

	/** @return Command|null Under its lease; null when somebody was faster. */
	private function take( Command $command ): ?Command {
		return $this->transaction->run( fn(): ?Command => $this->commands->take( $command, Durations::seconds( 'LEASE' ) ) );
	}

	/**
	 * Runs one command and ends its lease. A failure is noted for Site Health and tried again later: it must not stop the others.
	 *
	 * @param Command $command  Taken.
	 * @param float   $deadline microtime( true ).
	 */
	private function carry_out( Command $command, float $deadline ): void {
		try {
			$again = $this->handlers->site( $command->kind )?->run( $command, $deadline );
			$this->transaction->run( fn() => $this->commands->finish( $command, $again ) );
		} catch ( \Throwable $error ) {
			$this->failures[] = $command->kind->value . ': ' . Redaction::text( $error->getMessage() );
			if ( ! $error instanceof DatabaseError || ! ( $error->is_passing() || $error->is_lost_connection() ) ) {
				Failures::note( Failures::WORK, $command->kind->value, $error, $command->object );
			}
			$seconds = min( self::BACKOFF_MAX, self::BACKOFF * 2 ** min( 10, $command->tries ) );
			$this->transaction->run( fn() => $this->commands->release( $command, $seconds ) );
		}
	}

	/**
	 * What may run now.
	 *
	 * @return list<string>
	 */
	private function kinds(): array {
		$kinds = $this->handlers->site_kinds();
		if ( null !== $this->may_sweep && ! ( $this->may_sweep )() ) {
			$kinds = array_values( array_diff( $kinds, array_column( self::REPEATING, 'value' ) ) );
		}
		return $this->safe_mode->is_on() ? array_values( array_intersect( $kinds, array( CommandKind::UpgradeStep->value ) ) ) : $kinds;
	}

	/** Makes the commands that repeat for ever, where they are missing. */
	private function ensure_repeating(): void {
		foreach ( self::REPEATING as $kind ) {
			if ( null !== $this->handlers->site( $kind ) && null === $this->commands->find( $kind, 'site' ) ) {
				$this->commands->schedule( $kind, 'site', null, 0 );
			}
		}
	}
}
