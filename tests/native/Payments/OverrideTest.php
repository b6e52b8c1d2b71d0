<?php
/**
 * The owner's retry: do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) ).
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class OverrideTest extends LifecycleTestCase {

	/** @dataProvider states */
	public function test_any_job_in_any_state_is_made_again( string $state ): void {
		$job_id = $this->job_in( $state );
		$before = count( $this->attempts( $job_id ) );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		self::assertCount( $before + 1, $this->attempts( $job_id ) );
		self::assertSame( 'completed' === $state ? 'completed' : 'pending', $this->job( $job_id )->status->value );
		$this->submit( $job_id, 'up_again' );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'succeeded' ), $this->job( $job_id )->current_attempt ) );
		self::assertSame( 'completed', $this->job( $job_id )->status->value );
		self::assertNotNull( $this->plugin()->links()->url( $this->job( $job_id ) ) );
	}

	/** @return array<string,array{string}> */
	public static function states(): array {
		return array_combine( array( 'awaiting_payment', 'abandoned', 'pending', 'processing', 'completed', 'failed', 'refunded' ), array_map( static fn( string $state ): array => array( $state ), array( 'awaiting_payment', 'abandoned', 'pending', 'processing', 'completed', 'failed', 'refunded' ) ) );
	}

	public function test_a_completed_job_whose_new_attempt_fails_stays_completed_and_refunds_nothing(): void {
		$job_id = $this->completed_job();
		$path   = $this->job( $job_id )->file_path();
		$link   = $this->plugin()->links()->url( $this->job( $job_id ) );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		$this->submit( $job_id, 'up_2' );
		$this->see_attempt( array( 'state' => 'failed', 'code' => 'provider_failed' ) );
		$job = $this->job( $job_id );
		self::assertSame( array( 'completed', $path, $link ), array( $job->status->value, $job->file_path(), $this->plugin()->links()->url( $job ) ) );
		self::assertSame( array(), $this->plugin()->refund_repository()->for_job( $job_id ) );
	}

	public function test_a_retry_takes_back_an_automatic_refund_that_was_not_sent(): void {
		$job_id = $this->failed_job();
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		self::assertSame( 'canceled', $this->plugin()->refund_repository()->for_job( $job_id )[0]->status() );
		self::assertNull( $this->claim( 'refund' ) );
	}

	public function test_the_log_of_a_refunded_job_made_again_tells_the_story(): void {
		$job_id = $this->failed_job();
		$this->make_refund( $job_id );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		$this->submit( $job_id, 'up_2' );
		$this->see_attempt( array( 'state' => 'succeeded' ) );
		$story = array_map( static fn( array $event ): string => trim( "{$event['type']} {$event['from']} > {$event['to']}" ), $this->plugin()->event_log()->for_job( $this->job( $job_id ) ) );
		foreach ( array( 'status processing > failed', 'refund  > requested', 'payment paid > refunded', 'action  > retry', 'status failed > pending', 'status processing > completed' ) as $line ) {
			self::assertContains( $line, $story );
		}
	}

	public function test_rest_asks_first_when_money_was_returned(): void {
		$job_id = $this->failed_job();
		$this->make_refund( $job_id );
		$this->as_admin();
		$asked = $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry" );
		self::assertSame( array( 409, 'smi_job_refunded' ), array( $asked->get_status(), $asked->get_data()['code'] ) );
		self::assertCount( 1, $this->attempts( $job_id ) );
		self::assertSame( 200, $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array( 'acknowledge_refunded' => true ) )->get_status() );
		self::assertCount( 2, $this->attempts( $job_id ) );
	}

	public function test_rest_asks_first_while_an_attempt_runs(): void {
		$job_id = $this->paid_job();
		$this->as_admin();
		self::assertSame( 'smi_job_running', $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry" )->get_data()['code'] );
		self::assertSame( 200, $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array( 'force' => true ), array( 'Idempotency-Key' => 'k1' ) )->get_status() );
		self::assertSame( 200, $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array( 'force' => true ), array( 'Idempotency-Key' => 'k1' ) )->get_status() );
		self::assertSame( array( 'queued', 'superseded' ), array_map( static fn( $attempt ): string => $attempt->state(), $this->attempts( $job_id ) ) );
	}

	public function test_a_superseded_attempt_that_succeeds_late_is_kept_and_offered_never_applied(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id, 'up_1' );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		$this->see_attempt( array( 'state' => 'succeeded' ) );
		$late = $this->attempts( $job_id )[1];
		self::assertSame( array( 'superseded', 'pending' ), array( $late->state(), $this->job( $job_id )->status->value ) );
		self::assertNotNull( $late->file_path() );
		$this->as_admin();
		self::assertSame( 200, $this->rest( 'POST', "/smi/v1/jobs/$job_id/retry", array( 'attempt' => $late->uuid(), 'force' => true ) )->get_status() );
		self::assertSame( array( 'completed', $late->file_path() ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->upscaled_file_path ) );
	}

	public function test_a_superseded_attempt_that_fails_late_still_counts_its_cost(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id, 'up_1' );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'failed', 'credits' => 3 ) ) );
		self::assertSame( array( 'pending', '0.12', 3 ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->amount_cost, $this->job( $job_id )->credits_used ) );
		self::assertSame( 'superseded', $this->attempts( $job_id )[1]->state() );
	}

	public function test_money_that_arrives_for_an_unpaid_job_whose_attempt_failed_needs_the_owner(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		self::assertNotNull( $this->claim( 'expire_checkout' ) );
		$this->submit( $job_id );
		$this->see_attempt( array( 'state' => 'failed' ) );
		self::assertSame( 'failed', $this->job( $job_id )->status->value );
		self::assertNull( $this->claim( 'refund' ) );
		$this->see_payment( $job_id );
		self::assertSame( array( 'failed', 'failed_not_refunded' ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->attention?->value ) );
	}

	public function test_nonsense_arguments_do_nothing(): void {
		do_action( 'smi_payment_completed', null );
		do_action( 'smi_payment_completed', 12, 'x' );
		add_filter( 'doing_it_wrong_trigger_error', '__return_false' );
		do_action( 'smi_payment_completed', 'no-such-job', array( 'admin_override' => true ) );
		self::assertSame( 1, did_action( 'doing_it_wrong_run' ) > 0 ? 1 : 0 );
	}

	private function job_in( string $state ): string {
		switch ( $state ) {
			case 'awaiting_payment':
				$job_id = $this->order();
				$this->open_session( $job_id );
				return $job_id;
			case 'abandoned':
				$job_id  = $this->order();
				$this->open_session( $job_id );
				$session = array( 'status' => 'expired', 'payment_status' => 'unpaid' ) + $this->payment( $job_id )['session'];
				$this->see_payment( $job_id, array( 'session' => $session, 'payment_intent' => null, 'charge' => null ) );
				return $job_id;
			case 'pending':
				return $this->paid_job();
			case 'processing':
				$job_id = $this->paid_job();
				$this->submit( $job_id );
				return $job_id;
			case 'completed':
				return $this->completed_job();
			case 'failed':
				return $this->failed_job();
			default:
				$job_id = $this->failed_job();
				$this->make_refund( $job_id );
				self::assertSame( 'refunded', $this->job( $job_id )->payment_status->value );
				return $job_id;
		}
	}
}
