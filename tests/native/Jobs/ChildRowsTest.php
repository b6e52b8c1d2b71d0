<?php
/**
 * What belongs to a job changes the job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Jobs;

use SellMyImages\Actions\ActionRequest;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\StaleJob;

/**
 * A lock of the job's row holds on one node of a cluster only; a row that was changed holds on all. And who asks by ETag must hear of a refund.
 */
final class ChildRowsTest extends LifecycleTestCase {

	/** @dataProvider children */
	public function test_a_row_written_about_a_job_makes_a_new_version_of_it( \Closure $write ): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		$before = $this->backdated( $job_id );
		$this->plugin()->lifecycle()->within( $job_id, fn( Job $job ) => $write( $job ) );
		$after = $this->job( $job_id );
		self::assertSame( $before->version + 1, $after->version );
		self::assertGreaterThan( $before->updated_at, $after->updated_at );
	}

	/** @return array<string,array{\Closure}> */
	public function children(): array {
		return array(
			'refund'               => array( fn( Job $job ) => $this->plugin()->refunds()->request_manual( $job, 100, null, null, null ) ),
			'event'                => array( fn( Job $job ) => $this->plugin()->lifecycle()->log( $job, 'action', array( 'to' => 'x' ) ) ),
			'attempt'              => array( fn( Job $job ) => $this->plugin()->attempt_repository()->update( $this->attempts( $job->job_id )[0], array( 'credits' => 9 ) ) ),
			'command'              => array( fn( Job $job ) => $this->plugin()->commands()->hint( CommandKind::RefreshPayment, $job->job_id, $job->job_id ) ),
			'and the job as well'  => array( fn( Job $job ) => $this->plugin()->lifecycle()->log( $this->plugin()->lifecycle()->change( $job, array( 'credits_used' => 7 ) ), 'action', array() ) ),
			'in a work within one' => array( fn( Job $job ) => $this->plugin()->lifecycle()->within( $job->job_id, fn( Job $same ) => $this->plugin()->lifecycle()->log( $same, 'action', array() ) ) ),
		);
	}

	public function test_a_look_that_writes_nothing_changes_nothing(): void {
		$job_id = $this->paid_job();
		$before = $this->backdated( $job_id );
		$this->plugin()->sweeper()->look( $job_id );
		$this->plugin()->lifecycle()->within( $job_id, fn( Job $job ) => $this->plugin()->refund_repository()->for_job( $job_id ) );
		self::assertEquals( $before, $this->job( $job_id ) );
	}

	public function test_of_many_jobs_only_those_change_that_something_was_written_about(): void {
		$ids    = array( $this->make_job(), $this->make_job(), $this->make_job() );
		$before = array_map( fn( string $id ): int => $this->job( $id )->version, $ids );
		$this->plugin()->lifecycle()->within_many( $ids, fn( array $jobs ) => $this->plugin()->lifecycle()->log( $jobs[ $ids[1] ], 'action', array() ) );
		self::assertSame( array( $before[0], $before[1] + 1, $before[2] ), array_map( fn( string $id ): int => $this->job( $id )->version, $ids ) );
	}

	public function test_what_was_rolled_back_counts_no_version(): void {
		$job_id = $this->make_job();
		try {
			$this->plugin()->lifecycle()->within(
				$job_id,
				function ( Job $job ): void {
					$this->plugin()->lifecycle()->log( $job, 'action', array() );
					throw new \RuntimeException( 'no' );
				}
			);
		} catch ( \RuntimeException ) {
			$this->plugin()->lifecycle()->within( $job_id, static fn( Job $job ): bool => true );
		}
		self::assertSame( 1, $this->job( $job_id )->version );
	}

	public function test_two_who_change_the_job_from_the_same_version_cannot_both(): void {
		$job_id = $this->paid_job();
		$seen   = $this->job( $job_id );
		$this->plugin()->actions()->run( 'refund', $job_id, new ActionRequest( amount_minor: 100 ) );
		$this->expectException( StaleJob::class );
		$this->plugin()->jobs()->update( $seen, array( 'credits_used' => 3 ) );
	}

	public function test_who_asks_by_etag_hears_of_a_refund(): void {
		$this->as_admin();
		$job_id = $this->paid_job();
		$etag   = $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_headers()['ETag'];
		self::assertSame( 304, $this->rest( 'GET', "/smi/v1/jobs/$job_id", array(), array( 'If-None-Match' => $etag ) )->get_status() );
		$this->plugin()->actions()->run( 'refund', $job_id, new ActionRequest( amount_minor: 100 ) );
		self::assertSame( 200, $this->rest( 'GET', "/smi/v1/jobs/$job_id", array(), array( 'If-None-Match' => $etag ) )->get_status() );
		self::assertSame( 412, $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'failed' ), array( 'If-Match' => $etag ) )->get_status() );
	}

	/** The job as it would be had all of it happened an hour ago. */
	private function backdated( string $job_id ): Job {
		$this->plugin()->db()->execute( 'UPDATE {jobs} SET updated_at = DATE_SUB(updated_at, INTERVAL 1 HOUR) WHERE job_id = %s', $job_id );

		return $this->job( $job_id );
	}
}
