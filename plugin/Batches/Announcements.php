<?php
/**
 * Tells listeners what a batch has done.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\ActionSet;
use SellMyImages\Actions\Announced;
use SellMyImages\Hooks\Failures;

/**
 * A hook must not run inside a transaction, so it is fired when the action and the item's state are committed. Turns that a
 * process left behind when it died are fired again: listeners hear at least once, and our own starts nothing twice, for it
 * knows the batch's key. Where another plugin took our listener off and does the work itself, nothing of ours was begun:
 * the job waits again, to be looked at as if for the first time.
 */
final class Announcements {

	/** Seconds of firing after which the lease is prolonged: listeners of other plugins may be slow. */
	private const PATIENCE = 5.0;

	public function __construct( private readonly ItemRepository $items, private readonly ActionSet $actions ) {
	}

	/**
	 * @param list<Item>       $items     Committed turns.
	 * @param callable(): bool $may_go_on Whether the lease is still ours.
	 */
	public function fire( Batch $batch, array $items, callable $may_go_on ): void {
		$action = $this->actions->get( $batch->action );
		if ( ! $action instanceof Announced ) {
			return;
		}
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
			$outcomes[ $item->id ] = self::fire_one( $action, $batch, $item );
		}
		$this->items->settle( Item::COMMITTED, $outcomes );
	}

	/**
	 * Ends turns that a process left behind when it died.
	 *
	 * @param callable(): bool $may_go_on Whether the lease is still ours.
	 */
	public function recover( Batch $batch, callable $may_go_on ): void {
		$action = $this->actions->get( $batch->action );
		if ( ! $action instanceof Announced ) {
			return;
		}
		$left   = $this->items->in_state( $batch, Item::COMMITTED, 1000 );
		$begun  = array_filter( $left, static fn( Item $item ): bool => $action->is_begun( $item->job_id, $batch->key() ) );
		$others = array_udiff( $left, $begun, static fn( Item $a, Item $b ): int => $a->id <=> $b->id );
		$this->items->settle(
			Item::COMMITTED,
			array_fill_keys( array_map( static fn( Item $item ): int => $item->id, $others ), Outcome::waiting() )
		);
		$this->fire( $batch, array_values( $begun ), $may_go_on );
	}

	/** What a listener does wrong is no fault of this job, if the action was begun. */
	private static function fire_one( Announced $action, Batch $batch, Item $item ): Outcome {
		try {
			$failures = $action->announce( $item->job_id, $batch->request() );
		} catch ( \Throwable $error ) {
			Failures::note( Failures::WORK, $batch->action, $error, $item->job_id );
			$failures = 1;
		}

		return 0 === $failures || $action->is_begun( $item->job_id, $batch->key() ) ? Outcome::done() : Outcome::failed();
	}
}
