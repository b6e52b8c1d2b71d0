<?php
/**
 * Making the file, once and again.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Upscaling;

use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class AttemptsTest extends LifecycleTestCase {

	public function test_a_submit_that_was_begun_is_handed_out_once(): void {
		$job_id = $this->paid_job();
		self::assertSame( 'sent', $this->begin( (array) $this->claim( 'submit' ) ) );
		$this->end_leases();
		self::assertNull( $this->claim( 'submit' ), 'Sending twice would pay twice.' );
		self::assertSame( 'unknown', $this->attempts( $job_id )[0]->state() );
		self::assertSame( 'submit_unknown', $this->job( $job_id )->attention?->value );
	}

	public function test_a_late_answer_still_brings_the_id(): void {
		$job_id  = $this->paid_job();
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		$this->begin( $command );
		$this->end_leases();
		$this->claim( 'submit' );
		$this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'upsampler' => 'up_late' ) ) );
		self::assertSame( array( 'running', 'up_late' ), array( $this->attempts( $job_id )[0]->state(), $this->attempts( $job_id )[0]->provider_id() ) );
	}

	public function test_the_webhook_on_the_attempts_own_token_brings_the_id(): void {
		$job_id  = $this->paid_job();
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		$this->begin( $command );
		$this->sync( array( 'hints' => array( array( 'id' => 'w1', 'provider' => 'upsampler', 'type' => 'SUCCESS', 'attempt_token' => $command['payload']->token, 'provider_id' => 'up_hook' ) ) ) );
		self::assertSame( array( 'up_hook', 'running' ), array( $this->attempts( $job_id )[0]->provider_id(), $this->attempts( $job_id )[0]->state() ) );
		self::assertSame( 'processing', $this->job( $job_id )->status->value );
	}

	public function test_an_unanswered_submit_counts_as_a_passing_fault_after_half_an_hour(): void {
		global $wpdb;
		$job_id  = $this->paid_job();
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		$this->begin( $command );
		$this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => 'timeout' ) ) );
		self::assertSame( 'unknown', $this->attempts( $job_id )[0]->state() );
		$wpdb->query( "UPDATE {$wpdb->prefix}smi_attempts SET unknown_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 31 MINUTE)" );
		$this->plugin()->sweeper()->run( $this->any_command(), microtime( true ) + 5 );
		$attempt = $this->attempts( $job_id )[0];
		self::assertSame( 'failed', $attempt->state() );
		self::assertGreaterThan( 0, $attempt->to_rest( null )['may_cost_credits'], 'It may have been paid.' );
		self::assertSame( 'processing', $this->job( $job_id )->status->value );
		self::assertNotNull( $this->claim( 'retry' ) );
	}

	public function test_a_passing_fault_is_tried_twice_more_through_the_public_action_and_then_fails_and_refunds(): void {
		$job_id = $this->paid_job();
		foreach ( array( 1, 2, 3 ) as $n ) {
			$this->submit( $job_id, "up_$n" );
			$this->see_attempt( array( 'state' => 'failed', 'is_transient' => true, 'code' => 'unreachable', 'error' => 'Away.' ) );
			if ( $n < 3 ) {
				self::assertSame( 'processing', $this->job( $job_id )->status->value );
				$retry = $this->claim( 'retry' );
				self::assertNotNull( $retry );
				$fired = $this->plugin()->automatic_retry()->fire( $job_id, $retry['payload']->attempt, $retry['uuid'], $retry['lease_no'], 'unreachable' );
				self::assertTrue( $fired['fired'] );
			}
		}
		self::assertCount( 3, $this->attempts( $job_id ) );
		self::assertSame( 'failed', $this->job( $job_id )->status->value );
		self::assertNotNull( $this->claim( 'refund' ) );
		$contexts = array_column( $this->firings( 'smi_payment_completed' ), 1 );
		self::assertSame( array( false, true, true ), array_map( static fn( array $context ): bool => $context['admin_override'] ?? false, $contexts ) );
	}

	public function test_an_automatic_retry_fires_once_per_failed_attempt(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		$this->see_attempt( array( 'state' => 'failed', 'is_transient' => true ) );
		$retry = $this->claim( 'retry' );
		self::assertNotNull( $retry );
		$this->plugin()->automatic_retry()->fire( $job_id, $retry['payload']->attempt, $retry['uuid'], $retry['lease_no'], '' );
		$this->expectException( \SellMyImages\Errors\ActionRefused::class );
		$this->plugin()->automatic_retry()->fire( $job_id, $retry['payload']->attempt, $retry['uuid'], $retry['lease_no'], '' );
	}

	public function test_account_trouble_pauses_the_queue_and_fails_nothing(): void {
		$job_id  = $this->paid_job();
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		$this->begin( $command );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'blocked', 'message' => 'The account has no credits left.', 'status' => 402 ) ) );
		self::assertSame( array( 'pending', 'queued' ), array( $this->job( $job_id )->status->value, $this->attempts( $job_id )[0]->state() ) );
		self::assertTrue( $this->plugin()->upscaler_pause()->is_on() );
		self::assertNull( $this->claim( 'submit' ), 'Only a probe each five minutes.' );
		self::assertSame( 'upscaler_blocked', $this->as_admin() ? $this->rest( 'GET', '/smi/v1/jobs/stats' )->get_data()['notices'][0]['code'] : '' );
	}

	public function test_a_definite_no_cannot_have_cost_anything(): void {
		$job_id  = $this->paid_job();
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		$this->begin( $command );
		self::assertGreaterThan( 0, $this->attempts( $job_id )[0]->to_rest( null )['may_cost_credits'] );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'refused', 'message' => 'This picture cannot be enlarged.', 'status' => 400 ) ) );
		self::assertSame( array( 'failed', 0 ), array( $this->attempts( $job_id )[0]->state(), $this->attempts( $job_id )[0]->to_rest( null )['may_cost_credits'] ) );
	}

	public function test_when_nothing_waits_that_may_be_the_probe_the_next_sale_is(): void {
		$first   = $this->paid_job();
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'blocked', 'message' => 'The account has no credits left.', 'status' => 402 ) ) );
		$pause = $this->plugin()->upscaler_pause();
		$this->make_probe_due( 1 );
		self::assertTrue( $pause->is_selling_paused(), 'A job that waits has not looked yet.' );

		// A disputed job is not worked on, so it is no probe.
		$this->plugin()->db()->execute( "UPDATE {jobs} SET dispute_status = 'needs_response' WHERE job_id = %s", $first );
		$this->make_probe_due( 301 );
		self::assertNull( $this->claim( 'submit' ) );
		self::assertFalse( $pause->is_selling_paused() );
		self::assertTrue( $pause->is_on(), 'The owner is told until it works.' );

		$second  = $this->paid_job();
		$command = $this->claim( 'submit', $this->attempts( $second )[0]->uuid() );
		self::assertNotNull( $command );
		self::assertTrue( $pause->is_selling_paused(), 'One sale is enough to try.' );
		self::assertSame( 'applied', $this->report( $command, array( 'outcome' => 'ok', 'provider_ids' => array( 'upsampler' => 'up_2' ) ) ) );
		self::assertFalse( $pause->is_on() );
	}

	public function test_a_file_of_another_size_fails_for_good(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		$command = $this->claim( 'refresh_attempt' );
		self::assertNotNull( $command );
		$command['payload']->width = 399;
		$file                      = $this->upload( $command );
		$this->report( $command, array( 'outcome' => 'snapshot', 'snapshot' => array( 'type' => 'attempt', 'provider_id' => null, 'state' => 'succeeded', 'is_transient' => false, 'code' => null, 'error' => null, 'credits' => 1, 'result_url' => null, 'file' => $file ) ) );
		self::assertSame( 'failed', $this->job( $job_id )->status->value );
	}

	public function test_success_without_a_file_on_disk_never_completes(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		$command = $this->claim( 'refresh_attempt' );
		self::assertNotNull( $command );
		$this->report( $command, array( 'outcome' => 'snapshot', 'snapshot' => array( 'type' => 'attempt', 'provider_id' => null, 'state' => 'succeeded', 'is_transient' => false, 'code' => null, 'error' => null, 'credits' => 1, 'result_url' => null, 'file' => array( 'sha256' => str_repeat( '0', 64 ), 'bytes' => 1, 'width' => 400, 'height' => 320, 'mime' => 'image/jpeg' ) ) ) );
		self::assertSame( 'processing', $this->job( $job_id )->status->value );
	}

	public function test_a_stale_lease_changes_nothing(): void {
		$job_id = $this->paid_job();
		$this->hint( $job_id );
		$old = $this->claim( 'refresh_payment' );
		self::assertNotNull( $old );
		$this->end_leases();
		$new = $this->claim( 'refresh_payment' );
		self::assertNotNull( $new );
		$dispute = array( 'id' => 'dp_1', 'status' => 'needs_response', 'amount_minor' => 490, 'is_charge_refundable' => false, 'reason' => null );
		self::assertSame( 'retry', $this->report( $old, array( 'outcome' => 'snapshot', 'snapshot' => $this->payment( $job_id, array( 'dispute' => $dispute ) ) ) ) );
		self::assertNull( $this->job( $job_id )->dispute_status );
	}

	public function test_a_local_resize_asks_no_upscaler(): void {
		$job_id = $this->order( array( 'source' => array( 'url' => 'http://127.0.0.1/photo.jpg', 'path' => 'p.jpg', 'width' => 500, 'height' => 400, 'mime' => 'image/jpeg' ) ) );
		$this->open_session( $job_id );
		$this->see_payment( $job_id );
		self::assertNull( $this->claim( 'submit' ) );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'succeeded', 'credits' => 0 ) ) );
		self::assertSame( array( 'completed', '0.00' ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->amount_cost ) );
	}

	/** @param int $ago Seconds since then. */
	private function make_probe_due( int $ago ): void {
		update_option( 'smi_upscaler_pause', array( 'next_probe' => gmdate( 'Y-m-d H:i:s', time() - $ago ) ) + (array) get_option( 'smi_upscaler_pause' ), false );
	}

	private function any_command(): \SellMyImages\Commands\Command {
		$this->plugin()->commands()->schedule( \SellMyImages\Commands\CommandKind::Sweep, 'site', null, 0 );
		$command = $this->plugin()->commands()->find( \SellMyImages\Commands\CommandKind::Sweep, 'site' );
		self::assertNotNull( $command );

		return $command;
	}
}
