<?php
/**
 * Looking at an attempt: a result that cannot be had now is waited for, not bought again.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Upscaling;

use SellMyImages\Jobs\JobStatus;
use SellMyImages\Support\Times;
use SellMyImages\Tests\Jobs\LifecycleTestCase;
use SellMyImages\Upscaling\Attempt;

final class RefreshAttemptTest extends LifecycleTestCase {

	public function test_the_bridge_is_told_how_long_ago_the_upscaler_was_asked(): void {
		$job_id = $this->processing_job();
		$this->sent_before( $job_id, 700 );
		$command = $this->claim( 'refresh_attempt' );
		self::assertNotNull( $command );
		self::assertEqualsWithDelta( 700, $command['payload']->sent_s_ago, 5 );
	}

	public function test_a_result_that_cannot_be_had_for_ten_minutes_costs_neither_an_upscale_nor_the_sale(): void {
		$job_id = $this->processing_job();
		foreach ( range( 1, 5 ) as $ignored ) {
			$command = $this->claim( 'refresh_attempt' );
			self::assertNotNull( $command );
			$this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => 'unreachable', 'message' => 'The result is not to be had (HTTP 403).' ) ) );
		}
		self::assertSame( JobStatus::Processing, $this->job( $job_id )->status );
		self::assertSame( array( Attempt::RUNNING ), array_map( static fn( Attempt $attempt ): string => $attempt->state(), $this->attempts( $job_id ) ) );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'succeeded' ) ) );
		self::assertSame( array( JobStatus::Completed, 1, array() ), array( $this->job( $job_id )->status, $this->job( $job_id )->credits_used, $this->plugin()->refund_repository()->for_job( $job_id ) ) );
	}

	public function test_a_picture_that_is_made_waits_for_room_and_costs_nothing_meanwhile(): void {
		$job_id  = $this->processing_job();
		$command = $this->claim( 'refresh_attempt' );
		self::assertNotNull( $command );
		self::assertFalse( $command['payload']->is_ready );
		self::assertSame( 'retry', $this->report( $command, array( 'outcome' => 'retry', 'error' => array( 'code' => 'ready', 'message' => 'Others are being fetched.' ) ) ) );
		$again = $this->claim( 'refresh_attempt' );
		self::assertNotNull( $again );
		self::assertTrue( $again['payload']->is_ready, 'It only has to be fetched.' );
		self::assertCount( 1, $this->attempts( $job_id ) );
		self::assertSame( JobStatus::Processing, $this->job( $job_id )->status );
	}

	private function processing_job(): string {
		$job_id = $this->paid_job();
		$this->submit( $job_id );

		return $job_id;
	}

	private function sent_before( string $job_id, int $seconds ): void {
		global $wpdb;
		$wpdb->update( "{$wpdb->prefix}smi_attempts", array( 'sent_at' => Times::add( Times::now(), -$seconds ) ), array( 'job_id' => $job_id ) );
	}
}
