<?php
/**
 * Fires the hook that makes images again, for the jobs of a batch.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Jobs\Actions;
use SellMyImages\Upscaling\AttemptRepository;

/**
 * A hook must not run inside a transaction, so the turn is committed first and the hook fired after. Whoever finds a
 * committed turn that nobody is firing looks for the attempt, which the batch's key makes unique: it is there, and the
 * turn is done; or it is not, and the job waits again, to be looked at as if for the first time.
 */
final class RetryTurns {

	/** Seconds of firing after which the lease is prolonged: listeners of other plugins may be slow. */
	private const PATIENCE = 5.0;

	public function __construct( private readonly ItemRepository $items, private readonly AttemptRepository $attempts ) {
	}

	/**
	 * @param list<Item>       $items     Committed turns.
	 * @param callable(): bool $may_go_on Whether the lease is still ours.
	 */
	public function fire( Batch $batch, array $items, callable $may_go_on ): void {
		$outcomes = array();
		$renewed  = microtime( true );
		foreach ( $items as $item ) {
			if ( microtime( true ) - $renewed > self::PATIENCE ) {
				$this->items->settle( Item::COMMITTED, $outcomes );
				$outcomes = array();
				$renewed  = microtime( true );
				if ( ! $may_go_on() ) {
					return;
				}
			}
			$outcomes[ $item->id ] = $this->fire_one( $batch, $item );
		}
		$this->items->settle( Item::COMMITTED, $outcomes );
	}

	/** Ends turns that a process left behind when it died. */
	public function recover( Batch $batch ): void {
		$outcomes = array();
		foreach ( 'retry' === $batch->action ? $this->items->in_state( $batch, Item::COMMITTED, 1000 ) : array() as $item ) {
			$outcomes[ $item->id ] = $this->has_started( $batch, $item ) ? Outcome::done() : Outcome::waiting();
		}
		$this->items->settle( Item::COMMITTED, $outcomes );
	}

	/** What a listener does wrong is no fault of this job, if its image is being made. */
	private function fire_one( Batch $batch, Item $item ): Outcome {
		try {
			Actions::fire_retry( $item->job_id, 'batch', $batch->key() );
		} catch ( \Throwable $error ) {
			error_log( "Sell My Images: a listener of smi_payment_completed failed for job $item->job_id in batch $batch->uuid. " . $error->getMessage() ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- the screen says that it stands here.

			return $this->has_started( $batch, $item ) ? Outcome::done() : Outcome::failed();
		}

		return Outcome::done();
	}

	private function has_started( Batch $batch, Item $item ): bool {
		return null !== $this->attempts->find_by_idempotency_key( $item->job_id, $batch->key() );
	}
}
