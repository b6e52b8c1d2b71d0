<?php
/**
 * When money came and went: as Stripe tells it, not when the site heard of it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Support\Times;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class ProviderTimesTest extends LifecycleTestCase {

	private const DAY = 86400;

	public function test_a_payment_that_was_made_ten_days_ago_asks_for_attention_and_is_not_started(): void {
		$paid   = time() - 10 * self::DAY;
		$job_id = $this->old_order( 11 );
		$this->see_payment( $job_id, array( 'paid_at' => $paid ) );
		$job = $this->job( $job_id );
		self::assertSame( gmdate( 'Y-m-d H:i:s', $paid ), $job->paid_at );
		self::assertSame( array( 'pending', 'paid', 'paid_not_started' ), array( $job->status->value, $job->payment_status->value, $job->attention?->value ) );
		self::assertSame( array(), $this->attempts( $job_id ) );
		self::assertNull( $this->claim( 'submit' ) );
		self::assertCount( 1, $this->firings( 'smi_payment_completed' ), 'Others may listen; nothing is kept from them.' );
		$this->plugin()->site_worker()->run_one( CommandKind::Sweep, 'site' );
		self::assertSame( array(), $this->attempts( $job_id ), 'The sweep starts it no more than the payment did.' );
	}

	public function test_a_payment_of_three_days_ago_is_started_once_and_waited_since_then(): void {
		$paid   = time() - 3 * self::DAY;
		$job_id = $this->old_order( 4 );
		$this->see_payment( $job_id, array( 'paid_at' => $paid ) );
		$this->plugin()->site_worker()->run_one( CommandKind::Sweep, 'site' );
		self::assertCount( 1, $this->attempts( $job_id ) );
		self::assertCount( 1, $this->firings( 'smi_payment_completed' ) );
		$this->submit( $job_id );
		$this->see_attempt( array( 'state' => 'succeeded' ) );
		$job = $this->job( $job_id );
		self::assertGreaterThanOrEqual( 3 * self::DAY, Times::between( $job->paid_at, $job->completed_at ) );
		self::assertNull( $job->attention );
		self::assertSame( '1', $this->sum_of_day( 'w11', $job->created_at ), 'In the last bucket of the waiting times, on the day the checkout began.' );
	}

	public function test_a_first_start_that_was_not_handed_out_for_a_week_is_not_handed_out_any_more(): void {
		$job_id = $this->old_order( 1 );
		$this->see_payment( $job_id, array( 'paid_at' => time() - 60 ) );
		$this->age( $job_id, 8 );
		self::assertNull( $this->claim( 'submit' ) );
		self::assertSame( array( 'pending', 'paid_not_started' ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->attention?->value ) );
		self::assertSame( 'superseded', $this->attempts( $job_id )[0]->state() );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		$this->submit( $job_id );
		self::assertSame( 'processing', $this->job( $job_id )->status->value, 'The owner may still have it made.' );
	}

	public function test_a_retry_is_handed_out_however_long_ago_the_payment_was(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		$this->age( $job_id, 8 );
		$this->see_attempt( array( 'state' => 'failed', 'code' => 'timeout', 'error' => 'Late.', 'is_transient' => true ) );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true, 'source' => 'bridge', 'retry_no' => 1 ) );
		$this->submit( $job_id, 'up_2' );
		self::assertSame( 'processing', $this->job( $job_id )->status->value );
	}

	/** @return array<string,array{array<string,int|null>,int}> What the snapshot says, in seconds from now => how long ago the payment was then. */
	public static function odd_times(): array {
		return array(
			'an older bridge says nothing'      => array( array(), 0 ),
			'nothing is known'                  => array( array( 'paid_at' => null ), 0 ),
			'in the future'                     => array( array( 'paid_at' => 7200 ), 0 ),
			'before there was an order'         => array( array( 'paid_at' => -9 * self::DAY ), 2 * self::DAY ),
		);
	}

	/**
	 * @dataProvider odd_times
	 * @param array<string,int|null> $told Of the snapshot.
	 */
	public function test_a_time_is_never_later_than_now_nor_earlier_than_the_order( array $told, int $ago ): void {
		$job_id = $this->old_order( 2 );
		$this->see_payment( $job_id, array_map( static fn( ?int $at ): ?int => null === $at ? null : time() + $at, $told ) );
		self::assertEqualsWithDelta( time() - $ago, Times::unix( (string) $this->job( $job_id )->paid_at ), 20 );
	}

	public function test_a_refund_of_last_week_was_made_last_week(): void {
		$job_id = $this->old_order( 20 );
		$this->see_payment( $job_id, array( 'paid_at' => time() - 20 * self::DAY + 60 ) );
		$first  = self::refund( 're_1', 100, 9 );
		$second = self::refund( 're_2', 50, 7 );
		$this->see_payment( $job_id, array( 'refunds' => array( $second, $first ) ) );
		self::assertSame( gmdate( 'Y-m-d H:i:s', $second['created'] ), $this->job( $job_id )->refunded_at );
		$rows = $this->plugin()->refund_repository()->for_job( $job_id );
		foreach ( $rows as $row ) {
			$of = 're_1' === $row->stripe_refund_id() ? $first : $second;
			self::assertSame( array( Times::iso( gmdate( 'Y-m-d H:i:s', $of['created'] ) ) ), array_unique( array( $row->to_rest()['created_at'], $row->to_rest()['settled_at'] ) ) );
		}
	}

	public function test_a_refund_that_was_seen_pending_was_made_when_it_is_seen_done(): void {
		$job_id = $this->old_order( 20 );
		$this->see_payment( $job_id, array( 'paid_at' => time() - 20 * self::DAY + 60 ) );
		$this->see_payment( $job_id, array( 'refunds' => array( array( 'status' => 'pending' ) + self::refund( 're_1', 100, 9 ) ) ) );
		self::assertNull( $this->job( $job_id )->refunded_at );
		$this->see_payment( $job_id, array( 'refunds' => array( self::refund( 're_1', 100, 9 ) ) ) );
		self::assertEqualsWithDelta( time(), Times::unix( (string) $this->job( $job_id )->refunded_at ), 20 );
	}

	public function test_a_refund_of_ours_that_was_answered_during_an_outage_was_made_then(): void {
		$job_id = $this->old_order( 20 );
		$this->see_payment( $job_id, array( 'paid_at' => time() - 60 ) );
		$this->plugin()->refunds()->request_automatic( $this->job( $job_id ) );
		global $wpdb;
		$wpdb->query( "UPDATE {$wpdb->prefix}smi_refunds SET created_at = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 5 DAY)" );
		$this->make_refund( $job_id, array( 'created' => time() - 4 * self::DAY ) );
		$job = $this->job( $job_id );
		self::assertSame( 'refunded', $job->payment_status->value );
		self::assertEqualsWithDelta( time() - 4 * self::DAY, Times::unix( (string) $job->refunded_at ), 20 );
	}

	/** An order whose checkout began so many days ago. */
	private function old_order( int $days ): string {
		global $wpdb;
		$job_id = $this->order();
		$this->open_session( $job_id );
		$job = $this->job( $job_id );
		$this->plugin()->transaction()->run(
			fn() => $this->plugin()->jobs()->update( $job, array( 'created_at' => gmdate( 'Y-m-d H:i:s', time() - $days * self::DAY ) ) )
		);

		return $job_id;
	}

	/** The payment was made so many days ago. */
	private function age( string $job_id, int $days ): void {
		$this->plugin()->jobs()->update( $this->job( $job_id ), array( 'paid_at' => gmdate( 'Y-m-d H:i:s', time() - $days * self::DAY ) ) );
	}

	/** @return array<string,mixed> A refund of the dashboard, as the snapshot tells it. */
	private static function refund( string $id, int $minor, int $days ): array {
		return array( 'id' => $id, 'amount_minor' => $minor, 'status' => 'succeeded', 'smi_refund' => null, 'reason' => null, 'failure_reason' => null, 'created' => time() - $days * self::DAY );
	}

	private function sum_of_day( string $column, string $at ): string {
		global $wpdb;

		return (string) $wpdb->get_var( $wpdb->prepare( "SELECT SUM($column) FROM {$wpdb->prefix}smi_counts_day WHERE day = %s", substr( $at, 0, 10 ) ) ); // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a column of ours.
	}
}
