<?php
/**
 * A bank debit or a voucher: the checkout is complete, and the money comes days later or never.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Jobs\JobStatus;
use SellMyImages\Rest\Contract;
use SellMyImages\Tests\Jobs\LifecycleTestCase;
use SellMyImages\Upkeep\AbandonedJobs;

final class UnderWayTest extends LifecycleTestCase {

	public function test_buyer_and_owner_see_that_the_payment_is_on_its_way_and_nobody_is_asked_to_pay_again(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		self::assertArrayHasKey( 'checkout_url', $this->seen_by_buyer( $job_id ) );
		$this->confirm( $job_id );

		$buyer = $this->seen_by_buyer( $job_id );
		self::assertTrue( rest_validate_value_from_schema( $buyer, Contract::load( 'checkout-status' ), 'status' ) );
		self::assertSame( array( 'awaiting_payment', true ), array( $buyer['status'], $buyer['is_payment_under_way'] ) );
		self::assertArrayNotHasKey( 'checkout_url', $buyer );
		self::assertStringContainsString( 'on its way', $buyer['message'] );

		$this->as_admin();
		$owner = $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data();
		self::assertSame( array( true, 'payer@example.org' ), array( $owner['is_payment_under_way'], $owner['email'] ) );
		self::assertContains( array( 'payment', 'under_way' ), array_map( static fn( array $event ): array => array( $event['type'], $event['to'] ), $owner['events'] ) );
		self::assertTrue( $this->rest( 'GET', '/smi/v1/jobs' )->get_data()[0]['is_payment_under_way'] );
		self::assertSame( 'unchanged', $this->see( $job_id, 'processing' ), 'Told once.' );
	}

	public function test_a_voucher_that_waits_to_be_paid_is_under_way_too(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->see( $job_id, 'requires_action' );
		self::assertTrue( $this->job( $job_id )->is_payment_under_way );
	}

	public function test_it_ends_when_the_money_arrives(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->confirm( $job_id );
		$this->see_payment( $job_id );
		self::assertSame( array( 'pending', false ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->is_payment_under_way ) );
	}

	public function test_it_ends_when_the_bank_refuses(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->confirm( $job_id );
		$this->see( $job_id, 'requires_payment_method' );
		self::assertSame( array( 'abandoned', 'failed', false ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->payment_status->value, $this->job( $job_id )->is_payment_under_way ) );
		self::assertStringContainsString( 'nothing was charged', $this->seen_by_buyer( $job_id )['message'] );
	}

	public function test_it_cannot_be_abandoned_or_expired(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->confirm( $job_id );
		$this->as_admin();
		$answer = $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'abandoned' ) );
		self::assertSame( array( 409, 'smi_job_status_not_possible' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		self::assertStringContainsString( 'on its way', $answer->get_data()['message'] );
		self::assertSame( 200, $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'failed' ) )->get_status() );
		self::assertNull( $this->claim( 'expire_checkout' ), 'Stripe cannot expire what is complete.' );
		self::assertStringContainsString( 'on its way', $this->seen_by_buyer( $job_id )['message'] );
	}

	/** A checkout that was given up here while the buyer confirmed it there. */
	public function test_it_is_told_of_an_abandoned_job_as_well_and_looked_at_again(): void {
		global $wpdb;
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->as_admin();
		self::assertSame( 200, $this->rest( 'PATCH', "/smi/v1/jobs/$job_id", array( 'status' => 'abandoned' ) )->get_status() );
		$this->confirm( $job_id );
		self::assertSame( JobStatus::Abandoned, $this->job( $job_id )->status );
		self::assertStringContainsString( 'on its way', $this->seen_by_buyer( $job_id )['message'] );
		self::assertSame( '1', $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_commands WHERE kind = 'refresh_payment' AND object = %s AND done_at IS NULL", $job_id ) ) );
		$wpdb->update( "{$wpdb->prefix}smi_jobs", array( 'created_at' => '2020-01-01 00:00:00' ), array( 'job_id' => $job_id ) );
		self::assertSame( 0, ( new AbandonedJobs( $this->plugin()->db(), $this->plugin()->jobs(), $this->plugin()->event_log() ) )->forget( 90, 10 ), 'Money may still come.' );
	}

	private function confirm( string $job_id ): void {
		self::assertSame( 'applied', $this->see( $job_id, 'processing' ) );
	}

	private function see( string $job_id, string $intent ): string {
		$whole = $this->payment( $job_id );

		return $this->see_payment(
			$job_id,
			array(
				'session'        => array( 'payment_status' => 'unpaid' ) + $whole['session'],
				'payment_intent' => array( 'status' => $intent, 'amount_received' => 0 ) + $whole['payment_intent'],
				'charge'         => null,
			)
		);
	}

	/** @return array<string,mixed> */
	private function seen_by_buyer( string $job_id ): array {
		return $this->rest( 'GET', "/smi/v1/checkouts/$job_id", array( 'key' => $this->plugin()->links()->buyer_key( $job_id ) ) )->get_data();
	}
}
