<?php
/**
 * What became of what a run found.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Reconciliation;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;

/**
 * Looked up when somebody reads the report: the same comparison again, with the jobs as they are by then.
 */
final class Outcomes {

	public const WOULD_CHANGE = 'would_change';
	public const WAITING      = 'waiting';
	public const PUT_RIGHT    = 'put_right';
	public const UNCHANGED    = 'unchanged';

	public function __construct(
		private readonly Comparison $comparison,
		private readonly JobRepository $jobs,
		private readonly CommandRepository $commands,
	) {}

	/** @return array{outcome:string,job_id:string|null} The job too: one may have been made of a payment that was nobody's. */
	public function of( Run $run, Difference $found ): array {
		if ( $run->is_dry() ) {
			return array( 'outcome' => self::WOULD_CHANGE, 'job_id' => $found->job_id );
		}
		$job     = $this->job( $found );
		$is_same = null !== $job && null === $this->comparison->of( $found->object, $job );
		$outcome = match ( true ) {
			$is_same => self::PUT_RIGHT,
			$this->is_awaited( $found, $job ) => self::WAITING,
			default => self::UNCHANGED,
		};

		return array( 'outcome' => $outcome, 'job_id' => $job->job_id ?? $found->job_id );
	}

	private function job( Difference $found ): ?Job {
		if ( null !== $found->job_id ) {
			return $this->jobs->find( $found->job_id );
		}
		$ref = (string) $found->object->ref;

		return '' === $ref ? null : $this->jobs->find_by(
			str_starts_with( $ref, 'pi_' ) ? 'stripe_payment_intent_id' : 'stripe_checkout_session_id',
			$ref
		);
	}

	private function is_awaited( Difference $found, ?Job $job ): bool {
		$command = null === $job
			? $this->commands->find( CommandKind::Resolve, (string) $found->object->ref )
			: $this->commands->find( CommandKind::RefreshPayment, $job->job_id );

		return null !== $command && null === $command->done_at;
	}
}
