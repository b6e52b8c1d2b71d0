<?php
/**
 * How the action of a batch is done with one job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Batches;

use SellMyImages\Actions\LockedActions;
use SellMyImages\Actions\Refusals;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Refunds\Refund;
use SellMyImages\Support\Money;
use SellMyImages\Upscaling\Attempt;

/**
 * Asks and does through what single jobs are asked and done by: there are no rules of its own here but what "so many percent" means.
 */
final class Task {

	public function __construct( private readonly LockedActions $actions ) {
	}

	/**
	 * Only looks.
	 *
	 * @param array<string,mixed> $params   Of batch-params.schema.json.
	 * @param list<Attempt>       $attempts All of the job's.
	 * @param list<Refund>        $refunds  All of the job's.
	 * @throws ActionRefused When it cannot be done.
	 */
	public function check( string $action, array $params, Job $job, array $attempts, array $refunds ): Stake {
		if ( 'refund' === $action ) {
			return new Stake( $this->refund_amount( $params, $job, $refunds ) );
		}
		if ( 'retry' === $action ) {
			Refusals::retry( $job, $attempts, $refunds, self::retry_options( $params ) );

			return new Stake( null, Refusals::source( $job )->credits );
		}
		match ( $action ) {
			'status' => self::check_status( $job, JobStatus::from( (string) $params['status'] ) ),
			'download_token' => Refusals::new_link( $job, ! empty( $params['notify'] ) ),
			'email' => Refusals::send_email( $job, $refunds ),
			default => null,
		};

		return new Stake();
	}

	/**
	 * Does it, with a locked job.
	 *
	 * @throws ActionRefused When it cannot be done any more; nothing was written.
	 */
	public function apply( Batch $batch, Job $job, ?int $amount_minor ): Outcome {
		$params = $batch->params;
		if ( 'retry' === $batch->action ) {
			return $this->start_retry( $batch, $job );
		}
		match ( $batch->action ) {
			'refund' => $this->actions->refund( $job, $amount_minor, $params['reason'] ?? null, $params['note'] ?? null, $batch->key() ),
			'status' => $this->set_status( $job, JobStatus::from( (string) $params['status'] ), (string) ( $params['reason'] ?? '' ) ),
			'download_token' => $this->actions->new_link( $job, ! empty( $params['notify'] ) ),
			'email' => $this->actions->send_email( $job ),
			'refresh' => $this->actions->refresh( $job ),
			default => throw new \LogicException( "No such action: $batch->action" ),
		};

		return Outcome::done();
	}

	/** The attempt is made here, where the item's state is written with it; listeners hear of it after the commit. */
	private function start_retry( Batch $batch, Job $job ): Outcome {
		$options = array( 'idempotency_key' => $batch->key() ) + self::retry_options( $batch->params );

		return $this->actions->start_retry( $job, $options, $batch->retry_context() ) ? Outcome::committed() : Outcome::done();
	}

	private function set_status( Job $job, JobStatus $status, string $reason ): void {
		self::check_status( $job, $status );
		$this->actions->set_status( $job, $status, $reason );
	}

	/** To set a status that a job has already is no fault of one job, and nothing to count among many. */
	private static function check_status( Job $job, JobStatus $status ): void {
		if ( $status === $job->status ) {
			throw ActionRefused::because( 'smi_job_status_same' );
		}
		Refusals::status( $job, $status );
	}

	/**
	 * @param array<string,mixed> $params  amount or percent, or neither.
	 * @param list<Refund>        $refunds All of the job's.
	 * @return int Minor units.
	 */
	private function refund_amount( array $params, Job $job, array $refunds ): int {
		$left = Refusals::refund( $job, $refunds, null );
		if ( isset( $params['percent'] ) ) {
			$wish = min( $left, intdiv( $job->charged_minor() * (int) $params['percent'], 100 ) );

			return $wish > 0 ? $wish : throw ActionRefused::because( 'smi_refund_amount', array( 'why' => 'nothing' ) );
		}
		if ( ! isset( $params['amount'] ) ) {
			return $left;
		}
		try {
			$wish = Money::to_minor( (string) $params['amount'], $job->currency );
		} catch ( \InvalidArgumentException ) {
			throw ActionRefused::because( 'smi_refund_amount', array( 'why' => 'no_such_amount' ) );
		}

		return $wish <= $left ? $wish : throw ActionRefused::because( 'smi_refund_amount', array( 'why' => 'too_much' ) );
	}

	/**
	 * @param array<string,mixed> $params Of batch-params.schema.json.
	 * @return array{force:bool,acknowledge_refunded:bool}
	 */
	private static function retry_options( array $params ): array {
		return array( 'force' => ! empty( $params['force'] ), 'acknowledge_refunded' => ! empty( $params['acknowledge_refunded'] ) );
	}
}
