<?php
/**
 * Forgets what nobody needs any more.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

use SellMyImages\Bridge\ProviderEvents;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Files\ResultFiles;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Durations;

/**
 * The daily `purge` command: finished commands after 7 days, event ids after 35, halves of uploads after one. Money is
 * kept for ever.
 */
final class Purge implements SiteCommandHandler {

	/** Rows in one statement. */
	private const BATCH = 500;

	/**
	 * @param CommandRepository $commands  Finished commands.
	 * @param ProviderEvents    $events    Event ids seen.
	 * @param ResultFiles       $files     Uploads.
	 * @param Settings          $settings  How long each is kept.
	 * @param list<callable>    $more      Each `callable( int $limit ): int` deletes at most $limit rows and says how many.
	 */
	public function __construct(
		private readonly CommandRepository $commands,
		private readonly ProviderEvents $events,
		private readonly ResultFiles $files,
		private readonly Settings $settings,
		private readonly array $more = array(),
	) {}

	/** Purge. */
	public function kind(): CommandKind {
		return CommandKind::Purge;
	}

	/**
	 * Deletes in small statements until the time is over.
	 *
	 * @param Command $command  The one about this site.
	 * @param float   $deadline microtime( true ).
	 * @return int Seconds: at once when there is more, else a day.
	 */
	public function run( Command $command, float $deadline ): int {
		$this->files->forget_parts( DAY_IN_SECONDS );
		foreach ( $this->steps() as $step ) {
			do {
				$deleted = $step( self::BATCH );
			} while ( $deleted >= self::BATCH && microtime( true ) < $deadline );
			if ( $deleted >= self::BATCH ) {
				return 1;
			}
		}
		return Durations::seconds( 'PURGE' );
	}

	/**
	 * What is forgotten, each in batches.
	 *
	 * @return list<callable>
	 */
	private function steps(): array {
		return array(
			fn( int $limit ): int => $this->commands->forget_done( $this->settings->keep_commands_days() * DAY_IN_SECONDS, $limit ),
			fn( int $limit ): int => $this->events->forget( $this->settings->keep_events_days() * DAY_IN_SECONDS, $limit ),
			...$this->more,
		);
	}
}
