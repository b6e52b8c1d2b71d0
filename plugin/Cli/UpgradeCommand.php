<?php
/**
 * `wp smi upgrade`.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Cli;

use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\OlderFinding;
use SellMyImages\Install\OlderWords;
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
		private readonly UpgradePlan $plan,
		private readonly OlderFacts $older
	) {
	}

	/**
	 * @param callable( string, string ): mixed $say      log, success, warning or error.
	 * @param string|null                       $timezone As if this had been answered.
	 * @param string|null                       $currency As if this had been answered.
	 */
	public function plan( callable $say, ?string $timezone = null, ?string $currency = null ): void {
		try {
			$answers   = OlderFacts::checked( $timezone, $currency );
			$tables    = array_filter( $this->plan->tables() );
			$obstacles = $this->plan->obstacles();
			$older     = $this->state->is_done() ? array( 'found' => array(), 'asked' => array() ) : $this->plan->older( $answers );
		} catch ( \InvalidArgumentException $refused ) {
			$say( 'error', $refused->getMessage() );
			return;
		} catch ( \Throwable $error ) {
			$say( 'error', 'The tables could not be read: ' . $error->getMessage() );
			return;
		}
		foreach ( $tables as $table => $does ) {
			$say( 'log', "$table: " . implode( '; ', $does ) );
		}
		foreach ( $older['found'] as $sentence ) {
			$say( 'log', $sentence );
		}
		foreach ( array( ...$older['asked'], ...$obstacles ) as $sentence ) {
			$say( 'warning', $sentence );
		}
		array() === $obstacles
			? $say(
				'success',
				array() === $tables ? 'All tables are as they should be.' : 'Nothing is in the way. Nothing was changed yet.'
			)
			: $say( 'error', 'This is in the way. Nothing was changed.' );
	}

	/**
	 * @param callable( string, string ): mixed $say      log, success or error.
	 * @param string|null                       $timezone In which older orders were written, where it has to be told.
	 * @param string|null                       $currency In which they were paid.
	 */
	public function run( callable $say, ?string $timezone = null, ?string $currency = null ): void {
		try {
			$used = $this->older->used();
			null === $timezone && null === $currency ? null : $this->answer( $timezone, $currency );
		} catch ( \InvalidArgumentException $refused ) {
			$say( 'error', $refused->getMessage() );
			return;
		} catch ( \Throwable $error ) {
			$say( 'error', 'The tables could not be read: ' . $error->getMessage() );
			return;
		}
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
		// What kept an earlier try from going on is found out again.
		$is_over = $this->state->is_done();
		while ( ! $is_over && time() < $until ) {
			$this->one_slice( $say );
			$is_over = $this->state->is_done() || ( null !== $this->report->trouble() && ! $this->report->may_pass() );
		}
		$this->say_what_was_used( $say, $used );
		if ( ! $this->state->is_done() || null !== $this->report->trouble() ) {
			$say(
				'error',
				$this->report->trouble() ?? 'Another request is at it, and not done yet. Nothing is lost. Call this again in some minutes.'
			);
			return;
		}
		$say( 'success', 'All tables are as they should be.' );
	}

	/** @throws \InvalidArgumentException With a sentence. */
	private function answer( ?string $timezone, ?string $currency ): void {
		OlderFacts::checked( $timezone, $currency );
		if ( null === $this->older->used() && 0 === $this->older->count() ) {
			throw new \InvalidArgumentException(
				'No older orders wait to be put right. Leave --timezone and --currency out. Nothing was changed.'
			);
		}
		$this->older->answer( $timezone, $currency );
		$this->setup->again();
	}

	/**
	 * @param callable( string, string ): mixed $say  log, success or error.
	 * @param OlderFinding|null                 $used What was used before this run already.
	 */
	private function say_what_was_used( callable $say, ?OlderFinding $used ): void {
		$now = $this->older->used();
		foreach ( null === $used && null !== $now ? OlderWords::used( $now ) : array() as $sentence ) {
			$say( 'log', $sentence );
		}
	}

	/** @param callable( string, string ): mixed $say log, success or error. */
	private function one_slice( callable $say ): void {
		if ( $this->state->is_running() && $this->upgrade->go_on( microtime( true ) + self::SLICE, true ) ) {
			$say( 'log', sprintf( '%d %% done.', $this->state->is_done() ? 100 : $this->report->percent() ) );
			return;
		}
		if ( $this->report->may_pass() && null !== $this->report->trouble() ) {
			$say( 'log', $this->report->trouble() );
		}
		// Requests of the version before have to be over, or another is at it, or holds a table.
		sleep( 1 );
		$this->state->forget();
		$this->setup->run( true );
	}
}
