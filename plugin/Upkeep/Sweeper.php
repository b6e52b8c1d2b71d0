<?php
/**
 * Finds what fell through: the `sweep` command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Hooks\Failures;
use SellMyImages\Jobs\FailureReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Payments\OpenCheckoutHandler;
use SellMyImages\Payments\PaymentAction;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * A slice begins with the step after the one that the last slice came to, so that none waits for a slow one for ever. What one job
 * or one step does wrong is noted for Site Health, and keeps no other from being looked at.
 */
final class Sweeper implements SiteCommandHandler {

	private const BATCH = 25;

	public function __construct(
		private readonly SweepRepository $sweep,
		private readonly Lifecycle $lifecycle,
		private readonly PaymentAction $action,
		private readonly OpenCheckoutHandler $checkouts,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service
	) {
	}

	public function kind(): CommandKind {
		return CommandKind::Sweep;
	}

	public function run( Command $command, float $deadline ): int {
		$steps    = $this->steps();
		$place    = new SweepPlace( count( $steps ) );
		$has_more = false;
		foreach ( array_keys( $steps ) as $turn ) {
			if ( $turn > 0 && microtime( true ) >= $deadline ) {
				$has_more = true;
				break;
			}
			$has_more = $this->take_turn( $steps[ $place->next() ], $place, $deadline ) || $has_more;
		}
		$place->save();

		return $has_more ? 1 : Durations::seconds( 'SWEEP' );
	}

	/** @return list<SweepStep> */
	private function steps(): array {
		return array(
			$this->fire_actions(),
			$this->abandon_unmade(),
			$this->fail_unanswered(),
			$this->settle_unfinished(),
			$this->settle_unsent_refunds(),
			$this->settle_completed(),
		);
	}

	/** @return bool Whether more of it must follow at once. */
	private function take_turn( SweepStep $step, SweepPlace $place, float $deadline ): bool {
		$place->move_on();
		try {
			$ids = $step->find( $place->after( $step->name ) );
		} catch ( \Throwable $error ) {
			$this->note( $step, $error, '' );

			return false;
		}
		if ( array() !== $ids ) {
			// Should this process die here, the next begins with another step.
			$place->save();
		}
		foreach ( $ids as $id ) {
			if ( microtime( true ) >= $deadline ) {
				return $step->is_urgent;
			}
			$this->do_one( $step, $id );
			$place->came_to( $step->name, $id );
		}
		if ( count( $ids ) < $step->batch ) {
			$place->came_to( $step->name, '' );
		}

		return $step->is_urgent && count( $ids ) === $step->batch;
	}

	private function do_one( SweepStep $step, string $id ): void {
		try {
			$step->work( $id );
		} catch ( JobNotFound ) {
			return;
		} catch ( \Throwable $error ) {
			$this->note( $step, $error, $id );
		}
	}

	/** @throws DatabaseError When the database is away: there is nothing to go on with. */
	private function note( SweepStep $step, \Throwable $error, string $id ): void {
		if ( $error instanceof DatabaseError && $error->is_lost_connection() ) {
			throw $error;
		}
		// A deadlock is nobody's fault, and the next sweep comes by.
		if ( ! $error instanceof DatabaseError || ! $error->is_passing() ) {
			Failures::note( Failures::WORK, "sweep/$step->name", $error, $id );
		}
	}

	private function fire_actions(): SweepStep {
		$before = Times::add( Times::now(), -Durations::seconds( 'PAYMENT_ACTION_AGAIN' ) );

		return new SweepStep(
			'fire_actions',
			self::BATCH,
			fn( string $after, int $limit ): array => $this->sweep->payment_action_due( $before, PaymentAction::TRIES, $after, $limit ),
			fn( string $job_id ): bool => $this->action->fire( $job_id ),
			true
		);
	}

	private function abandon_unmade(): SweepStep {
		$before  = Times::add( Times::now(), -Durations::seconds( 'CHECKOUT_UNMADE' ) );
		$abandon = fn( Job $job ) => null === $job->stripe_checkout_session_id
			? $this->checkouts->abandon( $job, FailureReason::CheckoutNotOpened->value )
			: $job;

		return new SweepStep(
			'abandon_unmade',
			self::BATCH,
			fn( string $after, int $limit ): array => $this->sweep->checkouts_unmade( $before, $after, $limit ),
			fn( string $job_id ): Job => $this->lifecycle->within( $job_id, $abandon ),
			true
		);
	}

	/**
	 * A submit without an answer counts as a passing fault after half an hour; the image may have been paid for, and the attempt keeps
	 * saying so.
	 */
	private function fail_unanswered(): SweepStep {
		$before = Times::add( Times::now(), -Durations::seconds( 'SUBMIT_UNKNOWN' ) );
		$uuid   = static fn( Attempt $attempt ): string => $attempt->uuid();

		return new SweepStep(
			'fail_unanswered',
			self::BATCH,
			fn( string $after, int $limit ): array => array_map( $uuid, $this->attempts->unknown_since( $before, $after, $limit ) ),
			function ( string $uuid ): void {
				$attempt = $this->attempts->find( $uuid );
				if ( null === $attempt ) {
					return;
				}
				$this->lifecycle->within(
					$attempt->job_id(),
					fn( Job $job ) => $this->service->fail(
						$job,
						$this->attempts->find( $attempt->uuid() ) ?? $attempt,
						FailureReason::NoAnswer->value,
						'',
						true
					)
				);
			},
			true
		);
	}

	private function settle_unfinished(): SweepStep {
		$before = Times::add( Times::now(), -60 );

		return new SweepStep(
			'settle_unfinished',
			8 * self::BATCH,
			fn( string $after, int $limit ): array => $this->sweep->unfinished( $before, $after, $limit ),
			$this->look( ... ),
			false
		);
	}

	/** A refund that is not made yet changes nothing of its job, and the owner should hear of it all the same. */
	private function settle_unsent_refunds(): SweepStep {
		$before = Times::add( Times::now(), -Durations::seconds( 'REFUND_UNSENT' ) );

		return new SweepStep(
			'settle_unsent_refunds',
			self::BATCH,
			fn( string $after, int $limit ): array => $this->sweep->refunds_unsent( $before, $after, $limit ),
			$this->look( ... ),
			false
		);
	}

	/** Looks at a few finished jobs each time: their files may have gone. */
	private function settle_completed(): SweepStep {
		return new SweepStep( 'settle_completed', self::BATCH, $this->sweep->completed_after( ... ), $this->look( ... ), false );
	}

	public function look( string $job_id ): void {
		$this->lifecycle->within( $job_id, static fn( Job $job ): bool => true );
	}
}
