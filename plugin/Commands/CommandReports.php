<?php
/**
 * Applies what the bridge reports.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Database\Transaction;
use SellMyImages\Hooks\Failures;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Support\Durations;

/**
 * Each report in a transaction of its own, the job locked first, fenced by the lease number: the only ordering there
 * is. From a stale lease provider ids are kept and verdicts never (docs: money protocol, 4.2).
 */
final class CommandReports {

	/** Seconds before a fruitless command is tried again; doubled each time. */
	private const BACKOFF = 5;

	/** The longest wait in seconds. */
	private const BACKOFF_MAX = 300;

	/** The longest in seconds that a command waits whose reports cannot be applied. */
	private const LEASE_MAX = 3600;

	/**
	 * @param CommandRepository $commands    The rows.
	 * @param Transaction       $transaction The database's.
	 * @param JobRepository     $jobs        To lock a job.
	 * @param Handlers          $handlers    Who knows each kind.
	 * @param ReportWatch|null  $watch       Who hears of every report.
	 */
	public function __construct(
		private readonly CommandRepository $commands,
		private readonly Transaction $transaction,
		private readonly JobRepository $jobs,
		private readonly Handlers $handlers,
		private readonly ?ReportWatch $watch = null,
	) {}

	/**
	 * Applies one report.
	 *
	 * @param Report $report What came in.
	 * @return array{id:string,answer:string,code?:string} As answer.schema.json has it.
	 * @throws DatabaseError When nothing at all can be stored now: the sender keeps the report and sends it again.
	 */
	public function apply( Report $report ): array {
		try {
			$this->handlers->before_report( $report );
			$result = $this->transaction->run( fn(): ReportResult => $this->applied( $report ) );
		} catch ( \Throwable $error ) {
			if ( $error instanceof DatabaseError && ( $error->is_passing() || $error->is_lost_connection() ) ) {
				throw $error;
			}
			$result = $this->failed( $report, $error );
		}
		$answer = array(
			'id'     => $report->id,
			'answer' => $result->answer,
		);
		return null === $result->code ? $answer : $answer + array( 'code' => $result->code );
	}

	/**
	 * A report that cannot be applied is its own trouble, and must not stop the others. It keeps its lease, so that whoever comes
	 * next finds a lease that ended unanswered; that takes longer each time.
	 *
	 * @param Report     $report What came in.
	 * @param \Throwable $error  Why nothing of it was kept.
	 * @throws DatabaseError When the database takes nothing else either.
	 */
	private function failed( Report $report, \Throwable $error ): ReportResult {
		$command = $this->commands->find_uuid( $report->command );
		if ( null !== $command ) {
			$seconds = Durations::seconds( 'LEASE' ) * 2 ** min( 10, max( 0, $command->tries - 1 ) );
			$this->transaction->run(
				fn(): bool => $this->commands->renew( $command, $report->lease_no, min( self::LEASE_MAX, $seconds ) )
			);
		}
		Failures::note( Failures::CHANNEL, 'report/' . ( $command?->kind->value ?? '' ), $error, $command->job_id ?? $report->command );
		return new ReportResult( 'retry', 'internal_error' );
	}

	/**
	 * Inside the transaction.
	 *
	 * @param Report $report What came in.
	 */
	private function applied( Report $report ): ReportResult {
		$read    = $this->commands->find_uuid( $report->command );
		$handler = null === $read ? null : $this->handlers->bridge( $read->kind );
		if ( null === $read || null === $handler ) {
			return ReportResult::rejected( 'unknown_command' );
		}
		$job     = $this->lock_job( $read );
		$command = $this->commands->lock( $read->id );
		if ( null === $command ) {
			return ReportResult::rejected( 'unknown_command' );
		}
		$is_current = $command->lease_no === $report->lease_no && null !== $command->leased_until && null === $command->done_at;
		$result     = $handler->report( $command, $job, $report, $is_current );
		if ( ! $is_current ) {
			return $this->stale( $command, $report, $result );
		}
		$this->watch?->saw( $command->kind, $report );
		return $this->settle( $command, $report, $result );
	}

	/**
	 * Ends the lease as the handler said.
	 *
	 * @param Command      $command Leased to the reporter.
	 * @param Report       $report  What came in.
	 * @param ReportResult $result  The handler's word.
	 */
	private function settle( Command $command, Report $report, ReportResult $result ): ReportResult {
		$is_undecided = 'retry' === $result->answer || ( 'retry' === $report->outcome && 'rejected' !== $result->answer );
		if ( ! $is_undecided ) {
			$this->commands->finish( $command, $result->again_in );
			return $result;
		}
		$this->commands->release( $command, $result->again_in ?? $this->backoff( $command, $report ) );
		return $result;
	}

	/**
	 * A report that comes too late.
	 *
	 * @param Command      $command As it is now.
	 * @param Report       $report  What came in.
	 * @param ReportResult $result  What the handler could still take from it.
	 */
	private function stale( Command $command, Report $report, ReportResult $result ): ReportResult {
		if ( $command->lease_no === $report->lease_no ) {
			// Sent twice, because our first answer was lost.
			return new ReportResult( 'unchanged', 'already_answered' );
		}
		if ( 'snapshot' !== $report->outcome ) {
			return $result;
		}
		$this->commands->want_again( $command );
		return new ReportResult( 'retry', 'stale_lease' );
	}

	/**
	 * Seconds until the next try.
	 *
	 * @param Command $command Its tries so far.
	 * @param Report  $report  What the provider asked for.
	 */
	private function backoff( Command $command, Report $report ): int {
		$doubled = self::BACKOFF * 2 ** min( 10, max( 0, $command->tries - 1 ) );
		return max( (int) ceil( ( $report->retry_in_ms ?? 0 ) / 1000 ), min( self::BACKOFF_MAX, $doubled ) );
	}

	/**
	 * Locks the command's job.
	 *
	 * @param Command $command The command.
	 */
	private function lock_job( Command $command ): ?Job {
		return null === $command->job_id ? null : $this->jobs->lock( $command->job_id );
	}
}
