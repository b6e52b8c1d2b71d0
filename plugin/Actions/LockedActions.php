<?php
/**
 * The owner's actions on a locked job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Payments\Override;
use SellMyImages\Payments\PaymentCompletedListener;
use SellMyImages\Refunds\Refund;
use SellMyImages\Refunds\RefundRepository;
use SellMyImages\Refunds\Refunds;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\AttemptRepository;
use SellMyImages\Upscaling\Attempts;

/**
 * Every method is called inside Lifecycle::within() or within_many(), and refuses before it writes anything: one job's
 * refusal must leave nothing of it in a transaction that it shares with others.
 */
final class LockedActions {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly Attempts $service,
		private readonly RefundRepository $refund_rows,
		private readonly Refunds $refunds,
		private readonly LinkTokens $links,
		private readonly CommandRepository $commands,
		private readonly Override $override,
		private readonly PaymentCompletedListener $listener
	) {
	}

	/**
	 * @param array{force?:bool,acknowledge_refunded?:bool,idempotency_key?:string|null} $options Guards the caller has answered.
	 * @return bool False when it was started under the same key before: there is nothing left to do.
	 */
	public function guard_retry( Job $job, array $options ): bool {
		$key = $options['idempotency_key'] ?? null;
		if ( null !== $key && $this->service->has_started( $job->job_id, $key ) ) {
			return false;
		}
		Refusals::retry( $job, $this->attempts->for_job( $job->job_id ), $this->refund_rows->for_job( $job->job_id ), $options );

		return true;
	}

	/**
	 * Asks and starts under one lock: whoever asks at the same time sees the attempt. Listeners hear of it after the commit.
	 *
	 * @param array{force?:bool,acknowledge_refunded?:bool,idempotency_key?:string|null} $options Guards the caller has answered.
	 * @param array<string,mixed>                                                        $context Of smi_payment_completed.
	 * @return bool False when it was started under the same key before: nobody need hear of it again.
	 */
	public function start_retry( Job $job, array $options, array $context ): bool {
		if ( ! $this->guard_retry( $job, $options ) ) {
			return false;
		}
		Refusals::source( $job );
		if ( $this->listener->is_hooked() ) {
			$this->override->start( $job, $context );
		}

		return true;
	}

	/** @throws ActionRefused When nothing, or not so much, can be refunded. */
	public function refund( Job $job, ?int $amount_minor, ?string $reason, ?string $note, ?string $idempotency_key ): Refund {
		$same = null === $idempotency_key ? null : $this->refund_rows->find_by_idempotency_key( $job->job_id, $idempotency_key );

		if ( null !== $same ) {
			return $same;
		}
		$wish = Refusals::refund( $job, $this->refund_rows->for_job( $job->job_id ), $amount_minor );

		return $this->refunds->request_manual( $job, $wish, $reason, $note, $idempotency_key );
	}

	/** Moves no money. */
	public function set_status( Job $job, JobStatus $status, string $reason ): void {
		Refusals::status( $job, $status );
		if ( $status === $job->status ) {
			return;
		}
		if ( JobStatus::AwaitingPayment === $job->status && null !== $job->stripe_checkout_session_id ) {
			$this->commands->hint( CommandKind::ExpireCheckout, $job->job_id, $job->job_id );
		}
		$this->service->supersede( $job );
		$this->lifecycle->change( $this->lifecycle->fresh( $job ), array( 'status' => $status ) + $this->stamps( $job, $status, $reason ), array( 'reason' => $reason, 'data' => array( 'source' => 'owner' ) ) );
	}

	/** A new link; the old one is dead at once. */
	public function new_link( Job $job, bool $notify ): Job {
		Refusals::new_link( $job, $notify );
		$after = $this->lifecycle->change( $job, $this->links->issue( $job ) );
		$this->lifecycle->log( $after, 'link', array( 'to' => 'new', 'ref' => (string) $after->download_generation ) );

		return $notify ? $this->service->queue_mail( $after, 'ready' ) : $after;
	}

	/** The link again, or that the money goes back where the image could not be made. */
	public function send_email( Job $job ): void {
		$this->service->queue_mail( $job, Refusals::send_email( $job, $this->refund_rows->for_job( $job->job_id ) ) );
	}

	public function refresh( Job $job ): void {
		if ( null !== $job->stripe_checkout_session_id || null !== $job->stripe_payment_intent_id ) {
			$this->commands->hint( CommandKind::RefreshPayment, $job->job_id, $job->job_id );
		}
		$current = $this->service->current( $job );
		if ( null !== $current && null !== $current->provider_id() ) {
			$this->commands->hint( CommandKind::RefreshAttempt, $current->uuid(), $job->job_id );
		}
	}

	/** @return array<string,mixed> Columns that go with a status. */
	private function stamps( Job $job, JobStatus $status, string $reason ): array {
		if ( JobStatus::Completed === $status ) {
			$link = 'active' === LinkTokens::state( $job ) ? array() : $this->links->issue( $job );

			return $link + array( 'completed_at' => Times::now(), 'failed_at' => null, 'failure_reason' => null );
		}

		return array( 'failed_at' => JobStatus::Failed === $status ? Times::now() : null, 'failure_reason' => '' === $reason ? null : mb_substr( $reason, 0, 250 ) );
	}
}
