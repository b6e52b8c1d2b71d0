<?php
/**
 * The `batch_item` command: does a batch, slice by slice.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\ActionSet;
use SellMyImages\Actions\JobFactsReader;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Redaction;

/**
 * Can be killed at any instruction and run twice at once. A job's result is written in the transaction of its action, so neither is there
 * without the other. One command stands for the whole batch: a command per job would be twenty times the writes, and its lease keeps others
 * from working for nothing.
 */
final class BatchRunner implements SiteCommandHandler {

	/** Jobs in one transaction. */
	private const GROUP = 50;

	/** Seconds after which another may go on where this process died. Prolonged before each group. */
	private const LEASE = 30;

	public function __construct(
		private readonly BatchRepository $batches,
		private readonly ItemRepository $items,
		private readonly ActionSet $actions,
		private readonly JobFactsReader $facts,
		private readonly Announcements $announcements,
		private readonly Lifecycle $lifecycle,
		private readonly CommandRepository $commands
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::BatchItem;
	}

	/**
	 * @param Command $command  Its object is the batch.
	 * @param float   $deadline After which no new group is begun.
	 * @return int|null Null when all is done.
	 */
	public function run( Command $command, float $deadline ): ?int {
		$batch = $this->batches->find( $command->object );

		return null === $batch ? null : Actor::during( $batch->created_by, fn(): ?int => $this->work( $batch, $command, $deadline ) );
	}

	private function work( Batch $batch, Command $command, float $deadline ): ?int {
		if ( ! $this->holds( $command ) ) {
			return 0;
		}
		$may_go_on = fn(): bool => $this->holds( $command );
		$this->announcements->recover( $batch, $may_go_on );
		$items = $this->items->in_state( $batch, Item::WAITING, self::GROUP );
		while ( array() !== $items && $this->group( $batch, $items, $may_go_on ) ) {
			if ( microtime( true ) >= $deadline || ! $this->holds( $command ) ) {
				return 0;
			}
			$items = $this->items->in_state( $batch, Item::WAITING, self::GROUP );
		}

		return $this->end( $batch );
	}

	/**
	 * Prolongs the lease, if it is still ours.
	 *
	 * @phpstan-impure
	 */
	private function holds( Command $command ): bool {
		return $this->commands->renew( $command, $command->lease_no, self::LEASE );
	}

	private function end( Batch $batch ): ?int {
		$now = $this->batches->find( $batch->uuid );
		if ( null !== $now && ! $now->is_running() ) {
			$this->items->cancel( $batch );
		}
		if ( $this->items->has_open( $batch ) ) {
			return 1;
		}
		$this->batches->finish( $batch, Batch::DONE );

		return null;
	}

	/**
	 * @param list<Item>       $items     Some that wait.
	 * @param callable(): bool $may_go_on Whether the lease is still ours.
	 * @return bool False when the batch was cancelled.
	 */
	private function group( Batch $batch, array $items, callable $may_go_on ): bool {
		try {
			$outcomes = $this->lifecycle->within_many(
				array_map( static fn( Item $item ): string => $item->job_id, $items ),
				fn( array $jobs ): ?array => $this->apply( $batch, $items, $jobs )
			);
		} catch ( \Throwable $error ) {
			return $this->one_by_one( $batch, $items, $may_go_on, $error );
		}
		if ( null === $outcomes ) {
			return false;
		}
		$turns = array_filter( $items, static fn( Item $item ): bool => Item::COMMITTED === ( $outcomes[ $item->id ] ?? null )?->state );
		$this->announcements->fire( $batch, array_values( $turns ), $may_go_on );

		return true;
	}

	/**
	 * Inside the transaction.
	 *
	 * @param list<Item>        $items As they were read.
	 * @param array<string,Job> $jobs  Locked.
	 * @return array<int,Outcome>|null By item; null when the batch was cancelled.
	 */
	private function apply( Batch $batch, array $items, array $jobs ): ?array {
		if ( ! $this->batches->lock_running( $batch ) ) {
			return null;
		}
		$action   = $this->actions->get( $batch->action );
		$facts    = $this->facts->for_jobs( $jobs );
		$outcomes = array();
		foreach ( $this->items->lock_waiting( $items ) as $item ) {
			try {
				$of_job = $facts[ $item->job_id ] ?? throw Outcome::no_such_job();
				$result = $action->run( $of_job, $batch->request()->with_amount( $item->amount_minor ) );

				$outcomes[ $item->id ] = $result->is_announced ? Outcome::committed() : Outcome::done();
			} catch ( ActionRefused $refused ) {
				$outcomes[ $item->id ] = Outcome::skipped( $refused );
			}
		}
		if ( $this->items->settle( Item::WAITING, $outcomes ) !== count( $outcomes ) ) {
			throw new \LogicException( 'Items of a batch were changed under their lock.' );
		}

		return $outcomes;
	}

	/**
	 * What one job does wrong must not keep the others of its group from being done.
	 *
	 * @param list<Item>       $items     Of the group, which was rolled back.
	 * @param callable(): bool $may_go_on Whether the lease is still ours.
	 * @throws DatabaseError When the database is busy or away: the whole slice comes again.
	 */
	private function one_by_one( Batch $batch, array $items, callable $may_go_on, \Throwable $error ): bool {
		if ( $error instanceof DatabaseError && $error->is_passing() ) {
			throw $error;
		}
		if ( 1 === count( $items ) ) {
			$what = "the $batch->action of job {$items[0]->job_id} in batch $batch->uuid failed.";
			// The screen says that it stands here.
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log
			error_log( "Sell My Images: $what " . Redaction::text( $error->getMessage() ) );
			$this->items->settle( Item::WAITING, array( $items[0]->id => Outcome::failed() ) );

			return true;
		}
		foreach ( $items as $item ) {
			if ( ! $may_go_on() || ! $this->group( $batch, array( $item ), $may_go_on ) ) {
				return false;
			}
		}

		return true;
	}
}
