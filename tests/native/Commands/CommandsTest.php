<?php
/**
 * Commands, their leases and reports.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Commands;

use SellMyImages\Commands\Claim;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\ReportResult;
use SellMyImages\Tests\Channel\ChannelTestCase;

final class CommandsTest extends ChannelTestCase {

	public function test_keeps_one_row_per_object_and_counts_what_was_wanted(): void {
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null, 60, array( 'x' => 1 ) );
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null );
		$command = $this->command( CommandKind::RefreshPayment, 'a' );
		self::assertSame( array( 2, 0, array( 'x' => 1 ) ), array( $command->wanted, $command->taken, $command->payload ) );
		self::assertLessThanOrEqual( $this->db->now(), $command->due_at );
	}

	public function test_hands_a_command_out_once(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		self::assertSame( array( 1, 1, 1 ), array( $command->wanted, $command->taken, $command->lease_no ) );
		self::assertSame( array(), $this->claims()->claim( 4, 20 ) );
	}

	public function test_tells_the_bridge_what_the_contract_says(): void {
		$job_id = $this->make_job();
		$this->commands->hint( CommandKind::RefreshPayment, $job_id, $job_id );
		$claim = $this->claims()->claim( 4, 20 )[0];
		self::assertSame( array( 'uuid', 'kind', 'object', 'lease_no', 'lease_ms', 'payload' ), array_keys( $claim ) );
		self::assertSame( array( 'refresh_payment', $job_id, 1, 180000 ), array( $claim['kind'], $claim['object'], $claim['lease_no'], $claim['lease_ms'] ) );
		self::assertSame( $job_id, $claim['payload']->job );
	}

	public function test_does_not_hand_out_what_is_due_later(): void {
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null, 30 );
		self::assertSame( array(), $this->claims()->claim( 4, 20 ) );
	}

	public function test_gives_no_more_submits_than_asked_for_and_the_others_beside(): void {
		foreach ( range( 1, 6 ) as $n ) {
			$this->commands->hint( CommandKind::Submit, "s$n", null );
			$this->commands->hint( CommandKind::RefreshPayment, "p$n", null );
		}
		$kinds = array_count_values( array_column( $this->claims()->claim( 2, 3 ), 'kind' ) );
		self::assertSame( array( 'refresh_payment' => 3, 'submit' => 2 ), $kinds );
	}

	public function test_skips_a_job_that_somebody_else_holds(): void {
		$job_id = $this->make_job();
		$this->commands->hint( CommandKind::RefreshPayment, $job_id, $job_id );
		$other = $this->other_connection();
		$other->begin_transaction();
		$other->query( "SELECT id FROM {$this->db->table( 'jobs' )} WHERE job_id = '$job_id' FOR UPDATE" );
		self::assertSame( array(), $this->claims()->claim( 4, 20 ) );
		$other->rollback();
		self::assertCount( 1, $this->claims()->claim( 4, 20 ) );
	}

	public function test_gives_a_command_to_the_one_whose_number_is_right(): void {
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null );
		$read = $this->command( CommandKind::RefreshPayment, 'a' );
		self::assertNotNull( $this->claims()->claim_one( $read ) );
		self::assertNull( $this->claims()->claim_one( $read ) );
		self::assertSame( 1, $this->payment->claims );
	}

	public function test_gives_nothing_to_one_who_read_it_before_somebody_else_had_it(): void {
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null );
		$read = $this->command( CommandKind::RefreshPayment, 'a' );
		$this->claims()->claim_one( $read );
		$this->commands->finish( $this->command( CommandKind::RefreshPayment, 'a' ), 0 );
		self::assertNull( $this->claims()->claim_one( $read ) );
		self::assertCount( 1, $this->claims()->claim( 0, 20 ) );
	}

	public function test_closes_a_command_when_its_report_was_applied(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		self::assertSame( 'applied', $this->report( $command ) );
		self::assertSame( array( array( 'r1', true ) ), $this->payment->reports );
		self::assertNotNull( $this->command( CommandKind::RefreshPayment, 'a' )->done_at );
	}

	public function test_looks_again_at_once_when_a_hint_came_between_the_look_and_its_snapshot(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null );
		$this->report( $command );
		$claims = $this->claims()->claim( 0, 20 );
		self::assertCount( 1, $claims );
		self::assertSame( 2, $claims[0]['lease_no'] );
	}

	public function test_keeps_a_later_look_that_was_asked_for_during_a_lease(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->commands->schedule( CommandKind::RefreshPayment, 'a', null, 600 );
		$this->report( $command );
		$after = $this->command( CommandKind::RefreshPayment, 'a' );
		self::assertNull( $after->done_at );
		self::assertEqualsWithDelta( 600, strtotime( $after->due_at ) - strtotime( $this->db->now() ), 2 );
		self::assertSame( array(), $this->claims()->claim( 0, 20 ) );
	}

	public function test_asking_for_a_later_look_at_itself_does_not_make_it_due_at_once(): void {
		$command                      = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->payment->during_report = fn() => $this->commands->hint( CommandKind::RefreshPayment, 'a', null, 300 );
		$this->report( $command );
		self::assertSame( array(), $this->claims()->claim( 0, 20 ) );
		self::assertEqualsWithDelta( 300, $this->commands->next_due_in( array( 'refresh_payment' ) ), 2 );
	}

	public function test_a_finished_command_that_is_scheduled_again_is_due_only_then(): void {
		$this->report( $this->lease( CommandKind::RefreshPayment, 'a' ) );
		$this->commands->schedule( CommandKind::RefreshPayment, 'a', null, 60 );
		self::assertEqualsWithDelta( 60, $this->commands->next_due_in( array( 'refresh_payment' ) ), 2 );
	}

	public function test_a_snapshot_from_a_stale_lease_changes_nothing_and_makes_the_command_due(): void {
		$old = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->age( $old, 200 );
		self::assertCount( 1, $this->claims()->claim( 0, 20 ) );
		self::assertSame( 1, $this->payment->leases_ended );
		self::assertSame( 'retry', $this->report( $old ) );
		self::assertSame( array( array( 'r1', false ) ), $this->payment->reports );
		$now = $this->command( CommandKind::RefreshPayment, 'a' );
		self::assertSame( array( 2, 2, 1 ), array( $now->lease_no, $now->wanted, $now->taken ) );
		self::assertSame( 'applied', $this->report( $now ) );
		self::assertCount( 1, $this->claims()->claim( 0, 20 ) );
	}

	public function test_the_same_report_twice_is_applied_once(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->report( $command );
		self::assertSame( 'unchanged', $this->report( $command ) );
		self::assertSame( array( array( 'r1', true ), array( 'r1', false ) ), $this->payment->reports );
		self::assertNotNull( $this->command( CommandKind::RefreshPayment, 'a' )->done_at );
	}

	public function test_a_submit_whose_lease_ended_is_not_handed_out_again(): void {
		$this->submit->ended = Claim::close( 'unknown' );
		$command             = $this->lease( CommandKind::Submit, 'a' );
		$this->age( $command, 200 );
		self::assertSame( array(), $this->claims()->claim( 4, 20 ) );
		self::assertSame( array( 1, 1 ), array( $this->submit->leases_ended, $this->submit->claims ) );
		self::assertNotNull( $this->command( CommandKind::Submit, 'a' )->done_at );
		$this->report( $command, 'ok', array( 'provider_ids' => array( 'upsampler' => 'u1' ) ) );
		self::assertSame( array( array( 'r1', false ) ), $this->submit->reports );
		self::assertSame( array(), $this->claims()->claim( 4, 20 ) );
	}

	public function test_a_report_without_a_definite_answer_waits_longer_each_time(): void {
		$waits = array();
		foreach ( range( 1, 8 ) as $try ) {
			$this->commands->schedule( CommandKind::RefreshPayment, 'a', null, 0 );
			$this->claims()->claim( 0, 20 );
			$command              = $this->command( CommandKind::RefreshPayment, 'a' );
			$this->payment->result = ReportResult::unchanged();
			$this->report( $command, 'retry' );
			$waits[] = $this->commands->next_due_in( array( 'refresh_payment' ) );
		}
		foreach ( array( 5, 10, 20, 40, 80, 160, 300, 300 ) as $n => $seconds ) {
			self::assertEqualsWithDelta( $seconds, $waits[ $n ], 1 );
		}
	}

	public function test_waits_as_long_as_the_provider_asked(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->report( $command, 'retry', array( 'error' => array( 'code' => 'blocked', 'message' => '', 'retry_after_s' => 120 ) ) );
		self::assertEqualsWithDelta( 120, $this->commands->next_due_in( array( 'refresh_payment' ) ), 1 );
	}

	public function test_a_handler_can_keep_a_command_open(): void {
		$this->payment->result = new ReportResult( 'unchanged', null, 30 );
		$this->report( $this->lease( CommandKind::RefreshPayment, 'a' ) );
		self::assertEqualsWithDelta( 30, $this->commands->next_due_in( array( 'refresh_payment' ) ), 1 );
	}

	public function test_a_handler_can_refuse_to_hand_out(): void {
		$this->commands->hint( CommandKind::RefreshPayment, 'a', null );
		$this->payment->claim = Claim::later( 40 );
		self::assertSame( array(), $this->claims()->claim( 4, 20 ) );
		self::assertEqualsWithDelta( 40, $this->commands->next_due_in( array( 'refresh_payment' ) ), 1 );
		$this->age( $this->command( CommandKind::RefreshPayment, 'a' ), 60 );
		$this->payment->claim = Claim::close( 'nothing to do' );
		self::assertSame( array(), $this->claims()->claim( 4, 20 ) );
		self::assertNull( $this->commands->next_due_in( array( 'refresh_payment' ) ) );
	}

	public function test_what_a_handler_breaks_on_changes_nothing_and_does_not_stop_the_others(): void {
		$this->allow_log( '/^.*Sell My Images: the report r1 changed nothing.*$/m' );
		$command                      = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->payment->during_report = function (): void {
			$this->commands->hint( CommandKind::RefreshAttempt, 'x', null );
			throw new \RuntimeException( 'broken' );
		};
		self::assertSame( 'retry', $this->report( $command ) );
		self::assertNull( $this->commands->find( CommandKind::RefreshAttempt, 'x' ) );
	}

	public function test_rejects_a_report_about_nothing(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->db->execute( 'DELETE FROM {commands}' );
		self::assertSame( 'rejected', $this->report( $command ) );
	}

	public function test_a_closed_command_takes_no_verdict_any_more(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		self::assertTrue( $this->commands->close( CommandKind::RefreshPayment, 'a' ) );
		self::assertFalse( $this->commands->close( CommandKind::RefreshPayment, 'a' ) );
		$this->report( $command );
		self::assertSame( array( array( 'r1', false ) ), $this->payment->reports );
	}

	public function test_prolongs_only_the_present_lease(): void {
		$command = $this->lease( CommandKind::RefreshPayment, 'a' );
		$this->age( $command, 100 );
		self::assertTrue( $this->commands->renew( $command, 1, 180 ) );
		self::assertFalse( $this->commands->renew( $command, 2, 180 ) );
		$this->report( $command );
		self::assertFalse( $this->commands->renew( $command, 1, 180 ) );
	}

	public function test_forgets_what_was_finished_long_ago(): void {
		$this->report( $this->lease( CommandKind::RefreshPayment, 'a' ) );
		$this->commands->hint( CommandKind::RefreshPayment, 'b', null );
		self::assertSame( 0, $this->commands->forget_done( 60, 10 ) );
		$this->db->execute( 'UPDATE {commands} SET done_at = DATE_SUB(done_at, INTERVAL 61 SECOND)' );
		self::assertSame( 1, $this->commands->forget_done( 60, 10 ) );
		self::assertNotNull( $this->commands->find( CommandKind::RefreshPayment, 'b' ) );
	}
}
