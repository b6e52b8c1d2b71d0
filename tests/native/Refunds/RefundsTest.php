<?php
/**
 * Money goes back once, and the rows tell where it is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Refunds;

use SellMyImages\Export\Columns;
use SellMyImages\Export\Rows;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class RefundsTest extends LifecycleTestCase {

	public function test_a_final_failure_refunds_what_is_left_and_mails_the_buyer(): void {
		$job_id = $this->failed_job();
		$this->make_refund( $job_id );
		$job = $this->job( $job_id );
		self::assertSame( array( 'failed', 'refunded', '4.90', null ), array( $job->status->value, $job->payment_status->value, $job->refund_amount, $job->attention ) );
		self::assertNull( $this->claim( 'refund' ) );
		self::assertNotNull( $this->plugin()->commands()->find( \SellMyImages\Commands\CommandKind::SendEmail, "$job_id:failed_refunded" ) );
		self::assertSame( array( array( $job_id, '4.90' ) ), array_map( static fn( array $args ): array => array_slice( $args, 0, 2 ), $this->firings( 'smi_job_refunded' ) ) );
	}

	/** As an older table may hold it. */
	public function test_a_price_in_parts_of_a_yen_is_shown_and_goes_back_to_the_nearest(): void {
		$this->as_admin();
		$sold = array( 'currency' => 'JPY', 'amount_charged' => '499.60' );
		$job  = $this->plugin()->jobs()->insert( $sold + array( 'status' => 'failed', 'payment_status' => 'paid' ) );
		$this->plugin()->jobs()->update( $job, array( 'stripe_payment_intent_id' => 'pi_1' ) );
		self::assertSame( 200, $this->rest( 'GET', '/smi/v1/jobs' )->get_status() );
		self::assertSame( '500', $this->rest( 'GET', "/smi/v1/jobs/$job->job_id" )->get_data()['refundable_amount'] );
		self::assertSame( 500, $this->plugin()->refunds()->request_automatic( $this->job( $job->job_id ) )->charged_minor() );
		self::assertSame( '500', $this->plugin()->refund_repository()->for_job( $job->job_id )[0]->to_rest()['amount'] );
	}

	public function test_a_refund_that_is_not_made_after_a_quarter_of_an_hour_asks_for_attention(): void {
		global $wpdb;
		$job_id = $this->failed_job();
		$this->sweep();
		self::assertNull( $this->job( $job_id )->attention, 'It is under way.' );
		foreach ( array( 'requested', 'sending' ) as $status ) {
			if ( 'sending' === $status ) {
				self::assertNotNull( $this->claim( 'refund' ) );
			}
			$wpdb->query( "UPDATE {$wpdb->prefix}smi_refunds SET created_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 901 SECOND)" );
			$this->sweep();
			self::assertSame( array( $status, 'refund_pending' ), array( $this->plugin()->refund_repository()->for_job( $job_id )[0]->status(), $this->job( $job_id )->attention?->value ) );
		}
	}

	private function sweep(): void {
		$this->plugin()->commands()->schedule( \SellMyImages\Commands\CommandKind::Sweep, 'site', null, 0 );
		$command = $this->plugin()->commands()->find( \SellMyImages\Commands\CommandKind::Sweep, 'site' );
		self::assertNotNull( $command );
		$this->plugin()->sweeper()->run( $command, microtime( true ) + 5 );
	}

	public function test_a_lost_answer_hands_the_same_refund_out_again(): void {
		$this->failed_job();
		$first = $this->claim( 'refund' );
		self::assertNotNull( $first );
		$this->report( $first, array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => '' ) ) );
		$second = $this->claim( 'refund' );
		self::assertNotNull( $second );
		self::assertEquals( $first['payload'], $second['payload'] );
	}

	public function test_a_refund_event_before_our_own_answer_counts_once(): void {
		$job_id  = $this->failed_job();
		$command = $this->claim( 'refund' );
		self::assertNotNull( $command );
		$refund = array( 'id' => 're_1', 'amount_minor' => 490, 'status' => 'succeeded', 'smi_refund' => $command['payload']->refund, 'reason' => null, 'failure_reason' => null, 'created' => time() );
		$this->see_payment( $job_id, array( 'refunds' => array( $refund ) ) );
		$this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'refund' => 're_1' ) ) );
		$rows = $this->plugin()->refund_repository()->for_job( $job_id );
		self::assertCount( 1, $rows );
		self::assertSame( array( 'succeeded', 're_1' ), array( $rows[0]->status(), $rows[0]->stripe_refund_id() ) );
		self::assertSame( '4.90', $this->job( $job_id )->refund_amount );
	}

	public function test_a_refund_that_succeeds_and_then_fails_is_told(): void {
		$job_id = $this->failed_job();
		$this->make_refund( $job_id );
		$row = $this->plugin()->refund_repository()->for_job( $job_id )[0];
		$this->see_payment( $job_id, array( 'refunds' => array( array( 'id' => (string) $row->stripe_refund_id(), 'amount_minor' => 490, 'status' => 'failed', 'smi_refund' => $row->uuid(), 'reason' => null, 'failure_reason' => 'expired_or_canceled_card', 'created' => time() ) ) ) );
		$job = $this->job( $job_id );
		self::assertSame( array( 'paid', '0.00', 'refund_failed' ), array( $job->payment_status->value, $job->refund_amount, $job->attention?->value ) );
		$this->as_admin();
		self::assertContains( 'refund', $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['allowed_actions'] );
	}

	public function test_a_refund_that_fails_at_the_bank_days_later_gives_back_money_and_link(): void {
		$job_id = $this->completed_job();
		$this->as_admin();
		$this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array( 'reason' => 'requested_by_customer' ) );
		$this->make_refund( $job_id );
		$refunded = $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data();
		self::assertSame( array( 'refunded', '4.90', 'revoked' ), array( $refunded['payment_status'], $refunded['refund_amount'], $refunded['download']['state'] ) );
		self::assertNotNull( $refunded['refunded_at'] );
		$this->fail_refunds( $job_id, array( 0 ) );

		$after = $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data();
		self::assertSame( array( 'completed', 'paid', '0.00', null, null ), array( $after['status'], $after['payment_status'], $after['refund_amount'], $after['refunded_at'], $after['refund_reason'] ) );
		self::assertSame( array( 'refund_failed', '4.90', 'revoked' ), array( $after['attention'], $after['refundable_amount'], $after['download']['state'] ) );
		self::assertSame( array( 'refund', 'download_token' ), array_values( array_intersect( array( 'refund', 'download_token' ), $after['allowed_actions'] ) ) );
		$told = array_map( static fn( array $event ): array => array( $event['type'], $event['from'], $event['to'], $event['reason'] ), $after['events'] );
		self::assertContains( array( 'refund', 'succeeded', 'failed', 'expired_or_canceled_card' ), $told );
		self::assertContains( array( 'payment', 'refunded', 'paid', null ), $told );

		$link = $this->rest( 'POST', "/smi/v1/jobs/$job_id/download-token", array( 'notify' => true ) )->get_data();
		self::assertSame( 'active', $link['job']['download']['state'] );
		self::assertSame( 'active', LinkTokens::state( $this->job( $job_id ) ) );
	}

	/** The newest refund is not the one that failed. */
	public function test_an_older_refund_that_fails_is_told_too_and_another_try_answers_it(): void {
		$job_id = $this->completed_job();
		$this->as_admin();
		foreach ( array( '2.00', '2.90' ) as $amount ) {
			$this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array( 'amount' => $amount ) );
			$this->make_refund( $job_id );
			$this->make_older( $job_id );
		}
		self::assertSame( array( 'refunded', null ), array( $this->job( $job_id )->payment_status->value, $this->job( $job_id )->attention ) );
		$this->fail_refunds( $job_id, array( 1 ) );
		$job = $this->job( $job_id );
		self::assertSame( array( 'partially_refunded', '2.90', 'refund_failed' ), array( $job->payment_status->value, $job->refund_amount, $job->attention?->value ) );
		self::assertNotNull( $job->refunded_at );
		self::assertSame( 202, $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds" )->get_status() );
		self::assertNull( $this->job( $job_id )->attention, 'The other try is on its way.' );
	}

	/** As if the refunds had been made an hour before. */
	private function make_older( string $job_id ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->prefix}smi_refunds SET created_at = DATE_SUB(created_at, INTERVAL 1 HOUR), updated_at = DATE_SUB(updated_at, INTERVAL 1 HOUR) WHERE job_id = %s", $job_id ) );
	}

	/**
	 * The bank gives refunds back that it had taken.
	 *
	 * @param list<int> $which Of the job's refunds, the newest first.
	 */
	private function fail_refunds( string $job_id, array $which ): void {
		$fetched = array();
		foreach ( $this->plugin()->refund_repository()->for_job( $job_id ) as $i => $row ) {
			$is_back   = in_array( $i, $which, true );
			$fetched[] = array( 'id' => (string) $row->stripe_refund_id(), 'amount_minor' => $row->amount_minor(), 'status' => $is_back ? 'failed' : 'succeeded', 'smi_refund' => $row->uuid(), 'reason' => null, 'failure_reason' => $is_back ? 'expired_or_canceled_card' : null, 'created' => time() - 9 * DAY_IN_SECONDS );
		}
		self::assertSame( 'applied', $this->see_payment( $job_id, array( 'refunds' => $fetched ) ) );
	}

	public function test_a_refund_made_in_stripes_dashboard_becomes_a_row(): void {
		$job_id = $this->completed_job();
		$this->see_payment( $job_id, array( 'refunds' => array( array( 'id' => 're_dash', 'amount_minor' => 200, 'status' => 'succeeded', 'smi_refund' => null, 'reason' => 'duplicate', 'failure_reason' => null, 'created' => time() ) ) ) );
		$job = $this->job( $job_id );
		self::assertSame( array( 'partially_refunded', '2.00', 'completed' ), array( $job->payment_status->value, $job->refund_amount, $job->status->value ) );
		self::assertSame( 'external', $this->plugin()->refund_repository()->for_job( $job_id )[0]->origin() );
	}

	public function test_never_more_than_is_left_even_while_one_is_on_its_way(): void {
		$job_id = $this->completed_job();
		$this->as_admin();
		$first = $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array( 'amount' => '3.00', 'reason' => 'requested_by_customer' ) );
		self::assertSame( array( 202, '3.00' ), array( $first->get_status(), $first->get_data()['refund']['amount'] ) );
		$second = $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array( 'amount' => '2.00' ) );
		self::assertSame( array( 400, 'smi_refund_amount', '1.90' ), array( $second->get_status(), $second->get_data()['code'], $second->get_data()['data']['details']['left'] ) );
		self::assertSame( '1.90', $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds" )->get_data()['refund']['amount'] );
		self::assertSame( 409, $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds" )->get_status() );
	}

	public function test_the_same_idempotency_key_refunds_once(): void {
		$job_id = $this->completed_job();
		$this->as_admin();
		foreach ( array( 1, 2 ) as $n ) {
			self::assertSame( 202, $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds", array( 'amount' => '1.00' ), array( 'Idempotency-Key' => 'once' ) )->get_status(), "Time $n" );
		}
		self::assertCount( 1, $this->plugin()->refund_repository()->for_job( $job_id ) );
	}

	public function test_a_definite_no_closes_the_row_and_another_try_is_a_new_one(): void {
		$job_id  = $this->failed_job();
		$command = $this->claim( 'refund' );
		self::assertNotNull( $command );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'charge_already_refunded', 'message' => 'No.' ) ) );
		self::assertSame( 'refund_failed', $this->job( $job_id )->attention?->value );
		$this->as_admin();
		self::assertSame( 202, $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds" )->get_status() );
		self::assertCount( 2, $this->plugin()->refund_repository()->for_job( $job_id ) );
	}

	public function test_no_refund_while_disputed_unless_stripe_allows_it(): void {
		$job_id = $this->paid_job();
		$open   = array( 'id' => 'dp_1', 'status' => 'needs_response', 'amount_minor' => 490, 'is_charge_refundable' => false, 'reason' => 'fraudulent' );
		$this->see_payment( $job_id, array( 'dispute' => $open ) );
		self::assertNull( $this->claim( 'submit' ), 'No work for money that is going.' );
		self::assertSame( 'disputed', $this->job( $job_id )->attention?->value );
		$this->as_admin();
		self::assertSame( 'smi_refund_not_possible', $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds" )->get_data()['code'] );
		$this->see_payment( $job_id, array( 'dispute' => array( 'status' => 'warning_needs_response', 'is_charge_refundable' => true ) + $open ) );
		self::assertSame( 202, $this->rest( 'POST', "/smi/v1/jobs/$job_id/refunds" )->get_status() );
	}

	/** @return array<string,array{0:string}> What is stored; the second by a version whose column held 20 characters. */
	public function inquiries(): array {
		return array( 'whole' => array( 'warning_needs_response' ), 'cut by an earlier version' => array( 'warning_needs_respon' ) );
	}

	/** @dataProvider inquiries */
	public function test_the_state_of_a_dispute_is_told_whole_everywhere( string $stored ): void {
		global $wpdb;
		$job_id = $this->paid_job();
		$this->see_payment( $job_id, array( 'dispute' => array( 'id' => 'du_1AbC', 'status' => 'warning_needs_response', 'amount_minor' => 490, 'is_charge_refundable' => true, 'reason' => 'general' ) ) );
		$wpdb->update( "{$wpdb->prefix}smi_jobs", array( 'dispute_status' => $stored ), array( 'job_id' => $job_id ) );
		$wpdb->update( "{$wpdb->prefix}smi_job_events", array( 'to_value' => $stored ), array( 'job_id' => $job_id, 'type' => 'dispute' ) );
		$this->as_admin();
		$details = $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data();
		$logged  = array_column( $details['events'], 'to', 'type' )['dispute'];
		self::assertSame( array( 'warning_needs_response', 'warning_needs_response', 'du_1AbC' ), array( $details['dispute_status'], $logged, $details['dispute_id'] ) );
		self::assertSame( 'warning_needs_response', $this->rest( 'GET', '/smi/v1/jobs' )->get_data()[0]['dispute_status'] );
		$row = ( new Rows( $this->plugin()->db(), Columns::named( array( 'dispute_status', 'dispute_id' ) ) ) )->complete( array( array( 'dispute_status' => $stored, 'dispute_id' => 'du_1AbC', 'id' => '1', 'created_at' => '' ) ) );
		self::assertSame( array( array( 'dispute_status' => 'warning_needs_response', 'dispute_id' => 'du_1AbC' ) ), $row );
	}

	public function test_a_full_refund_before_the_start_stops_the_work(): void {
		$job_id = $this->paid_job();
		$this->see_payment( $job_id, array( 'refunds' => array( array( 'id' => 're_dash', 'amount_minor' => 490, 'status' => 'succeeded', 'smi_refund' => null, 'reason' => null, 'failure_reason' => null, 'created' => time() ) ) ) );
		self::assertSame( array( 'failed', 'refunded' ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->failure_reason ) );
		self::assertNull( $this->claim( 'submit' ) );
	}

	public function test_a_full_refund_of_a_finished_job_ends_its_link(): void {
		$job_id = $this->completed_job();
		$this->see_payment( $job_id, array( 'refunds' => array( array( 'id' => 're_dash', 'amount_minor' => 490, 'status' => 'succeeded', 'smi_refund' => null, 'reason' => null, 'failure_reason' => null, 'created' => time() ) ) ) );
		self::assertSame( array( 'completed', 'revoked' ), array( $this->job( $job_id )->status->value, $this->plugin()->links()->state( $this->job( $job_id ) ) ) );
	}
}
