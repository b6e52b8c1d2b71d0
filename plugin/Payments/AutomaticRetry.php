<?php
/**
 * Makes a job again after a passing fault, through the public action.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Jobs\ActionRefused;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * Once per failed attempt: closing the command under its lease is the turn.
 */
final class AutomaticRetry {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly CommandRepository $commands
	) {
	}

	/**
	 * @param string $attempt      The failed attempt.
	 * @param string $command_uuid The leased `retry` command.
	 * @return array{job_id:string,fired:bool}
	 * @throws ActionRefused 409 when the turn is gone: the command is closed.
	 */
	public function fire( string $job_id, string $attempt, string $command_uuid, int $lease_no, string $reason ): array {
		$verdict = $this->lifecycle->within( $job_id, fn( Job $job ): string|int => $this->take_turn( $job, $attempt, $command_uuid, $lease_no ) );
		if ( is_string( $verdict ) ) {
			throw new ActionRefused( 'smi_retry_' . $verdict, __( 'This retry is not needed any more.', 'sell-my-images' ) );
		}
		if ( 0 === $verdict ) {
			return array( 'job_id' => $job_id, 'fired' => false );
		}
		/** This action is documented in plugin/Payments/PaymentAction.php */
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true, 'source' => 'bridge', 'reason' => $reason, 'retry_of' => $attempt, 'retry_no' => $verdict ) );

		return array( 'job_id' => $job_id, 'fired' => true );
	}

	/** @return string|int Why not; or the number of the retry; 0 when the job failed for good instead. */
	private function take_turn( Job $job, string $uuid, string $command_uuid, int $lease_no ): string|int {
		$command = $this->commands->find( CommandKind::Retry, $uuid );
		if ( null === $command || $command->uuid !== $command_uuid || $command->lease_no !== $lease_no || null !== $command->done_at ) {
			return 'stale';
		}
		$this->commands->close( CommandKind::Retry, $uuid );
		$attempt = $this->attempts->find( $uuid );
		if ( null === $attempt || Attempt::FAILED !== $attempt->state() || $job->current_attempt !== $uuid || JobStatus::Processing !== $job->status ) {
			return 'superseded';
		}
		if ( in_array( $job->payment_status, array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ), true ) ) {
			return $attempt->retry_no() + 1;
		}
		$this->service->fail_job( $job, (string) $attempt->error() );

		return 0;
	}
}
