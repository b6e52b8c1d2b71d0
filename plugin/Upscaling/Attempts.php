<?php
/**
 * Starts, supersedes and ends the attempts of a locked job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Commands\Command;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Files\StoredFile;
use SellMyImages\Files\UploadsPath;
use SellMyImages\Jobs\FailureReason;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Refunds\Refunds;
use SellMyImages\Support\Args;
use SellMyImages\Support\Durations;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;

/**
 * Every method is called inside Lifecycle::within(), with the locked job.
 *
 * @phpstan-type How array{by?:string,is_override?:bool,idempotency_key?:string|null,retry_of?:string|null,retry_no?:int}
 */
final class Attempts {

	private const MAX_RETRIES = 2;

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly AttemptRepository $attempts,
		private readonly CommandRepository $commands,
		private readonly Refunds $refunds,
		private readonly LinkTokens $links
	) {
	}

	public function current( Job $job ): ?Attempt {
		return Attempt::current( $job, $this->attempts->for_job( $job->job_id ) );
	}

	/** Whether an attempt was started under this idempotency key. */
	public function has_started( string $job_id, string $key ): bool {
		return null !== $this->attempts->find_by_idempotency_key( $job_id, $key );
	}

	/**
	 * @param How $how Who starts it, and why.
	 * @return Job The job, pending; one with a good file stays completed.
	 */
	public function start( Job $job, array $how = array() ): Job {
		$this->supersede( $job );
		$plan = AttemptPlan::for_job( $job );
		if ( null === $plan ) {
			return $this->fail_job( $this->to_pending( $job ), FailureReason::SourceUnknown->value );
		}
		$attempt = $this->attempts->insert( $this->row( $job, $plan, $how ) );
		$kind    = $attempt->is_local() ? CommandKind::RefreshAttempt : CommandKind::Submit;
		$this->commands->hint( $kind, $attempt->uuid(), $job->job_id, 0, $attempt->is_local() ? Command::READY : array() );
		$changes = array(
			'current_attempt' => $attempt->uuid(),
			'attempt_count'   => $job->attempt_count + 1,
			'source_type'     => $plan->provider,
		);
		if ( ! $attempt->keeps_file() ) {
			$changes += array( 'status' => JobStatus::Pending, 'failed_at' => null, 'failure_reason' => null );
		}
		$after = $this->lifecycle->change( $job, $changes, array( 'reason' => $how['by'] ?? '' ) );
		$this->lifecycle->log(
			$after,
			'attempt',
			array( 'to' => Attempt::QUEUED, 'reason' => $how['by'] ?? '', 'ref' => $attempt->uuid() )
		);

		return $after;
	}

	/** The upscaler has made the picture: it is fetched as soon as the bridge has room for one. */
	public function is_ready( Attempt $attempt ): void {
		$this->commands->hint( CommandKind::RefreshAttempt, $attempt->uuid(), $attempt->job_id(), 1, Command::READY );
	}

	/** Whatever runs no longer counts; its provider id is kept, and its result is stored if it still comes. */
	public function supersede( Job $job ): void {
		$current = $this->current( $job );
		if ( null === $current || ! $current->is_live() ) {
			return;
		}
		$was = $current->state();
		if ( null !== $this->attempts->update( $current, array( 'state' => Attempt::SUPERSEDED, 'ended_at' => Times::now() ) ) ) {
			$this->commands->close( CommandKind::Submit, $current->uuid() );
			$this->lifecycle->log( $job, 'attempt', array( 'from' => $was, 'to' => Attempt::SUPERSEDED, 'ref' => $current->uuid() ) );
		}
	}

	/**
	 * The file is on disk: the job is completed, if the attempt still counts.
	 *
	 * @param array<string,mixed> $columns The attempt's columns: credits, cost and the file.
	 */
	public function succeed( Job $job, Attempt $attempt, StoredFile $file, array $columns ): Job {
		$counts = $attempt->is_live() && $attempt->uuid() === $job->current_attempt;
		$before = $this->attempts->for_job( $job->job_id );
		$after  = $this->attempts->update(
			$attempt,
			$columns + array(
				'state'       => $counts ? Attempt::SUCCEEDED : $attempt->state(),
				'ended_at'    => Times::now(),
				'file_path'   => UploadsPath::to_store( $file->path ),
				'file_sha256' => $file->sha256,
				'file_bytes'  => $file->bytes,
				'file_width'  => $file->width,
				'file_height' => $file->height,
				'file_mime'   => $file->mime,
			)
		);
		if ( null === $after ) {
			return $job;
		}
		$this->lifecycle->log(
			$job,
			'attempt',
			array( 'from' => $attempt->state(), 'to' => Attempt::SUCCEEDED, 'ref' => $attempt->uuid(), 'reason' => $counts ? '' : 'late' )
		);
		$job = $this->add_costs( $job, $before );

		return $counts ? $this->complete( $job, $after ) : $job;
	}

	/** Takes an attempt's stored file as the job's. */
	public function complete( Job $job, Attempt $attempt ): Job {
		$was_completed = JobStatus::Completed === $job->status;
		$changes       = array(
			'status'             => JobStatus::Completed,
			'upscaled_file_path' => $attempt->file_path(),
			'upsampler_job_id'   => $attempt->provider_id() ?? $job->upsampler_job_id,
			'current_attempt'    => $attempt->uuid(),
			'completed_at'       => Times::now(),
			'failed_at'          => null,
			'failure_reason'     => null,
		);
		$is_linked     = 'active' === LinkTokens::state( $job );
		if ( ! $is_linked ) {
			$changes += $this->links->issue( $job );
		}
		$after = $this->lifecycle->change( $job, $changes );
		if ( ! $was_completed || ! $is_linked ) {
			$after = $this->queue_mail( $after, 'ready' );
		}

		return $after;
	}

	/**
	 * @param string              $code Of FailureReason; another one is of a provider that says more than this version knows.
	 * @param string              $said What the provider said, in its own words; never ours, which are made when somebody reads them.
	 * @param array<string,mixed> $args More for the sentence.
	 */
	public function fail( Job $job, Attempt $attempt, string $code, string $said, bool $is_transient, array $args = array() ): Job {
		$was    = $attempt->state();
		$known  = FailureReason::tryFrom( $code );
		$reason = ( $known ?? FailureReason::Failed )->value;
		$args  += array( 'said' => $said, 'code' => null === $known ? $code : null );
		$ended  = array(
			'state' => Attempt::FAILED,
			'ended_at' => Times::now(),
			'error' => $reason,
			'error_args' => Args::json( $args ),
			'is_transient' => $is_transient,
		);
		if ( null === $this->attempts->update( $attempt, $ended ) ) {
			return $job;
		}
		$this->lifecycle->log(
			$job,
			'attempt',
			array( 'from' => $was, 'to' => Attempt::FAILED, 'reason' => $reason, 'args' => $args, 'ref' => $attempt->uuid() )
		);
		if ( $attempt->uuid() !== $job->current_attempt || ! $attempt->is_live() || JobStatus::Completed === $job->status ) {
			return $job;
		}
		if ( $is_transient && $job->is_paid() && $attempt->retry_no() < self::MAX_RETRIES ) {
			return $this->await_retry( $job, $attempt, $code, $reason );
		}

		return $this->fail_job( $job, $reason, $args );
	}

	/**
	 * Final: the job fails, and what is left of the money goes back.
	 *
	 * @param string              $reason Of FailureReason.
	 * @param array<string,mixed> $args   Of its sentence.
	 */
	public function fail_job( Job $job, string $reason, array $args = array() ): Job {
		$after = $this->lifecycle->change(
			$job,
			array(
				'status' => JobStatus::Failed,
				'failed_at' => Times::now(),
				'failure_reason' => $reason,
				'failure_args' => Args::json( $args ),
			),
			array( 'reason' => $reason, 'args' => $args )
		);

		return $this->refunds->request_automatic( $after );
	}

	public function queue_mail( Job $job, string $type ): Job {
		if ( '' === $job->email ) {
			return $job;
		}
		$this->commands->hint( CommandKind::SendEmail, "{$job->job_id}:$type", $job->job_id, 0, array( 'type' => $type ) );

		return $this->lifecycle->change( $job, array( 'email_state' => 'queued' ) );
	}

	/**
	 * Adds what an attempt cost, late ones included.
	 *
	 * @param array<string,mixed> $columns The attempt's columns: credits and cost.
	 */
	public function record_cost( Job $job, Attempt $attempt, array $columns ): Job {
		$before = $this->attempts->for_job( $job->job_id );
		$this->attempts->update( $attempt, $columns );

		return $this->add_costs( $job, $before );
	}

	/** @param list<Attempt> $before The job's attempts, as they were. */
	private function add_costs( Job $job, array $before ): Job {
		return $this->lifecycle->change( $job, Costs::changes( $job, $before, $this->attempts->for_job( $job->job_id ) ) );
	}

	/** @param string $code As the provider said it: the hook is told. */
	private function await_retry( Job $job, Attempt $attempt, string $code, string $reason ): Job {
		$wait = Durations::seconds( 0 === $attempt->retry_no() ? 'RETRY_FIRST' : 'RETRY_SECOND' );
		$this->commands->hint( CommandKind::Retry, $attempt->uuid(), $job->job_id, $wait, array( 'reason' => $code ) );

		return JobStatus::Processing === $job->status
			? $job
			: $this->lifecycle->change( $job, array( 'status' => JobStatus::Processing ), array( 'reason' => $reason ) );
	}

	private function to_pending( Job $job ): Job {
		return JobStatus::Pending === $job->status ? $job : $this->lifecycle->change( $job, array( 'status' => JobStatus::Pending ) );
	}

	/**
	 * @param How $how
	 * @return array<string,string|int|null> The new attempt's columns.
	 */
	private function row( Job $job, AttemptPlan $plan, array $how ): array {
		$uuid = Uuid::v4();

		return array(
			'uuid'            => $uuid,
			'job_id'          => $job->job_id,
			'provider'        => $plan->provider,
			'state'           => Attempt::QUEUED,
			'token_hash'      => hash( 'sha256', $uuid ),
			'factor'          => $plan->factor,
			'source_url'      => $plan->source_url,
			'is_override'     => (int) ( $how['is_override'] ?? false ),
			'override_by'     => $how['by'] ?? null,
			'idempotency_key' => $how['idempotency_key'] ?? null,
			'retry_of'        => $how['retry_of'] ?? null,
			'retry_no'        => $how['retry_no'] ?? 0,
			'keeps_file'      => (int) ( JobStatus::Completed === $job->status && $job->has_file() ),
			'created_at'      => Times::now(),
		);
	}
}
