<?php
/**
 * One look through Stripe at a time, from its start to its end.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Reconciliation;

use SellMyImages\Rest\Contract;

final class RunTest extends ReconciliationTestCase {

	public function test_a_real_run_puts_right_what_differs_and_says_so(): void {
		$unpaid = $this->order();
		$this->open_session( $unpaid );
		$run  = $this->begun( array( 'dry_run' => false ) );
		$pass = $this->pass();
		self::assertSame( 'objects', $pass['payload']->mode );
		self::assertSame( array( 'applied' ), $this->show( array( $this->session( $pass, $unpaid ) ) ) );
		$this->came_to( $pass, null, 1 );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'done', 1, 'waiting', 1, 0 ), array( $told['state'], $told['found'], $told['differences'][0]['outcome'], $told['waiting'], $told['put_right'] ) );
		self::assertSame( 'Payments, refunds and disputes looked at: 1. 1 difference. Being put right: 1.', $told['message'] );
		$command = $this->claim( 'refresh_payment', $unpaid );
		self::assertNotNull( $command );
		$this->report( $command, array( 'outcome' => 'snapshot', 'snapshot' => $this->payment( $unpaid ) ) );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'put_right', 0, 1 ), array( $told['differences'][0]['outcome'], $told['waiting'], $told['put_right'] ) );
		self::assertStringEndsWith( 'Put right: 1.', $told['message'] );
		self::assertTrue( $this->job( $unpaid )->payment_status->is_paid() );
	}

	public function test_what_is_fetched_and_still_not_the_same_is_told(): void {
		$unpaid = $this->order();
		$this->open_session( $unpaid );
		$run  = $this->begun( array( 'dry_run' => false ) );
		$pass = $this->pass();
		$this->show( array( $this->session( $pass, $unpaid ) ) );
		$this->came_to( $pass, null, 1 );
		$this->plugin()->commands()->close( \SellMyImages\Commands\CommandKind::RefreshPayment, $unpaid );
		self::assertSame( 'unchanged', $this->run_now( $run['id'] )['differences'][0]['outcome'] );
	}

	public function test_asking_again_while_one_runs_answers_the_one_that_is_there(): void {
		$run    = $this->begun( array( 'dry_run' => true ) );
		$answer = $this->rest( 'POST', self::ROUTE, array( 'dry_run' => false ) );
		self::assertSame( array( 200, false, $run['id'], true ), array( $answer->get_status(), $answer->get_data()['is_new'], $answer->get_data()['reconciliation']['id'], $answer->get_data()['reconciliation']['dry_run'] ) );
		self::assertSame( 'Stripe is being looked through already; this is how that stands.', $answer->get_data()['message'] );
		self::assertCount( 1, $this->rest( 'GET', self::ROUTE )->get_data() );
		$started = $this->plugin()->reconciliation_runs()->start( false, time() - 60, 'bbbbbbbb-0000-4000-8000-000000000001' );
		self::assertSame( $run['id'], $started->id(), 'Nor between the look whether one runs and the start.' );
		self::assertSame( get_userdata( 1 )->display_name, $run['requested_by'] );
	}

	public function test_goes_on_where_a_dead_bridge_was_list_by_list(): void {
		$run  = $this->begun();
		$pass = $this->pass();
		self::assertSame( array( 'look', true, false ), array( $pass['payload']->mode, $pass['payload']->by_list, isset( $pass['payload']->from ) ) );
		$this->came_to( $pass, $this->place( 'sessions', 1000, 'cs_7' ), 1000 );
		$pass = $this->pass();
		self::assertSame( 'cs_7', $pass['payload']->from['after'] );
		$this->came_to( $pass, $this->place( 'refunds', 1040 ), 1040 );
		$this->pass();
		$this->end_leases();
		$again = $this->pass();
		self::assertSame( 'refunds', $again['payload']->from['list'] );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'done', 'running', 'waiting' ), array_column( $told['lists'], 'state' ) );
		self::assertSame( array( 1040, 0, 0 ), array_column( $told['lists'], 'seen' ) );
		self::assertSame( 'Looking through Stripe. Looked at so far: 1,040.', $told['message'] );
		$this->came_to( $again, $this->place( 'disputes', 1050 ), 1050 );
		$this->came_to( $this->pass(), null, 1053 );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'done', array( 1040, 10, 3 ), 1053 ), array( $told['state'], array_column( $told['lists'], 'seen' ), $told['seen'] ) );
		self::assertNull( $this->claim( 'reconcile', 'asked' ) );
		self::assertNotNull( $told['ended_at'] );
	}

	public function test_a_right_that_is_missing_ends_it_in_words(): void {
		$run  = $this->begun();
		$pass = $this->pass();
		$this->came_to( $pass, $this->place( 'refunds', 5 ), 5 );
		$error = array( 'code' => 'unauthorized', 'message' => "The provided key does not have the required permissions. Having the 'rak_dispute_read' permission would allow this request to continue.", 'status' => 403 );
		$this->report( $this->pass(), array( 'outcome' => 'retry', 'error' => $error ) );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'failed', 'unauthorized' ), array( $told['state'], $told['trouble']['code'] ) );
		self::assertStringContainsString( 'Disputes: read', $told['trouble']['message'] );
		self::assertNull( $this->claim( 'reconcile', 'asked' ) );
		self::assertSame( 202, $this->rest( 'POST', self::ROUTE )->get_status() );
	}

	public function test_a_bridge_that_does_not_know_the_dry_run_ends_it_in_words(): void {
		$run = $this->begun();
		$this->report( $this->pass(), array( 'outcome' => 'retry', 'error' => array( 'code' => 'bad_command', 'message' => 'This command is not what this bridge can carry out.' ) ) );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'failed', 'bridge_too_old' ), array( $told['state'], $told['trouble']['code'] ) );
		self::assertStringContainsString( 'Update the bridge', $told['trouble']['message'] );
	}

	public function test_what_passes_is_waited_for_and_told_and_a_day_of_it_is_the_end(): void {
		$run = $this->begun();
		$no  = array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => 'timeout' ) );
		$this->report( $this->pass(), $no );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'running', 'no_answer' ), array( $told['state'], $told['trouble']['code'] ) );
		$this->report( $this->pass(), array( 'outcome' => 'retry', 'error' => array( 'code' => 'stopping', 'message' => 'The bridge is stopping.' ) ) );
		self::assertSame( 'no_answer', $this->run_now( $run['id'] )['trouble']['code'] );
		$this->came_to( $this->pass(), $this->place( 'refunds', 5 ), 5 );
		self::assertNull( $this->run_now( $run['id'] )['trouble'] );
		$stored = get_option( 'smi_reconciliations' );
		$stored[0]['moved_at'] = gmdate( 'Y-m-d H:i:s', time() - 90000 );
		update_option( 'smi_reconciliations', $stored, false );
		$this->report( $this->pass(), $no );
		self::assertSame( 'failed', $this->run_now( $run['id'] )['state'] );
	}

	public function test_a_place_that_stripe_does_not_know_any_more_begins_anew_once(): void {
		$run = $this->begun();
		$this->came_to( $this->pass(), $this->place( 'sessions', 100, 'cs_gone' ), 100 );
		$no = array( 'outcome' => 'refused', 'error' => array( 'code' => 'resource_missing', 'message' => 'No such object', 'status' => 404 ) );
		$this->report( $this->pass(), $no );
		$pass = $this->pass();
		self::assertFalse( isset( $pass['payload']->from ) );
		self::assertSame( 0, $this->run_now( $run['id'] )['seen'] );
		$this->came_to( $pass, $this->place( 'sessions', 100, 'cs_gone_too' ), 100 );
		$this->report( $this->pass(), $no );
		self::assertSame( array( 'failed', 'refused' ), array( $this->run_now( $run['id'] )['state'], $this->run_now( $run['id'] )['trouble']['code'] ) );
	}

	public function test_is_stopped_and_what_comes_of_it_later_is_not_heeded(): void {
		$unpaid = $this->order();
		$this->open_session( $unpaid );
		$run  = $this->begun();
		$pass = $this->pass();
		$told = $this->rest( 'DELETE', self::ROUTE . "/{$run['id']}" )->get_data();
		self::assertSame( array( 'stopped', 'Stopped before everything was looked at.' ), array( $told['state'], $told['message'] ) );
		$next = $this->begun();
		$this->show( array( $this->session( $pass, $unpaid ) ) );
		$this->came_to( $pass, null, 7 );
		$told = $this->run_now( $next['id'] );
		self::assertSame( array( 'running', 0, 0 ), array( $told['state'], $told['seen'], $told['found'] ) );
		self::assertSame( 0, $this->run_now( $run['id'] )['found'] );
		self::assertSame( 'stopped', $this->rest( 'DELETE', self::ROUTE . "/{$run['id']}" )->get_data()['state'] );
	}

	public function test_only_the_last_five_are_kept(): void {
		$first = $this->begun();
		for ( $n = 0; $n < 5; $n++ ) {
			$this->rest( 'DELETE', self::ROUTE . '/' . $this->plugin()->reconciliation_runs()->running()?->id() );
			$last = $this->begun();
		}
		$list = $this->rest( 'GET', self::ROUTE )->get_data();
		self::assertSame( array( 5, $last['id'] ?? '' ), array( count( $list ), $list[0]['id'] ) );
		$gone = $this->rest( 'GET', self::ROUTE . "/{$first['id']}" );
		self::assertSame( array( 404, 'smi_reconciliation_not_found' ), array( $gone->get_status(), $gone->get_data()['code'] ) );
		self::assertSame( 404, $this->rest( 'DELETE', self::ROUTE . "/{$first['id']}" )->get_status() );
		self::assertTrue( rest_validate_value_from_schema( $list[0], Contract::load( 'reconciliation' ) ) );
	}

	/** @return array<string,array{0:string}> */
	public static function no_days(): array {
		return array(
			'a word'          => array( 'yesterday' ),
			'empty'           => array( '' ),
			'no such day'     => array( '2026-02-30' ),
			'the future'      => array( gmdate( 'Y-m-d', time() + 3 * 86400 ) ),
			'three years ago' => array( gmdate( 'Y-m-d', time() - 3 * 365 * 86400 ) ),
		);
	}

	/** @dataProvider no_days */
	public function test_names_a_day_that_is_none( string $since ): void {
		$answer = $this->rest( 'POST', self::ROUTE, array( 'since' => $since ) );
		self::assertSame( array( 400, 'rest_invalid_param', array( 'since' ) ), array( $answer->get_status(), $answer->get_data()['code'], array_keys( $answer->get_data()['data']['params'] ) ) );
		self::assertSame( array(), $this->rest( 'GET', self::ROUTE )->get_data() );
	}

	public function test_looks_back_as_far_as_asked_and_thirty_days_unless_told(): void {
		$run = $this->begun( array( 'since' => gmdate( 'Y-m-d', time() - 5 * 86400 ) ) );
		self::assertSame( gmdate( 'Y-m-d\T00:00:00\Z', time() - 5 * 86400 ), $run['since'] );
		self::assertSame( strtotime( $run['since'] ), $this->pass()['payload']->since );
		$this->rest( 'DELETE', self::ROUTE . "/{$run['id']}" );
		self::assertEqualsWithDelta( time() - 30 * 86400, strtotime( $this->begun()['since'] ), 5 );
	}

	public function test_is_for_managers_alone(): void {
		$run = $this->begun();
		foreach ( array( 401 => 0, 403 => $this->as_role( 'editor' ) ) as $status => $user ) {
			wp_set_current_user( $user );
			foreach ( array( array( 'GET', '' ), array( 'POST', '' ), array( 'GET', "/{$run['id']}" ), array( 'DELETE', "/{$run['id']}" ) ) as [ $method, $more ] ) {
				self::assertSame( $status, $this->rest( $method, self::ROUTE . $more )->get_status() );
			}
		}
		$this->as_admin();
		self::assertSame( 'running', $this->run_now( $run['id'] )['state'] );
	}

	public function test_is_refused_where_nobody_would_do_it_and_waits_for_a_bridge_that_is_away(): void {
		global $wpdb;
		$this->plugin()->key_ring()->create( 'second' );
		$keys = get_option( 'smi_bridge_keys' );
		delete_option( 'smi_bridge_keys' );
		$answer = $this->rest( 'POST', self::ROUTE );
		self::assertSame( array( 409, 'smi_reconciliation_refused', 'not_paired' ), array( $answer->get_status(), $answer->get_data()['code'], $answer->get_data()['data']['details']['reason'] ) );
		self::assertStringStartsWith( 'Stripe was not asked. No bridge is connected', $answer->get_data()['message'] );
		update_option( 'smi_bridge_keys', $keys );
		$run = $this->begun();
		delete_option( 'smi_bridge_seen' );
		self::assertSame( array( 'running', 'bridge_silent' ), array( $this->run_now( $run['id'] )['state'], $this->run_now( $run['id'] )['trouble']['code'] ?? '' ) );
	}
}
