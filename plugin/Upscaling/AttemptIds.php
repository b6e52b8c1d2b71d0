<?php
/**
 * Keeps the upscaler's ids, whoever brings them and however late.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;

/**
 * An id is never thrown away: without it a paid image could not be found again.
 */
final class AttemptIds {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly CommandRepository $commands
	) {
	}

	/**
	 * Stores the id in any state of the attempt and makes a look due.
	 *
	 * @return bool Whether it was new.
	 */
	public function learn( string $attempt_uuid, string $provider_id ): bool {
		$attempt = $this->attempts->find( $attempt_uuid );
		if ( null === $attempt || '' === $provider_id || null !== $attempt->provider_id() ) {
			return false;
		}

		return $this->lifecycle->within( $attempt->job_id(), fn( Job $job ): bool => $this->store( $job, $attempt_uuid, $provider_id ) );
	}

	private function store( Job $job, string $attempt_uuid, string $provider_id ): bool {
		$attempt = $this->attempts->find( $attempt_uuid );
		if ( null === $attempt || null !== $attempt->provider_id() ) {
			return false;
		}
		$is_waited_for = in_array( $attempt->state(), array( Attempt::QUEUED, Attempt::SENT, Attempt::UNKNOWN ), true );
		$sent_at       = $attempt->sent_at() ?? Times::now();
		$after         = $this->attempts->update(
			$attempt,
			array( 'provider_id' => $provider_id )
				+ ( $is_waited_for ? array( 'state' => Attempt::RUNNING, 'sent_at' => $sent_at ) : array() )
		);
		if ( null === $after ) {
			return false;
		}
		if ( $attempt->uuid() === $job->current_attempt ) {
			$changes = $is_waited_for ? UnderWay::changes( $job, $sent_at ) : array();
			$job     = $this->lifecycle->change( $job, array( 'upsampler_job_id' => $provider_id ) + $changes );
		}
		$this->lifecycle->log( $job, 'attempt', array( 'from' => $attempt->state(), 'to' => $after->state(), 'ref' => $provider_id ) );
		$this->commands->hint( CommandKind::RefreshAttempt, $attempt->uuid(), $job->job_id, Durations::seconds( 'ATTEMPT_FIRST_LOOK' ) );

		return true;
	}
}
