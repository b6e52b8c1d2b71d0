<?php
/**
 * What the owner can do with one job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\Refunds;
use SellMyImages\Support\Uuid;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * Each says what it refuses, in words, by ActionRefused; nothing half done is left behind.
 */
final class Actions {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly LockedActions $locked,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly Refunds $refunds,
		private readonly LinkTokens $links
	) {
	}

	/**
	 * Starts the attempt, then tells of it by smi_payment_completed with admin_override.
	 *
	 * @param array{force?:bool,acknowledge_refunded?:bool,attempt?:string|null,idempotency_key?:string|null,source?:string} $options Guards the caller has answered.
	 */
	public function retry( string $job_id, array $options ): void {
		if ( null !== ( $options['attempt'] ?? null ) ) {
			$this->apply_late( $job_id, (string) $options['attempt'], $options );

			return;
		}
		// A key of its own lets our listener know the attempt that is there already.
		$context = self::retry_context( $options['source'] ?? 'rest', $options['idempotency_key'] ?? Uuid::v4() );
		if ( $this->lifecycle->within( $job_id, fn( Job $job ): bool => $this->locked->start_retry( $job, $options, $context ) ) ) {
			self::fire_retry( $job_id, $context );
		}
	}

	/**
	 * Never inside a transaction: listeners may do anything. What is started once under a key is not started again.
	 *
	 * @param array<string,mixed> $context See retry_context().
	 * @return int How many listeners failed.
	 */
	public static function fire_retry( string $job_id, array $context ): int {
		/** This action is documented in plugin/Payments/PaymentAction.php */
		return Listeners::do_action( 'smi_payment_completed', $job_id, $context );
	}

	/**
	 * @param string $source rest or batch, for the log.
	 * @param string $key    Idempotency key of the attempt.
	 * @return array<string,mixed> What listeners of smi_payment_completed get.
	 */
	public static function retry_context( string $source, string $key ): array {
		return array( 'admin_override' => true, 'source' => $source, 'idempotency_key' => $key );
	}

	public function refund( string $job_id, ?int $amount_minor, ?string $reason, ?string $note, ?string $idempotency_key ): Refund {
		return $this->lifecycle->within( $job_id, fn( Job $job ): Refund => $this->locked->refund( $job, $amount_minor, $reason, $note, $idempotency_key ) );
	}

	/**
	 * Moves no money.
	 *
	 * @param int|null $version The version the owner saw; null for any.
	 */
	public function set_status( string $job_id, JobStatus $status, string $reason, ?int $version ): void {
		$this->lifecycle->within(
			$job_id,
			function ( Job $job ) use ( $status, $reason, $version ): void {
				if ( null !== $version && $job->version !== $version ) {
					throw new ActionRefused( 'smi_job_changed', __( 'Nothing was done: this job changed while you were looking. Look at its new state and try again.', 'sell-my-images' ), 412, array( 'version' => $job->version ) );
				}
				$this->locked->set_status( $job, $status, $reason );
			}
		);
	}

	/** A new link; the old one is dead at once. */
	public function new_link( string $job_id, bool $notify ): string {
		$job = $this->lifecycle->within( $job_id, fn( Job $job ): Job => $this->locked->new_link( $job, $notify ) );

		return (string) $this->links->url( $job );
	}

	public function send_email( string $job_id ): void {
		$this->lifecycle->within( $job_id, fn( Job $job ) => $this->locked->send_email( $job ) );
	}

	public function refresh( string $job_id ): void {
		$this->lifecycle->within( $job_id, fn( Job $job ) => $this->locked->refresh( $job ) );
	}

	/** @param array{force?:bool,acknowledge_refunded?:bool} $options See retry(). */
	private function apply_late( string $job_id, string $uuid, array $options ): void {
		$this->lifecycle->within(
			$job_id,
			function ( Job $job ) use ( $uuid, $options ): void {
				$attempt = $this->attempts->find( $uuid );
				if ( null === $attempt || $attempt->job_id() !== $job->job_id || ! $attempt->has_file() ) {
					throw new ActionRefused( 'smi_attempt_without_file', __( 'Nothing was changed: that attempt has no finished file. Make the image again instead.', 'sell-my-images' ) );
				}
				$this->locked->guard_retry( $job, $options );
				$this->refunds->cancel_unsent_automatic( $job );
				$this->service->supersede( $job );
				$done = $this->attempts->update( $attempt, array( 'state' => Attempt::SUCCEEDED ) ) ?? $attempt;
				$this->service->complete( $this->lifecycle->fresh( $job ), $done );
			}
		);
	}
}
