<?php
/**
 * Finds what fell through: the `sweep` command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\SiteCommandHandler;
use SellMyImages\Payments\OpenCheckoutHandler;
use SellMyImages\Payments\PaymentAction;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * Every step is safe to repeat, and stops at the slice's deadline.
 */
final class Sweeper implements SiteCommandHandler {

	private const BATCH  = 25;
	private const CURSOR = 'smi_sweep_cursor';

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
		foreach ( array( 'fire_actions', 'abandon_unmade', 'fail_unanswered', 'settle_unfinished', 'settle_completed' ) as $step ) {
			if ( microtime( true ) >= $deadline ) {
				return 1;
			}
			$this->$step( $deadline );
		}

		return Durations::seconds( 'SWEEP' );
	}

	private function fire_actions( float $deadline ): void {
		$before = Times::add( Times::now(), -Durations::seconds( 'PAYMENT_ACTION_AGAIN' ) );
		$this->each( $this->sweep->payment_action_due( $before, PaymentAction::TRIES, self::BATCH ), $deadline, fn( string $job_id ) => $this->action->fire( $job_id ) );
	}

	private function abandon_unmade( float $deadline ): void {
		$before = Times::add( Times::now(), -Durations::seconds( 'CHECKOUT_UNMADE' ) );
		$this->each(
			$this->sweep->checkouts_unmade( $before, self::BATCH ),
			$deadline,
			fn( string $job_id ) => $this->lifecycle->within( $job_id, fn( Job $job ) => null === $job->stripe_checkout_session_id ? $this->checkouts->abandon( $job, 'The checkout could not be opened in time.' ) : $job )
		);
	}

	/** A submit without an answer counts as a passing fault after half an hour; the image may have been paid for, and the attempt keeps saying so. */
	private function fail_unanswered( float $deadline ): void {
		foreach ( $this->attempts->unknown_since( Times::add( Times::now(), -Durations::seconds( 'SUBMIT_UNKNOWN' ) ), self::BATCH ) as $attempt ) {
			if ( microtime( true ) >= $deadline ) {
				return;
			}
			$this->lifecycle->within( $attempt->job_id(), fn( Job $job ) => $this->service->fail( $job, $this->attempts->find( $attempt->uuid() ) ?? $attempt, 'no_answer', __( 'The upscaler did not say whether it got the image.', 'sell-my-images' ), true ) );
		}
	}

	private function settle_unfinished( float $deadline ): void {
		$this->each( $this->sweep->unfinished( Times::add( Times::now(), -60 ), 8 * self::BATCH ), $deadline, array( $this, 'look' ) );
	}

	/** Looks at a few finished jobs each time: their files may have gone. */
	private function settle_completed( float $deadline ): void {
		$ids = $this->sweep->completed_after( (string) get_option( self::CURSOR, '' ), self::BATCH );
		$this->each( $ids, $deadline, array( $this, 'look' ) );
		update_option( self::CURSOR, count( $ids ) < self::BATCH ? '' : (string) end( $ids ), false );
	}

	public function look( string $job_id ): void {
		$this->lifecycle->within( $job_id, static fn( Job $job ): bool => true );
	}

	/** @param list<string> $job_ids Jobs. */
	private function each( array $job_ids, float $deadline, callable $work ): void {
		foreach ( $job_ids as $job_id ) {
			if ( microtime( true ) >= $deadline ) {
				return;
			}
			$work( $job_id );
		}
	}
}
