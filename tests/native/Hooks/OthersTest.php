<?php
/**
 * What other people's listeners do wrong harms no sale.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Hooks;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Hooks\Failure;
use SellMyImages\Hooks\Failures;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class OthersTest extends LifecycleTestCase {

	private function throw_at( string $hook, int $priority = 10 ): void {
		add_action( $hook, static fn() => throw new \Error( "a fault at $hook" ), $priority );
	}

	public function test_a_thrower_on_the_status_silences_neither_the_next_listener_nor_the_next_action(): void {
		$this->throw_at( 'smi_job_status_changed', -1 );
		$this->throw_at( 'smi_job_created', -1 );
		$completed = $this->completed_job();
		$failed    = $this->failed_job();
		self::assertSame( array( $completed, $failed ), array_column( $this->firings( 'smi_job_created' ), 0 ) );
		self::assertSame( array( array( $completed ) ), $this->firings( 'smi_job_completed' ) );
		self::assertSame( array( $failed ), array_column( $this->firings( 'smi_job_failed' ), 0 ) );
		self::assertContains( 'completed', array_column( $this->firings( 'smi_job_status_changed' ), 2 ) );
		self::assertSame( array(), array_diff( array( 'smi_job_created', 'smi_job_status_changed' ), array_column( Failures::all(), 'what' ) ) );
	}

	public function test_a_payment_goes_on_and_is_told_once(): void {
		$this->throw_at( 'smi_payment_completed', -1 );
		$this->throw_at( 'smi_payment_completed' );
		$job_id = $this->paid_job();
		self::assertCount( 1, $this->attempts( $job_id ) );
		self::assertNotNull( $this->job( $job_id )->payment_action_done_at );
		self::assertCount( 1, $this->firings( 'smi_payment_completed' ) );
	}

	public function test_where_another_makes_the_images_its_failure_is_told_again(): void {
		remove_action( 'smi_payment_completed', array( $this->plugin()->payment_completed(), 'handle' ), 1 );
		$this->throw_at( 'smi_payment_completed' );
		$job_id = $this->paid_job();
		self::assertNull( $this->job( $job_id )->payment_action_done_at );
		$this->plugin()->db()->execute( 'UPDATE {jobs} SET payment_action_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 6 MINUTE)' );
		$this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 5 );
		self::assertSame( array( 'redelivery' => 1 ), $this->firings( 'smi_payment_completed' )[1][1] );
	}

	public function test_our_own_listener_that_fails_is_told_again(): void {
		$fault  = $this->fault_at( '/INSERT INTO \S+smi_attempts/' );
		$job_id = $this->paid_job();
		remove_filter( 'query', $fault );
		self::assertSame( array( array(), null ), array( $this->attempts( $job_id ), $this->job( $job_id )->payment_action_done_at ) );
		self::assertCount( 1, $this->firings( 'smi_payment_completed' ) );
		$this->plugin()->db()->execute( 'UPDATE {jobs} SET payment_action_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 6 MINUTE)' );
		$this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 5 );
		self::assertCount( 1, $this->attempts( $job_id ) );
	}

	public function test_a_retry_is_answered_as_done_whoever_throws_and_repeating_it_starts_nothing(): void {
		$job_id = $this->failed_job();
		$this->throw_at( 'smi_payment_completed', 0 );
		$this->throw_at( 'smi_payment_completed' );
		$this->throw_at( 'smi_job_status_changed' );
		$this->as_admin();
		$first  = $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array(), array( 'Idempotency-Key' => 'once' ) );
		$second = $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array(), array( 'Idempotency-Key' => 'once' ) );
		self::assertSame( array( 200, 200 ), array( $first->get_status(), $second->get_status() ) );
		self::assertSame( $first->get_data(), $second->get_data() );
		self::assertCount( 2, $this->attempts( $job_id ) );
		self::assertSame( 'pending', $this->job( $job_id )->status->value );
	}

	public function test_two_administrators_at_once_start_one_attempt(): void {
		$job_id = $this->failed_job();
		$this->as_admin();
		$second = null;
		$asked  = 0;
		add_action(
			'smi_payment_completed',
			function () use ( $job_id, &$second, &$asked ): void {
				if ( 1 === ++$asked ) {
					$second = $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry" );
				}
			},
			0
		);
		self::assertSame( 200, $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry" )->get_status() );
		self::assertSame( array( 409, 'smi_job_running' ), array( $second?->get_status(), $second?->get_data()['code'] ) );
		self::assertCount( 2, $this->attempts( $job_id ), 'The failed one and the new one.' );
	}

	public function test_the_job_stays_locked_from_the_question_to_the_attempt(): void {
		$job_id = $this->failed_job();
		$this->as_admin();
		$other  = $this->other_connection();
		$tables = $this->plugin()->db()->table( 'jobs' );
		$seen   = array();
		mysqli_report( MYSQLI_REPORT_OFF );
		add_filter(
			'query',
			static function ( string $sql ) use ( &$seen, $other, $tables, $job_id ): string {
				if ( 'COMMIT' === $sql || str_contains( $sql, 'smi_attempts (' ) ) {
					$seen[] = 'COMMIT' === $sql ? 'commit' : 'attempt, job ' . ( false === $other->query( "SELECT id FROM $tables WHERE job_id = '$job_id' FOR UPDATE NOWAIT" ) ? 'locked' : 'free' );
				}
				return $sql;
			}
		);
		self::assertSame( 200, $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry" )->get_status() );
		self::assertSame( 'attempt, job locked', $seen[0] );
	}

	public function test_an_automatic_retry_survives_a_process_that_dies_after_its_turn(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		$this->see_attempt( array( 'state' => 'failed', 'is_transient' => true ) );
		$retry = $this->claim( 'retry' );
		self::assertNotNull( $retry );
		$committed = false;
		$dies      = function ( string $sql ) use ( &$committed ): string {
			if ( $committed ) {
				throw new \Error( 'It died' );
			}
			$committed = 'COMMIT' === $sql;
			return $sql;
		};
		add_filter( 'query', $dies );
		try {
			$this->plugin()->automatic_retry()->fire( $job_id, $retry['payload']->attempt, $retry['uuid'], $retry['lease_no'], 'unreachable' );
			self::fail( 'It lived.' );
		} catch ( \Error $error ) {
			self::assertSame( 'It died', $error->getMessage() );
		}
		remove_filter( 'query', $dies );
		self::assertSame( array( 'queued', 'failed' ), array_map( static fn( $attempt ): string => $attempt->state(), $this->attempts( $job_id ) ) );
		self::assertSame( 1, $this->attempts( $job_id )[0]->retry_no() );
		$this->submit( $job_id, 'up_again' );
	}

	public function test_an_automatic_retry_that_another_plugin_makes_is_given_out_until_it_was_told(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		$this->see_attempt( array( 'state' => 'failed', 'is_transient' => true ) );
		remove_action( 'smi_payment_completed', array( $this->plugin()->payment_completed(), 'handle' ), 1 );
		$retry = $this->claim( 'retry' );
		self::assertNotNull( $retry );
		$open = null;
		add_action(
			'smi_payment_completed',
			function () use ( $retry, &$open ): void {
				$open = null === $this->plugin()->commands()->find_uuid( $retry['uuid'] )?->done_at;
			}
		);
		$this->plugin()->automatic_retry()->fire( $job_id, $retry['payload']->attempt, $retry['uuid'], $retry['lease_no'], 'unreachable' );
		self::assertTrue( $open, 'Killed here, it would come again.' );
		self::assertNotNull( $this->plugin()->commands()->find_uuid( $retry['uuid'] )?->done_at );
		self::assertCount( 1, $this->attempts( $job_id ) );
	}

	public function test_a_refund_that_fails_after_all_is_told_to_nobody(): void {
		$job_id = $this->failed_job();
		$this->make_refund( $job_id );
		self::assertSame( array( array( $job_id, '4.90' ) ), $this->firings( 'smi_job_refunded' ) );
		$row = $this->plugin()->refund_repository()->for_job( $job_id )[0];
		$this->see_payment( $job_id, array( 'refunds' => array( array( 'id' => (string) $row->stripe_refund_id(), 'amount_minor' => 490, 'status' => 'failed', 'smi_refund' => $row->uuid(), 'reason' => null, 'failure_reason' => 'expired_or_canceled_card', 'created' => time() ) ) ) );
		self::assertSame( 'paid', $this->job( $job_id )->payment_status->value );
		self::assertCount( 1, $this->firings( 'smi_job_refunded' ) );
	}

	public function test_a_thrower_does_not_keep_a_lost_submit_from_its_retry(): void {
		$lost    = $this->paid_job();
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		$this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => 'timeout' ) ) );
		$this->plugin()->db()->execute( 'UPDATE {attempts} SET unknown_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 31 MINUTE)' );
		for ( $i = 0; $i < 30; $i++ ) {
			$this->make_job( array( 'status' => 'pending', 'payment_status' => 'paid', 'amount_charged' => '4.90', 'paid_at' => gmdate( 'Y-m-d H:i:s', time() - 900 ), 'facet' => Facet::of( JobStatus::Pending, PaymentStatus::Paid, null ) ) );
		}
		$this->throw_at( 'smi_payment_completed', -1 );
		$this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 20 );
		self::assertSame( array( 'failed', 'processing' ), array( $this->attempts( $lost )[0]->state(), $this->job( $lost )->status->value ) );
		self::assertNotNull( $this->plugin()->commands()->find( CommandKind::Retry, $this->attempts( $lost )[0]->uuid() ) );
	}

	public function test_each_of_many_unfinished_jobs_is_looked_at_within_a_few_sweeps(): void {
		$jobs = array();
		for ( $i = 0; $i < 250; $i++ ) {
			$jobs[] = $this->make_job( array( 'status' => 'processing', 'payment_status' => 'paid', 'amount_charged' => '4.90', 'payment_action_done_at' => '2026-01-01 00:00:00', 'updated_at' => gmdate( 'Y-m-d H:i:s', time() - 7200 + $i ), 'attention' => 'stuck_processing', 'facet' => Facet::of( JobStatus::Processing, PaymentStatus::Paid, Attention::StuckProcessing ) ) );
		}
		// The youngest is the one whose attention is out of date.
		$this->plugin()->db()->execute( 'UPDATE {jobs} SET attention = NULL, facet = %d WHERE job_id = %s', Facet::of( JobStatus::Processing, PaymentStatus::Paid, null ), $jobs[249] );
		for ( $sweep = 0; $sweep < 3; $sweep++ ) {
			$this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 20 );
		}
		self::assertSame( 'stuck_processing', $this->job( $jobs[249] )->attention?->value );
	}

	public function test_a_slice_begins_where_the_last_one_ended(): void {
		$this->make_job( array( 'status' => 'pending', 'payment_status' => 'paid', 'amount_charged' => '4.90', 'paid_at' => gmdate( 'Y-m-d H:i:s', time() - 900 ), 'facet' => Facet::of( JobStatus::Pending, PaymentStatus::Paid, null ) ) );
		$unmade = $this->make_job( array( 'created_at' => gmdate( 'Y-m-d H:i:s', time() - 7200 ), 'facet' => Facet::of( JobStatus::AwaitingPayment, PaymentStatus::Pending, null ) ) );
		add_action( 'smi_payment_completed', static fn() => usleep( 60000 ) );
		self::assertSame( 1, $this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 0.05 ) );
		self::assertSame( 'awaiting_payment', $this->job( $unmade )->status->value, 'The first step was slow.' );
		$this->plugin()->db()->execute( 'UPDATE {jobs} SET payment_action_done_at = NULL, payment_action_at = %s WHERE paid_at IS NOT NULL', '2026-01-01 00:00:00' );
		$this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 0.05 );
		self::assertSame( 'abandoned', $this->job( $unmade )->status->value );
	}

	public function test_what_fails_in_a_sweep_is_named_and_the_rest_is_done(): void {
		$bad    = $this->make_job( array( 'job_id' => '00000000-0000-4000-8000-000000000001', 'created_at' => gmdate( 'Y-m-d H:i:s', time() - 7200 ), 'facet' => Facet::of( JobStatus::AwaitingPayment, PaymentStatus::Pending, null ) ) );
		$unmade = $this->make_job( array( 'created_at' => gmdate( 'Y-m-d H:i:s', time() - 7200 ), 'facet' => Facet::of( JobStatus::AwaitingPayment, PaymentStatus::Pending, null ) ) );
		$faults = array( $this->fault_at( "/INSERT INTO \S+smi_job_events .*$bad/s" ), $this->fault_at( '/FROM \S+smi_attempts .*WHERE state/' ) );
		$this->plugin()->sweeper()->run( $this->sweep_command(), microtime( true ) + 5 );
		array_map( static fn( callable $fault ): bool => remove_filter( 'query', $fault ), $faults );
		self::assertSame( array( 'awaiting_payment', 'abandoned' ), array( $this->job( $bad )->status->value, $this->job( $unmade )->status->value ) );
		$ours = array_filter( Failures::all(), static fn( Failure $one ): bool => ! $one->is_of_others() );
		self::assertEqualsCanonicalizing( array( array( 'sweep/abandon_unmade', $bad ), array( 'sweep/fail_unanswered', '' ) ), array_map( static fn( Failure $one ): array => array( $one->what, $one->who ), $ours ) );
	}

	private function sweep_command(): \SellMyImages\Commands\Command {
		$this->plugin()->commands()->schedule( CommandKind::Sweep, 'site', null, 0 );
		$command = $this->plugin()->commands()->find( CommandKind::Sweep, 'site' );
		self::assertNotNull( $command );

		return $command;
	}

	private function fault_at( string $pattern ): callable {
		$fault = static fn( string $sql ): string => 1 === preg_match( $pattern, $sql ) ? throw new \RuntimeException( 'a fault of ours' ) : $sql;
		add_filter( 'query', $fault );

		return $fault;
	}
}
