<?php
/**
 * `wp smi upgrade`.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Cli;

use SellMyImages\Install\Setup;
use SellMyImages\Install\TablesCheck;
use SellMyImages\Install\Upgrade;
use SellMyImages\Install\UpgradePlan;
use SellMyImages\Install\UpgradeReport;
use SellMyImages\Install\UpgradeState;

/**
 * Says things by a callable `( string $how, string $text )`, where `error` ends the process with 1.
 */
final class UpgradeCommand {

	/** Seconds between two lines about how far it is. */
	private const SLICE = 5.0;

	/** Seconds to wait for another request that is at it, all in all. */
	private const PATIENCE = 900;

	public function __construct(
		private readonly Setup $setup,
		private readonly Upgrade $upgrade,
		private readonly UpgradeState $state,
		private readonly TablesCheck $check,
		private readonly UpgradeReport $report,
		private readonly UpgradePlan $plan
	) {
	}

	/** @param callable( string, string ): mixed $say log, success or error. */
	public function plan( callable $say ): void {
		try {
			$tables    = array_filter( $this->plan->tables() );
			$obstacles = $this->plan->obstacles();
		} catch ( \Throwable $error ) {
			$say( 'error', 'The tables could not be read: ' . $error->getMessage() );
			return;
		}
		foreach ( $tables as $table => $does ) {
			$say( 'log', "$table: " . implode( '; ', $does ) );
		}
		foreach ( $obstacles as $obstacle ) {
			$say( 'warning', $obstacle );
		}
		array() === $obstacles
			? $say( 'success', array() === $tables ? 'All tables are as they should be.' : 'Nothing is in the way. Nothing was changed yet.' )
			: $say( 'error', 'This is in the way. Nothing was changed.' );
	}

	/** @param callable( string, string ): mixed $say log, success or error. */
	public function run( callable $say ): void {
		if ( $this->state->is_done() ) {
			try {
				$this->check->look();
			} catch ( \Throwable $error ) {
				$say( 'error', 'The tables could not be read: ' . $error->getMessage() );
				return;
			}
		}
		$until = time() + self::PATIENCE;
		$this->setup->run( true );
		while ( ! $this->state->is_done() && null === $this->report->trouble() && time() < $until ) {
			$this->one_slice( $say );
		}
		if ( ! $this->state->is_done() || null !== $this->report->trouble() ) {
			$say( 'error', $this->report->trouble() ?? 'Another request is at it, and not done yet. Nothing is lost. Call this again in some minutes.' );
			return;
		}
		$say( 'success', 'All tables are as they should be.' );
	}

	/** @param callable( string, string ): mixed $say log, success or error. */
	private function one_slice( callable $say ): void {
		if ( $this->state->is_running() && $this->upgrade->go_on( microtime( true ) + self::SLICE, true ) ) {
			$say( 'log', sprintf( '%d %% done.', $this->state->is_done() ? 100 : $this->report->percent() ) );
			return;
		}
		// Requests of the version before have to be over, or another is at it.
		sleep( 1 );
		$this->state->forget();
		$this->setup->run( true );
	}
}
