<?php
/**
 * Every change of a job goes through here.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Database\Transaction;
use SellMyImages\Hooks\Listeners;
use SellMyImages\Support\Args;

/**
 * Locks the job, changes it by compare-and-set, writes its log, recomputes what needs attention, and fires the hooks after the commit.
 */
final class Lifecycle {

	public function __construct(
		private readonly Transaction $transaction,
		private readonly JobRepository $jobs,
		private readonly EventLog $events,
		private readonly AttentionSource $attention,
		private readonly TouchedJobs $touched
	) {
	}

	/**
	 * Runs work about one job: in a transaction, on the locked row, and leaves `attention` true.
	 *
	 * @template T
	 * @param callable(Job): T $work Gets the locked job.
	 * @return T Throws JobNotFound when there is no such job.
	 */
	public function within( string $job_id, callable $work ): mixed {
		return $this->transaction->run(
			function () use ( $job_id, $work ): mixed {
				$job = $this->jobs->lock( $job_id );
				if ( null === $job ) {
					throw new JobNotFound( $job_id );
				}
				$result = $work( $job );
				$this->settle( array( $job_id => $job ) );

				return $result;
			}
		);
	}

	/**
	 * The same for several jobs in one transaction, locked in one order.
	 *
	 * @template T
	 * @param list<string>                  $job_ids Jobs.
	 * @param callable(array<string,Job>): T $work    Gets those that are there, by job_id. What it throws undoes all of it.
	 * @return T
	 */
	public function within_many( array $job_ids, callable $work ): mixed {
		return $this->transaction->run(
			function () use ( $job_ids, $work ): mixed {
				$jobs   = $this->jobs->lock_many( $job_ids );
				$result = $work( $jobs );
				$this->settle( $jobs );

				return $result;
			}
		);
	}

	/** The job as the open transaction sees it. */
	public function fresh( Job $job ): Job {
		return $this->jobs->find( $job->job_id ) ?? $job;
	}

	/**
	 * Changes a locked job; writes the log and queues the hooks for status and payment moves.
	 *
	 * @param array<string,mixed> $changes Column values; enums, amounts or strings.
	 * @param array<string,mixed> $why     `reason`, its `args` and `ref` for the log; `data` for the hooks.
	 */
	public function change( Job $job, array $changes, array $why = array() ): Job {
		if ( isset( $changes['status'] ) && JobStatus::AwaitingPayment !== $changes['status'] ) {
			// The payment page has done its part; its address is a secret.
			$changes += array( 'checkout_url' => null );
		}
		$after = $this->jobs->update( $job, $changes );
		if ( $after->status !== $job->status ) {
			$this->log( $after, 'status', array( 'from' => $job->status->value, 'to' => $after->status->value ) + $why );
			$this->announce_status( $after, $job->status, $why );
		}
		if ( $after->payment_status !== $job->payment_status ) {
			$this->log( $after, 'payment', array( 'from' => $job->payment_status->value, 'to' => $after->payment_status->value ) + $why );
		}

		return $after;
	}

	/** @param array<string,mixed> $data from, to, reason, args, ref, actor. */
	public function log( Job $job, string $type, array $data = array() ): void {
		unset( $data['data'] );
		$this->events->append( $job, $type, $data );
	}

	/** Runs a callback once the open transaction has committed. */
	public function after_commit( callable $callback ): void {
		$this->transaction->after_commit( $callback );
	}

	/**
	 * A new job: row, log, and the hook.
	 *
	 * @param array<string,mixed> $values Column values.
	 */
	public function create( array $values, string $reason ): Job {
		$job = $this->jobs->insert( $values );
		$this->log( $job, 'status', array( 'to' => $job->status->value, 'reason' => $reason ) );

		/**
		 * Fires when a checkout was started.
		 *
		 * @since 0.1.0
		 *
		 * @param string $job_id The new job.
		 */
		$this->tell( 'smi_job_created', $job->job_id );

		return $job;
	}

	public function email_sent( string $job_id, string $type ): void {
		$this->within(
			$job_id,
			function ( Job $job ) use ( $type ): void {
				$this->change( $job, array( 'email_state' => 'sent' ) + ( 'ready' === $type ? array( 'email_sent' => true ) : array() ) );
				$this->log( $job, 'email', array( 'to' => 'sent', 'reason' => $type ) );
			}
		);
	}

	public function email_failed( string $job_id ): void {
		$this->within(
			$job_id,
			function ( Job $job ): void {
				$this->change( $job, array( 'email_state' => 'failed' ) );
				$this->log( $job, 'email', array( 'to' => 'failed' ) );
			}
		);
	}

	/** @return list<Attention> All reasons, the most urgent first. */
	public function attention_all( Job $job ): array {
		return $this->attention->for_jobs( array( $job->job_id => $job ) )[ $job->job_id ];
	}

	/**
	 * Recomputes `attention`. A job that needs nothing new, and about which nothing was written, is not touched; where only something that
	 * belongs to it was written, it gets a new version: the lock of a row that does not change holds on one node of a cluster only.
	 *
	 * @param array<string,Job> $locked Jobs as they were when they were locked, by job_id.
	 */
	private function settle( array $locked ): void {
		$jobs    = $this->jobs->find_many( array_map( 'strval', array_keys( $locked ) ) );
		$reasons = $this->attention->for_jobs( $jobs );
		foreach ( $jobs as $job_id => $job ) {
			$attention  = $reasons[ $job_id ][0] ?? null;
			$is_touched = $this->touched->take( $job_id );
			if ( $attention !== $job->attention ) {
				$this->jobs->update( $job, array( 'attention' => $attention ) );
			} elseif ( $is_touched && $job->version === $locked[ $job_id ]->version ) {
				$this->jobs->touch( $job );
			}
		}
	}

	/** @param array<string,mixed> $why See change(). */
	private function announce_status( Job $job, JobStatus $old, array $why ): void {
		$this->after_commit(
			static function () use ( $job, $old, $why ): void {
				$data = ReasonWords::for_hooks( $why ) + ( $why['data'] ?? array() );

				/**
				 * Fires when a job's status moved.
				 *
				 * @since 0.1.0
				 *
				 * @param string $job_id The job.
				 * @param string $old    The status it had.
				 * @param string $new    The status it has.
				 * @param array  $data   Why: `reason`, since 0.2.0 `reason_code`, `source`.
				 */
				Listeners::do_action( 'smi_job_status_changed', $job->job_id, $old->value, $job->status->value, $data );
				if ( JobStatus::Completed === $job->status ) {
					/**
					 * Fires when a job's file is ready, right after `smi_job_status_changed`.
					 *
					 * @since 0.1.0
					 *
					 * @param string $job_id The job.
					 */
					Listeners::do_action( 'smi_job_completed', $job->job_id );
				}
				if ( JobStatus::Failed === $job->status ) {
					$failure = ReasonWords::for_hooks(
						array( 'reason' => $job->failure_reason, 'args' => Args::of( $job->failure_args ) )
					);

					/**
					 * Fires when a job failed for good.
					 *
					 * @since 0.1.0
					 * @since 0.2.0 `$code`.
					 *
					 * @param string $job_id The job.
					 * @param string $reason In words, in the site's language.
					 * @param string $code   The reason for programs; empty where an owner typed it.
					 */
					Listeners::do_action( 'smi_job_failed', $job->job_id, (string) $failure['reason'], (string) $failure['reason_code'] );
				}
			}
		);
	}

	/** Fires an action once the open transaction has committed. */
	private function tell( string $hook, mixed ...$args ): void {
		$this->after_commit( static fn(): int => Listeners::do_action( $hook, ...$args ) );
	}
}
