<?php
/**
 * Whose turn it is to send an attempt to the upscaler.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Bridge\SafeMode;
use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * The second phase of a submit (docs/decisions/0031). The bridge begins just before its call, and gives the turn back when it did not
 * send after all. Both are compare-and-set under the job's lock, and fire no hook that a begin would wait for.
 */
final class SubmitTurns {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly CommandRepository $commands,
		private readonly UpscalerPause $pause,
		private readonly SafeMode $safe_mode
	) {
	}

	/**
	 * `queued` becomes `sent`. Asked again with the same pair it is the same yes, so that a lost answer costs a repetition.
	 *
	 * @param string $uuid     The attempt.
	 * @param int    $lease_no The lease of its submit command.
	 * @param string $turn     The bridge's random word.
	 * @return array{attempt:string,turn:string,state:string} Of begin-response.schema.json.
	 * @throws ActionRefused 404, or 409 with why in `details.reason`: it must not be sent.
	 */
	public function begin( string $uuid, int $lease_no, string $turn ): array {
		$job_id = $this->attempt( $uuid )->job_id();
		if ( $this->safe_mode->is_on() ) {
			throw self::refusal( 'safe_mode' );
		}

		return $this->lifecycle->within( $job_id, fn( Job $job ): array => $this->take( $job, $this->attempt( $uuid ), $lease_no, $turn ) );
	}

	/**
	 * `sent` becomes `queued` again: whoever had this turn says that he never sent. That is true under an old lease too, for nobody else
	 * could have sent under it. A turn that was given back, or will have been, is spent: a begin that was long on its way is refused.
	 *
	 * @param string $uuid     The attempt.
	 * @param int    $lease_no The lease it was begun under.
	 * @param string $turn     The same word.
	 * @return array{attempt:string,turn:string,state:string} Of begin-response.schema.json.
	 * @throws ActionRefused 404, or 409: the upscaler has it, or the turn is another's.
	 */
	public function give_back( string $uuid, int $lease_no, string $turn ): array {
		return $this->lifecycle->within(
			$this->attempt( $uuid )->job_id(),
			fn( Job $job ): array => $this->take_back( $job, $this->attempt( $uuid ), $lease_no, $turn )
		);
	}

	/**
	 * Inside Lifecycle::within(): it was certainly not sent, and waits again. Its turn stays, spent.
	 *
	 * @param array<string,mixed> $why For the log.
	 */
	public function requeue( Job $job, Attempt $attempt, array $why = array() ): void {
		$this->attempts->update(
			$attempt,
			array( 'state' => Attempt::QUEUED, 'sent_at' => null, 'unknown_at' => null, 'may_cost_credits' => 0 )
		);
		$this->lifecycle->log(
			$job,
			'attempt',
			array( 'from' => $attempt->state(), 'to' => Attempt::QUEUED, 'ref' => $attempt->uuid() ) + $why
		);
		if ( JobStatus::Processing === $job->status ) {
			$this->lifecycle->change( $job, array( 'status' => JobStatus::Pending ), $why );
		}
	}

	/** @return array{attempt:string,turn:string,state:string} */
	private function take( Job $job, Attempt $attempt, int $lease_no, string $turn ): array {
		$command  = $this->commands->leased( CommandKind::Submit, $attempt->uuid(), $lease_no );
		$obstacle = $this->obstacle( $job, $attempt, $command, $attempt->is_turn( $lease_no, $turn ) );
		if ( null !== $obstacle ) {
			throw self::refusal( $obstacle );
		}
		if ( Attempt::QUEUED === $attempt->state() ) {
			$this->send( $job, $attempt, $lease_no, $turn );
		}

		return self::answer( $attempt, $turn, Attempt::SENT );
	}

	/** @return string|null Why it must not be sent now. */
	private function obstacle( Job $job, Attempt $attempt, ?Command $command, bool $is_theirs ): ?string {
		$is_queued = Attempt::QUEUED === $attempt->state();

		return match ( true ) {
			! $attempt->is_live(), $attempt->uuid() !== $job->current_attempt => 'superseded',
			null !== $attempt->provider_id() => 'submitted',
			! $is_queued && ( ! $is_theirs || Attempt::SENT !== $attempt->state() ) => 'other_turn',
			null === $command => 'stale_lease',
			// Begun already: what came between is for those who begin after it.
			! $is_queued => null,
			$is_theirs => 'given_back',
			Disputes::holds_the_work( $job ) => 'disputed',
			$this->pause->is_raised_since( self::leased_at( $command ) ) => 'paused',
			default => null,
		};
	}

	private function send( Job $job, Attempt $attempt, int $lease_no, string $turn ): void {
		$plan = AttemptPlan::for_job( $job );
		$this->attempts->update(
			$attempt,
			array(
				'state'            => Attempt::SENT,
				'sent_at'          => Times::now(),
				'may_cost_credits' => null === $plan ? 1 : $plan->credits,
				'turn'             => $turn,
				'turn_lease'       => $lease_no,
			)
		);
		$this->lifecycle->log( $job, 'attempt', array( 'from' => Attempt::QUEUED, 'to' => Attempt::SENT, 'ref' => $attempt->uuid() ) );
	}

	/** @return array{attempt:string,turn:string,state:string} */
	private function take_back( Job $job, Attempt $attempt, int $lease_no, string $turn ): array {
		$is_theirs = $attempt->is_turn( $lease_no, $turn );
		if ( null !== $attempt->provider_id() ) {
			throw self::refusal( 'submitted' );
		}
		if ( Attempt::QUEUED === $attempt->state() ) {
			if ( ! $is_theirs ) {
				$this->attempts->update( $attempt, array( 'turn' => $turn, 'turn_lease' => $lease_no ) );
			}

			return self::answer( $attempt, $turn, Attempt::QUEUED );
		}
		if ( ! $is_theirs ) {
			throw self::refusal( 'other_turn' );
		}
		if ( ! $attempt->is_live() ) {
			$this->attempts->update( $attempt, array( 'sent_at' => null, 'may_cost_credits' => 0 ) );

			return self::answer( $attempt, $turn, $attempt->state() );
		}
		$this->requeue( $job, $attempt );
		if ( null === $this->commands->leased( CommandKind::Submit, $attempt->uuid(), $lease_no ) ) {
			$this->commands->schedule( CommandKind::Submit, $attempt->uuid(), $job->job_id, 0 );
		}

		return self::answer( $attempt, $turn, Attempt::QUEUED );
	}

	/** @throws ActionRefused 404. */
	private function attempt( string $uuid ): Attempt {
		return $this->attempts->find( $uuid )
			?? throw new ActionRefused( ErrorCode::ATTEMPT_NOT_FOUND, __( 'There is no such attempt.', 'sell-my-images' ), 404 );
	}

	/** When the lease began. */
	private static function leased_at( Command $command ): string {
		return Times::add( (string) $command->leased_until, -Durations::seconds( 'LEASE' ) );
	}

	/** @return array{attempt:string,turn:string,state:string} */
	private static function answer( Attempt $attempt, string $turn, string $state ): array {
		return array( 'attempt' => $attempt->uuid(), 'turn' => $turn, 'state' => $state );
	}

	/** @param string $reason safe_mode|superseded|submitted|other_turn|stale_lease|given_back|disputed|paused. */
	private static function refusal( string $reason ): ActionRefused {
		return new ActionRefused(
			ErrorCode::ATTEMPT_BEGUN,
			__( 'This attempt is not yours to send now. If it still has to be made, the site hands it out again.', 'sell-my-images' ),
			409,
			array( 'reason' => $reason )
		);
	}
}
