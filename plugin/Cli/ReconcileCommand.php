<?php
/**
 * `wp smi reconcile`.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Cli;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Owner\ReconciliationPresenter;
use SellMyImages\Owner\ReconciliationStart;
use SellMyImages\Reconciliation\Run;
use SellMyImages\Reconciliation\Runs;

/**
 * Asks for a look through all that Stripe has, and tells what it found.
 */
final class ReconcileCommand {

	/** Seconds between two looks at how it stands. */
	private const EVERY = 2;

	public function __construct(
		private readonly Runs $runs,
		private readonly ReconciliationStart $start,
		private readonly ReconciliationPresenter $presenter,
	) {}

	/**
	 * @param callable(string,string): void $say   How and what: log, success or warning.
	 * @param string|null                   $since ISO 8601.
	 * @return string|null Why nothing was done, or what ended it; null: all went well.
	 */
	public function run( callable $say, bool $is_dry, ?string $since, bool $is_waiting ): ?string {
		try {
			[ $run, $is_new ] = $this->start->begin( $is_dry, $since );
		} catch ( InvalidFilter $invalid ) {
			return 'Nothing was done: --since: ' . $invalid->getMessage();
		} catch ( ActionRefused $refused ) {
			return $refused->getMessage();
		}
		if ( ! $is_new ) {
			$say( 'warning', 'One is running already; this is how it stands.' );
		}
		while ( $is_waiting && $run->is_running() ) {
			sleep( self::EVERY );
			$run = $this->runs->find( $run->id() ) ?? $run;
		}

		return $this->tell( $say, $run );
	}

	/** @param callable(string,string): void $say How and what. */
	private function tell( callable $say, Run $run ): ?string {
		$told = $this->presenter->present( $run );
		foreach ( $told['differences'] as $difference ) {
			$about = $difference['job_id'] ?? $difference['object'];
			$say( 'log', "$about  {$difference['outcome']}  {$difference['message']}" );
		}
		if ( null !== $told['trouble'] ) {
			$say( 'warning', $told['trouble']['message'] );
		}
		if ( in_array( $run->state(), array( Run::FAILED, Run::STOPPED ), true ) ) {
			return $told['message'];
		}
		$say( $run->is_running() ? 'log' : 'success', $told['message'] );

		return null;
	}
}
