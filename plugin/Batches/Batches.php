<?php
/**
 * Makes batches.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\ActionRequest;
use SellMyImages\Actions\JobFactsReader;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Database\Transaction;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\JobList\JobQuery;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Actor;
use SellMyImages\Upscaling\CreditPrice;

/**
 * Looks at each job as its own action would, says what would happen, and fixes the set: what a batch will do is decided when it is made.
 */
final class Batches {

	public function __construct(
		private readonly Transaction $transaction,
		private readonly BatchRepository $batches,
		private readonly ItemRepository $items,
		private readonly JobFactsReader $facts,
		private readonly JobQuery $query,
		private readonly JobRepository $jobs,
		private readonly CommandRepository $commands,
		private readonly CreditPrice $price,
		private readonly Settings $settings,
		private readonly int $most = JobSet::MOST
	) {
	}

	/** @throws ActionRefused When there are too many. */
	public function preview( BatchRequest $request ): Preview {
		return $this->walk( $request, static fn( array $rows ) => null );
	}

	/**
	 * @param string|null $idempotency_key The same key of the same user answers the same batch.
	 * @throws ActionRefused When what the dry run said is not true any more, or there is nothing to do.
	 */
	public function start( BatchRequest $request, ?string $idempotency_key ): Batch {
		$same = null === $idempotency_key ? null : $this->batches->find_by_key( Actor::current(), $idempotency_key );
		if ( null !== $same ) {
			return $same;
		}
		try {
			return $this->transaction->run( fn(): Batch => $this->insert( $request, $idempotency_key ) );
		} catch ( DatabaseError $error ) {
			// The same request, twice at once: the other one made it.
			$same = null === $idempotency_key || DatabaseError::DUPLICATE !== $error->getCode()
				? null
				: $this->batches->find_by_key( Actor::current(), $idempotency_key );

			return $same ?? throw $error;
		}
	}

	/** What was not done yet will not be done. What was done stays. */
	public function cancel( Batch $batch ): void {
		$this->transaction->run(
			function () use ( $batch ): void {
				if ( $this->batches->finish( $batch, Batch::CANCELLED ) ) {
					$this->items->cancel( $batch );
				}
			}
		);
	}

	private function insert( BatchRequest $request, ?string $idempotency_key ): Batch {
		$batch   = $this->batches->insert( $request->action->name(), $request->params, $idempotency_key );
		$preview = $this->walk( $request, fn( array $rows ) => $this->items->insert( $batch, $rows ) );
		if ( $preview->expect() !== $request->expect ) {
			throw new ActionRefused(
				ErrorCode::BATCH_CHANGED,
				__(
					'Nothing was done: since you looked, the jobs have changed. Look at the new numbers and decide again.',
					'sell-my-images'
				),
				409,
				$preview->to_rest()
			);
		}
		if ( 0 === $preview->eligible ) {
			throw new ActionRefused(
				ErrorCode::BATCH_EMPTY,
				__( 'Nothing was done: this cannot be done with any of these jobs.', 'sell-my-images' ),
				409,
				$preview->to_rest()
			);
		}
		$this->batches->set_total( $batch, $preview->eligible );
		$this->commands->hint( CommandKind::BatchItem, $batch->uuid, null );

		return $this->batches->find( $batch->uuid ) ?? $batch;
	}

	/**
	 * @param callable(list<array{0:string,1:string,2:string|null,3:string|null,4:int|null,5:string|null}>): mixed $keep Gets the rows of
	 *   ItemRepository::insert(), chunk by chunk.
	 */
	private function walk( BatchRequest $request, callable $keep ): Preview {
		[ $size, $is_floor ] = $request->jobs->size( $this->query );
		if ( $size > $this->most ) {
			throw $this->too_large( number_format_i18n( $size ), $size );
		}
		$preview = new Preview(
			$request->action->name(),
			fn( int $credits ): string => $this->price->of( $credits, 2 ),
			$this->settings->currency()
		);
		foreach ( $request->jobs->chunks( $this->query, $this->jobs ) as $jobs ) {
			$keep( $this->judge( $request, $jobs, $preview ) );
			if ( $preview->matched > $this->most ) {
				throw $this->too_large(
					/* translators: %s: a number of jobs. */
					sprintf( __( 'More than %s', 'sell-my-images' ), number_format_i18n( $this->most ) ),
					$preview->matched
				);
			}
		}

		return $preview;
	}

	/**
	 * @param array<string,Job|null> $jobs A chunk.
	 * @return list<array{0:string,1:string,2:string|null,3:string|null,4:int|null,5:string|null}>
	 */
	private function judge( BatchRequest $request, array $jobs, Preview $preview ): array {
		$asked = new ActionRequest( $request->params, null, ActionRequest::BATCH );
		$facts = $this->facts->for_jobs( array_filter( $jobs ) );
		$rows  = array();
		foreach ( $jobs as $id => $job ) {
			try {
				$of_job  = $facts[ $id ] ?? throw Outcome::no_such_job();
				$refusal = $request->action->refusal( $of_job, $asked );
				if ( null !== $refusal ) {
					throw $refusal;
				}
				$stake = $request->action->stake( $of_job, $asked );
				$preview->add( $stake, $of_job->job->currency );
				$rows[] = array( (string) $id, Item::WAITING, null, null, $stake->refund_minor, null );
			} catch ( ActionRefused $refused ) {
				$outcome = Outcome::skipped( $refused );
				$preview->skip( (string) $id, $outcome );
				$rows[] = array( (string) $id, Item::SKIPPED, $outcome->code, $outcome->message, null, $outcome->args );
			}
		}

		return $rows;
	}

	private function too_large( string $matched, int $number ): ActionRefused {
		return new ActionRefused(
			ErrorCode::BATCH_TOO_LARGE,
			sprintf(
				/* translators: 1: a number of jobs, 2: the largest number. */
				__(
					'%1$s jobs match. At most %2$s can be done at once: narrow the filter, by dates for example, and do them in parts. Nothing was done.',
					'sell-my-images'
				),
				$matched,
				number_format_i18n( $this->most )
			),
			400,
			array( 'matched' => $number, 'most' => $this->most )
		);
	}
}
