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
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * Once per failed attempt: closing the command under its lease is the turn, and the new attempt's key says which one it follows.
 */
final class AutomaticRetry {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly CommandRepository $commands,
		private readonly Override $override,
		private readonly PaymentCompletedListener $listener
	) {
	}

	/**
	 * @param string $attempt      The failed attempt.
	 * @param string $command_uuid The leased `retry` command.
	 * @return array{job_id:string,fired:bool}
	 * @throws ActionRefused 409 when the turn is gone: the command is closed.
	 */
	public function fire( string $job_id, string $attempt, string $command_uuid, int $lease_no, string $reason ): array {
		$verdict = $this->lifecycle->within(
			$job_id,
			fn( Job $job ): string|int => $this->take_turn( $job, $attempt, $command_uuid, $lease_no, $reason )
		);
		if ( is_string( $verdict ) ) {
			throw new ActionRefused( 'smi_retry_' . $verdict, __( 'This retry is not needed any more.', 'sell-my-images' ) );
		}
		if ( 0 === $verdict ) {
			return array( 'job_id' => $job_id, 'fired' => false );
		}
		/** This action is documented in plugin/Payments/PaymentAction.php */
		Listeners::do_action( 'smi_payment_completed', $job_id, self::context( $attempt, $reason, $verdict ) );
		$this->commands->close( CommandKind::Retry, $attempt );

		return array( 'job_id' => $job_id, 'fired' => true );
	}

	/**
	 * The attempt stands when the turn is gone, so that no crash loses it. Where another plugin makes the images, the turn is gone
	 * only when that was told.
	 *
	 * @return string|int Why not; or the number of the retry; 0 when the job failed for good instead.
	 */
	private function take_turn( Job $job, string $uuid, string $command_uuid, int $lease_no, string $reason ): string|int {
		$command = $this->commands->find( CommandKind::Retry, $uuid );
		if ( null === $command || $command->uuid !== $command_uuid || $command->lease_no !== $lease_no || null !== $command->done_at ) {
			return 'stale';
		}
		$attempt = $this->attempts->find( $uuid );
		$is_ours = $this->listener->is_hooked();
		if (
			null === $attempt
			|| Attempt::FAILED !== $attempt->state()
			|| $job->current_attempt !== $uuid
			|| JobStatus::Processing !== $job->status
		) {
			$verdict = 'superseded';
		} elseif ( ! in_array( $job->payment_status, array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ), true ) ) {
			$this->service->fail_job( $job, (string) $attempt->error(), $attempt->error_args() );
			$verdict = 0;
		} else {
			$verdict = $attempt->retry_no() + 1;
			$is_ours && $this->override->start( $job, self::context( $uuid, $reason, $verdict ) );
		}
		if ( $is_ours || ! is_int( $verdict ) || 0 === $verdict ) {
			$this->commands->close( CommandKind::Retry, $uuid );
		}

		return $verdict;
	}

	/**
	 * @return array<string,mixed> What listeners of smi_payment_completed get. By its key our own knows the attempt that is there already.
	 */
	private static function context( string $attempt, string $reason, int $retry_no ): array {
		return array(
			'admin_override'  => true,
			'source'          => 'bridge',
			'reason'          => $reason,
			'retry_of'        => $attempt,
			'retry_no'        => $retry_no,
			'idempotency_key' => "retry-of-$attempt",
		);
	}
}
