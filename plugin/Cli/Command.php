<?php
/**
 * `wp smi`.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Cli;

use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Channel\ConnectionProblems;
use SellMyImages\Channel\Pairing;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Upkeep\SiteWorker;

/**
 * Sell My Images from the command line.
 */
final class Command {

	/**
	 * @param SiteWorker         $worker   Does the site's own work.
	 * @param CommandRepository  $commands What waits.
	 * @param BridgeStatus       $status   Whether the bridge is there.
	 * @param ConnectionProblems $problems What is wrong.
	 * @param Pairing            $pairing  Makes connection strings.
	 * @param UpgradeCommand     $upgrade  Brings tables up to date.
	 * @param ReconcileCommand   $reconcile Compares with Stripe.
	 */
	public function __construct(
		private readonly SiteWorker $worker,
		private readonly CommandRepository $commands,
		private readonly BridgeStatus $status,
		private readonly ConnectionProblems $problems,
		private readonly Pairing $pairing,
		private readonly UpgradeCommand $upgrade,
		private readonly ReconcileCommand $reconcile,
	) {}

	/**
	 * Adds the command, where WP-CLI runs. Static: WP-CLI makes a subcommand of every other public method.
	 *
	 * @param callable(): self $make Makes it.
	 */
	public static function register( callable $make ): void {
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			\WP_CLI::add_command( 'smi', $make() );
		}
	}

	/**
	 * Does what the site itself has to do: mails, checks, tidying.
	 *
	 * Ends with an error when one of them failed; it will be tried again.
	 *
	 * ## OPTIONS
	 *
	 * [--seconds=<seconds>]
	 * : How long to go on at most.
	 * ---
	 * default: 30
	 * ---
	 *
	 * On a multisite, `--url` says for which site.
	 *
	 * @param list<string>         $args    None.
	 * @param array<string,mixed> $options seconds.
	 */
	public function work( array $args, array $options ): void {
		$seconds = $this->seconds( $options['seconds'] ?? 30 );
		$done    = $this->ask_database( fn(): int => $this->worker->run_slice( $seconds ) );
		$failed  = $this->worker->failures();
		$summary = sprintf( 1 === $done ? '%d command run.' : '%d commands run.', $done );
		foreach ( $failed as $failure ) {
			$this->say( 'warning', $failure );
		}
		if ( array() === $failed ) {
			$this->say( 'success', $summary );
			return;
		}
		$this->stop( sprintf( '%s %d of them failed. Nothing is lost: what failed will be tried again.', $summary, count( $failed ) ) );
	}

	/**
	 * Shows how the site and its bridge get on.
	 *
	 * Ends with an error when something needs somebody.
	 *
	 * @param list<string>         $args    None.
	 * @param array<string,string> $options None.
	 */
	public function status( array $args, array $options ): void {
		$backlog = $this->ask_database( fn(): array => $this->commands->backlog() );
		$this->say( 'log', 'Bridge last heard: ' . ( $this->status->last_seen() ?? 'never' ) );
		$this->say( 'log', sprintf( 'Commands: %d open, %d of them overdue.', $backlog['open'], $backlog['overdue'] ) );
		$problems = $this->problems->all();
		foreach ( $problems as $problem ) {
			$this->say( 'warning', $problem['message'] . ' ' . $problem['remedy'] );
		}
		if ( array() === $problems ) {
			$this->say( 'success', 'Site and bridge get on.' );
			return;
		}
		\WP_CLI::halt( 1 );
	}

	/**
	 * Makes a connection string and prints it, once.
	 *
	 * ## OPTIONS
	 *
	 * [--label=<label>]
	 * : What you call the bridge.
	 *
	 * @param list<string>         $args    None.
	 * @param array<string,string> $options label.
	 */
	public function pair( array $args, array $options ): void {
		try {
			$this->say( 'log', $this->pairing->create_connection_string( sanitize_text_field( $options['label'] ?? '' ) ) );
		} catch ( ActionRefused $refused ) {
			$this->stop( $refused->getMessage() );
		}
	}

	/** The option in seconds; ends the process when it is none. */
	private function seconds( mixed $given ): float {
		$seconds = is_numeric( $given ) ? (float) $given : 0.0;
		if ( $seconds <= 0 || ! is_finite( $seconds ) ) {
			$this->stop( 'Nothing was done: --seconds must be a number above 0, such as --seconds=30.' );
		}
		return $seconds;
	}

	/**
	 * Ends the process with a sentence when the database refuses.
	 *
	 * @template T
	 * @param callable(): T $work Asks it.
	 * @return T
	 */
	private function ask_database( callable $work ): mixed {
		try {
			return $work();
		} catch ( DatabaseError $error ) {
			$this->stop( 'The database refused, and what is due waits. Nothing is lost. It said: ' . $error->getMessage() );
		}
	}

	/**
	 * Ends the process with exit code 1.
	 *
	 * @param string $text Why.
	 */
	private function stop( string $text ): never {
		\WP_CLI::error( $text, false );
		\WP_CLI::halt( 1 );
	}

	/**
	 * Brings the plugin's tables up to date, or says what that would do.
	 *
	 * ## OPTIONS
	 *
	 * [--dry-run]
	 * : Say what would be done to each table and what is in the way, and change nothing. Ends with 1 when something is in the way.
	 *
	 * [--timezone=<zone>]
	 * : In which time zone an older version wrote its orders, such as Europe/Berlin or +02:00. Needed only where it asks.
	 *
	 * [--currency=<code>]
	 * : In which currency they were paid, such as EUR. Needed only where it asks.
	 *
	 * ## EXAMPLES
	 *
	 *     wp smi upgrade --dry-run
	 *     wp smi upgrade --timezone=Europe/Berlin --currency=EUR
	 *
	 * On a multisite, `--url` says for which site.
	 *
	 * @param list<string>              $args    None.
	 * @param array<string,string|bool> $options dry-run, timezone, currency.
	 */
	public function upgrade( array $args, array $options ): void {
		$say    = fn( string $how, string $text ) => $this->say( $how, $text );
		$is_dry = isset( $options['dry-run'] ) && 'false' !== $options['dry-run'] && false !== $options['dry-run'];
		$zone   = self::answer( $options['timezone'] ?? null );
		$money  = self::answer( $options['currency'] ?? null );
		$is_dry ? $this->upgrade->plan( $say, $zone, $money ) : $this->upgrade->run( $say, $zone, $money );
	}

	/**
	 * Compares the payments with Stripe, and puts right what differs.
	 *
	 * The bridge does the looking; it goes on when this command has ended. Ends with 1 when it could not be begun, or failed.
	 *
	 * ## OPTIONS
	 *
	 * [--dry-run]
	 * : Only say what would change.
	 *
	 * [--since=<date>]
	 * : What was made at Stripe from then on, such as 2026-11-01. 30 days ago when missing.
	 *
	 * [--wait]
	 * : Stay until it has ended, and tell what it found.
	 *
	 * ## EXAMPLES
	 *
	 *     wp smi reconcile --dry-run --since=2026-11-01 --wait
	 *
	 * On a multisite, `--url` says for which site.
	 *
	 * @param list<string>              $args    None.
	 * @param array<string,string|bool> $options dry-run, since, wait.
	 */
	public function reconcile( array $args, array $options ): void {
		$say   = fn( string $how, string $text ) => $this->say( $how, $text );
		$is_on = static fn( string $name ): bool => ! in_array( $options[ $name ] ?? false, array( 'false', false ), true );
		$since = self::answer( $options['since'] ?? null );
		$why   = $this->ask_database( fn(): ?string => $this->reconcile->run( $say, $is_on( 'dry-run' ), $since, $is_on( 'wait' ) ) );
		if ( null !== $why ) {
			$this->stop( $why );
		}
	}

	/** An option without a value is true, and no answer that anybody takes. */
	private static function answer( mixed $given ): ?string {
		return null === $given || is_string( $given ) ? $given : '';
	}

	/**
	 * Says something, as WP-CLI does.
	 *
	 * @param string $how  log, success or warning.
	 * @param string $text What.
	 */
	private function say( string $how, string $text ): void {
		\WP_CLI::$how( $text );
	}
}
