<?php
/**
 * Tells listeners that the images of a batch are being made again.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\Actions;
use SellMyImages\Hooks\Failures;
use SellMyImages\Upscaling\AttemptRepository;

/**
 * A hook must not run inside a transaction, so it is fired when the attempt and the item's state are committed. Turns that a
 * process left behind when it died are fired again: listeners hear at least once, and our own starts nothing twice, for the
 * batch's key makes its attempt unique. Where another plugin took our listener off and starts the work itself, there is no
 * attempt to look for: the job waits again, to be looked at as if for the first time.
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

	/**
	 * Ends turns that a process left behind when it died.
	 *
	 * @param callable(): bool $may_go_on Whether the lease is still ours.
	 */
	public function recover( Batch $batch, callable $may_go_on ): void {
		$left    = 'retry' === $batch->action ? $this->items->in_state( $batch, Item::COMMITTED, 1000 ) : array();
		$started = array_filter( $left, fn( Item $item ): bool => $this->has_started( $batch, $item ) );
		$others  = array_udiff( $left, $started, static fn( Item $a, Item $b ): int => $a->id <=> $b->id );
		$this->items->settle( Item::COMMITTED, array_fill_keys( array_map( static fn( Item $item ): int => $item->id, $others ), Outcome::waiting() ) );
		$this->fire( $batch, array_values( $started ), $may_go_on );
	}

	/** What a listener does wrong is no fault of this job, if its image is being made. */
	private function fire_one( Batch $batch, Item $item ): Outcome {
		try {
			$failures = Actions::fire_retry( $item->job_id, $batch->retry_context() );
		} catch ( \Throwable $error ) {
			Failures::note( Failures::WORK, 'retry', $error, $item->job_id );
			$failures = 1;
		}

		return 0 === $failures || $this->has_started( $batch, $item ) ? Outcome::done() : Outcome::failed();
	}

	private function has_started( Batch $batch, Item $item ): bool {
		return null !== $this->attempts->find_by_idempotency_key( $item->job_id, $batch->key() );
	}
}
