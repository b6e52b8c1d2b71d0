<?php
/**
 * `wp smi`.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Cli;

use SellMyImages\Channel\BridgeStatus;
use SellMyImages\Channel\ConnectionProblems;
use SellMyImages\Channel\Pairing;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\SiteWorker;
use SellMyImages\Jobs\ActionRefused;

/**
 * Sell My Images from the command line.
 */
final class Command {

	/**
	 * Stores its collaborators.
	 *
	 * @param SiteWorker         $worker   Does the site's own work.
	 * @param CommandRepository  $commands What waits.
	 * @param BridgeStatus       $status   Whether the bridge is there.
	 * @param ConnectionProblems $problems What is wrong.
	 * @param Pairing            $pairing  Makes connection strings.
	 */
	public function __construct(
		private readonly SiteWorker $worker,
		private readonly CommandRepository $commands,
		private readonly BridgeStatus $status,
		private readonly ConnectionProblems $problems,
		private readonly Pairing $pairing,
	) {}

	/** Adds the command, where WP-CLI runs. */
	public function register(): void {
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			\WP_CLI::add_command( 'smi', $this ); // @phpstan-ignore class.notFound (there only under WP-CLI)
		}
	}

	/**
	 * Does what the site itself has to do: mails, checks, tidying.
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
	 * @param array<string,string> $options seconds.
	 */
	public function work( array $args, array $options ): void {
		$done = $this->worker->run_slice( (float) ( $options['seconds'] ?? 30 ) );
		$this->say( 'success', sprintf( '%d commands run.', $done ) );
	}

	/**
	 * Shows how the site and its bridge get on.
	 *
	 * @param list<string>         $args    None.
	 * @param array<string,string> $options None.
	 */
	public function status( array $args, array $options ): void {
		$backlog = $this->commands->backlog();
		$this->say( 'log', 'Bridge last heard: ' . ( $this->status->last_seen() ?? 'never' ) );
		$this->say( 'log', sprintf( 'Commands: %d open, %d of them overdue.', $backlog['open'], $backlog['overdue'] ) );
		foreach ( $this->problems->all() as $problem ) {
			$this->say( 'warning', $problem['message'] . ' ' . $problem['remedy'] );
		}
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
			$this->say( 'error', $refused->getMessage() );
		}
	}

	/**
	 * Says something, as WP-CLI does.
	 *
	 * @param string $how  log, success, warning or error; the last one ends the process.
	 * @param string $text What.
	 */
	private function say( string $how, string $text ): void {
		\WP_CLI::$how( $text );
	}
}
