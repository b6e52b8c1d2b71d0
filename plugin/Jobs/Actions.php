<?php
/**
 * What the owner can do with one job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Downloads\LinkTokens;
use SellMyImages\Payments\Refund;
use SellMyImages\Payments\RefundRepository;
use SellMyImages\Payments\Refunds;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\Attempt;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * Each says what it refuses, in words, by ActionRefused; nothing half done is left behind.
 */
final class Actions {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly RefundRepository $refund_rows,
		private readonly Refunds $refunds,
		private readonly LinkTokens $links,
		private readonly CommandRepository $commands
	) {
	}

	/**
	 * Fires smi_payment_completed with admin_override, as any code may.
	 *
	 * @param array{force?:bool,acknowledge_refunded?:bool,attempt?:string|null,idempotency_key?:string|null,source?:string} $options Guards the caller has answered.
	 */
	public function retry( string $job_id, array $options ): void {
		if ( null !== ( $options['attempt'] ?? null ) ) {
			$this->apply_late( $job_id, (string) $options['attempt'], $options );

			return;
		}
		$key = $options['idempotency_key'] ?? null;
		if ( null !== $key && null !== $this->attempts->find_by_idempotency_key( $job_id, $key ) ) {
			return;
		}
		$this->lifecycle->within( $job_id, fn( Job $job ) => $this->guard_retry( $job, $options ) );
		/** This action is documented in plugin/Payments/PaymentAction.php */
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true, 'source' => $options['source'] ?? 'rest', 'idempotency_key' => $key ) );
	}

	public function refund( string $job_id, ?int $amount_minor, ?string $reason, ?string $note, ?string $idempotency_key ): Refund {
		return $this->lifecycle->within(
			$job_id,
			fn( Job $job ): Refund => $this->same_request( $job, $idempotency_key ) ?? $this->refunds->request_manual( $job, $amount_minor, $reason, $note, $idempotency_key )
		);
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
				$this->move( $job, $status, $reason );
			}
		);
	}

	/** A new link; the old one is dead at once. */
	public function new_link( string $job_id, bool $notify ): string {
		return $this->lifecycle->within(
			$job_id,
			function ( Job $job ) use ( $notify ): string {
				$this->need_file( $job );
				$after = $this->lifecycle->change( $job, $this->links->issue( $job ) );
				$this->lifecycle->log( $after, 'link', array( 'to' => 'new', 'ref' => (string) $after->download_generation ) );
				if ( $notify ) {
					$this->need_email( $after );
					$this->service->queue_mail( $after, 'ready' );
				}

				return (string) $this->links->url( $after );
			}
		);
	}

	public function send_email( string $job_id ): void {
		$this->lifecycle->within(
			$job_id,
			function ( Job $job ): void {
				$this->need_file( $job );
				$this->need_email( $job );
				if ( 'active' !== $this->links->state( $job ) ) {
					throw new ActionRefused( 'smi_job_link_ended', __( 'No e-mail was sent: the download link has ended. Make a new link first.', 'sell-my-images' ) );
				}
				$this->service->queue_mail( $job, 'ready' );
			}
		);
	}

	public function refresh( string $job_id ): void {
		$this->lifecycle->within(
			$job_id,
			function ( Job $job ): void {
				if ( null !== $job->stripe_checkout_session_id || null !== $job->stripe_payment_intent_id ) {
					$this->commands->hint( CommandKind::RefreshPayment, $job->job_id, $job->job_id );
				}
				$current = $this->service->current( $job );
				if ( null !== $current && null !== $current->provider_id() ) {
					$this->commands->hint( CommandKind::RefreshAttempt, $current->uuid(), $job->job_id );
				}
			}
		);
	}

	/** @param array<string,mixed> $options See retry(). */
	private function guard_retry( Job $job, array $options ): void {
		$current = $this->service->current( $job );
		if ( null !== $current && $current->is_live() && empty( $options['force'] ) ) {
			throw new ActionRefused( 'smi_job_running', __( 'The image is being made right now. Making it again would stop that attempt, and it may cost twice.', 'sell-my-images' ), 409, array( 'needs' => 'force', 'attempt' => $current->uuid() ) );
		}
		if ( $this->refunds->ledger( $job )->is_under_way() && empty( $options['acknowledge_refunded'] ) ) {
			throw new ActionRefused( 'smi_job_refunded', __( 'Money of this job was returned or is on its way back. Making the image again gives it to the customer all the same.', 'sell-my-images' ), 409, array( 'needs' => 'acknowledge_refunded' ) );
		}
	}

	/** @param array<string,mixed> $options See retry(). */
	private function apply_late( string $job_id, string $uuid, array $options ): void {
		$this->lifecycle->within(
			$job_id,
			function ( Job $job ) use ( $uuid, $options ): void {
				$attempt = $this->attempts->find( $uuid );
				if ( null === $attempt || $attempt->job_id() !== $job->job_id || null === $attempt->file_path() || ! is_file( $attempt->file_path() ) ) {
					throw new ActionRefused( 'smi_attempt_without_file', __( 'Nothing was changed: that attempt has no finished file. Make the image again instead.', 'sell-my-images' ) );
				}
				$this->guard_retry( $job, $options );
				$this->refunds->cancel_unsent_automatic( $job );
				$this->service->supersede( $job );
				$done = $this->attempts->update( $attempt, array( 'state' => Attempt::SUCCEEDED ) ) ?? $attempt;
				$this->service->complete( $this->lifecycle->fresh( $job ), $done );
			}
		);
	}

	private function same_request( Job $job, ?string $key ): ?Refund {
		return null === $key ? null : $this->refund_rows->find_by_idempotency_key( $job->job_id, $key );
	}

	private function move( Job $job, JobStatus $status, string $reason ): void {
		if ( in_array( $status, array( JobStatus::Pending, JobStatus::Processing ), true ) ) {
			throw new ActionRefused( 'smi_job_use_retry', __( 'Nothing was changed: to make the image again, use "Make again" (retry).', 'sell-my-images' ) );
		}
		if ( $status === $job->status ) {
			return;
		}
		if ( ! in_array( $status, AllowedActions::statuses( $job ), true ) || ( JobStatus::Completed === $status && ! $job->has_file() ) ) {
			throw new ActionRefused( 'smi_job_status_not_possible', self::why_not( $status ), 409, array( 'allowed' => array_map( static fn( JobStatus $open ): string => $open->value, AllowedActions::statuses( $job ) ) ) );
		}
		if ( JobStatus::AwaitingPayment === $job->status && null !== $job->stripe_checkout_session_id ) {
			$this->commands->hint( CommandKind::ExpireCheckout, $job->job_id, $job->job_id );
		}
		$this->service->supersede( $job );
		$this->lifecycle->change( $this->lifecycle->fresh( $job ), array( 'status' => $status ) + $this->stamps( $job, $status, $reason ), array( 'reason' => $reason, 'data' => array( 'source' => 'owner' ) ) );
	}

	/** @return array<string,mixed> Columns that go with a status. */
	private function stamps( Job $job, JobStatus $status, string $reason ): array {
		if ( JobStatus::Completed === $status ) {
			$link = 'active' === $this->links->state( $job ) ? array() : $this->links->issue( $job );

			return $link + array( 'completed_at' => Times::now(), 'failed_at' => null, 'failure_reason' => null );
		}

		return array( 'failed_at' => JobStatus::Failed === $status ? Times::now() : null, 'failure_reason' => '' === $reason ? null : mb_substr( $reason, 0, 250 ) );
	}

	private static function why_not( JobStatus $status ): string {
		return match ( $status ) {
			JobStatus::Completed => __( 'Nothing was changed: a job can only be completed when its file is on the server. Make the image again instead.', 'sell-my-images' ),
			JobStatus::Abandoned => __( 'Nothing was changed: a job that was paid for, or has a file, cannot be abandoned.', 'sell-my-images' ),
			default => __( 'Nothing was changed: the job cannot have this status now.', 'sell-my-images' ),
		};
	}

	private function need_file( Job $job ): void {
		if ( JobStatus::Completed !== $job->status || ! $job->has_file() ) {
			throw new ActionRefused( 'smi_job_without_file', __( 'There is no finished file to link to. Make the image again first.', 'sell-my-images' ) );
		}
	}

	private function need_email( Job $job ): void {
		if ( '' === $job->email ) {
			throw new ActionRefused( 'smi_job_without_email', __( 'No e-mail was sent: this job has no address. Copy the link and send it yourself.', 'sell-my-images' ) );
		}
	}
}
