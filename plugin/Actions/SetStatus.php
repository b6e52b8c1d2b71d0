<?php
/**
 * Sets a job's status.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Support\Times;
use SellMyImages\Upscaling\Attempts;

/** Moves no money, and a job only where it is true. Parameters: `status`; `reason`, kept in the log. */
final class SetStatus extends Action {

	/** Only making the image again leads here. */
	private const BY_RETRY = array( JobStatus::Pending, JobStatus::Processing );

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly CommandRepository $commands,
		private readonly Attempts $attempts,
		private readonly LinkTokens $links
	) {
	}

	public function name(): string {
		return 'status';
	}

	public function route(): ActionRoute {
		return new ActionRoute( '', 'job-status-change', 'PATCH' );
	}

	public function message(): string {
		return __( 'The status is changed. No money was moved.', 'sell-my-images' );
	}

	public function batch_params(): array {
		return array( 'status', 'reason' );
	}

	public function check_batch_params( array $params ): void {
		if ( ! isset( $params['status'] ) ) {
			throw new InvalidFilter( 'params.status', __( 'Say which status.', 'sell-my-images' ) );
		}
	}

	public function refusal( JobFacts $facts, ActionRequest $request ): ?ActionRefused {
		$allowed = self::targets( $facts->job );
		$status  = self::wanted( $request );
		if ( null === $status ) {
			return array() === $allowed ? self::not_possible( '', $allowed ) : null;
		}
		if ( in_array( $status, self::BY_RETRY, true ) ) {
			return ActionRefused::because( ErrorCode::JOB_USE_RETRY );
		}
		if ( $status === $facts->job->status ) {
			return ActionRefused::because( ErrorCode::JOB_STATUS_SAME );
		}
		if ( in_array( $status, $allowed, true ) && ( JobStatus::Completed !== $status || $facts->has_file() ) ) {
			return null;
		}

		return self::not_possible(
			JobStatus::Abandoned === $status && $facts->job->is_payment_under_way ? 'under_way' : $status->value,
			$allowed
		);
	}

	/** To set a status that one job has already is no fault; among many it is nothing to count. */
	protected function done_before( JobFacts $facts, ActionRequest $request ): ?ActionResult {
		$status = self::wanted( $request );

		return $status === $facts->job->status && ! $request->is_batch() && ! in_array( $status, self::BY_RETRY, true )
			? new ActionResult()
			: null;
	}

	protected function apply( JobFacts $facts, ActionRequest $request ): ActionResult {
		$job    = $facts->job;
		$reason = (string) $request->text( 'reason' );
		$status = self::wanted( $request ) ?? $job->status;
		if ( JobStatus::AwaitingPayment === $job->status && null !== $job->stripe_checkout_session_id ) {
			$this->commands->hint( CommandKind::ExpireCheckout, $job->job_id, $job->job_id );
		}
		$this->attempts->supersede( $job );
		$changes = array( 'status' => $status ) + $this->stamps( $job, $status, $reason );
		$this->lifecycle->change(
			$this->lifecycle->fresh( $job ),
			$changes,
			array( 'reason' => $reason, 'data' => array( 'source' => 'owner' ) )
		);

		return new ActionResult();
	}

	private static function wanted( ActionRequest $request ): ?JobStatus {
		return JobStatus::tryFrom( (string) $request->text( 'status' ) );
	}

	/** @return list<JobStatus> Where the job may go; to be completed it also needs its file on the disk. */
	private static function targets( Job $job ): array {
		$is_unpaid = ! $job->is_paid() && ! $job->is_payment_under_way;
		$has_file  = '' !== (string) $job->upscaled_file_path;
		$open      = array( JobStatus::Failed );
		if ( $has_file ) {
			array_unshift( $open, JobStatus::Completed );
		} elseif ( $is_unpaid ) {
			$open[] = JobStatus::Abandoned;
		}

		return array_values( array_filter( $open, static fn( JobStatus $status ): bool => $status !== $job->status ) );
	}

	/** @param list<JobStatus> $allowed See targets(). */
	private static function not_possible( string $why, array $allowed ): ActionRefused {
		$names = array_map( static fn( JobStatus $open ): string => $open->value, $allowed );

		return ActionRefused::because( ErrorCode::JOB_STATUS_NOT_POSSIBLE, array( 'why' => $why ), 409, array( 'allowed' => $names ) );
	}

	/** @return array<string,mixed> Columns that go with a status. */
	private function stamps( Job $job, JobStatus $status, string $reason ): array {
		if ( JobStatus::Completed === $status ) {
			$link = 'active' === LinkTokens::state( $job ) ? array() : $this->links->issue( $job );

			return $link + array( 'completed_at' => Times::now(), 'failed_at' => null, 'failure_reason' => null );
		}

		return array(
			'failed_at'      => JobStatus::Failed === $status ? Times::now() : null,
			'failure_reason' => '' === $reason ? null : mb_substr( $reason, 0, 250 ),
		);
	}
}
