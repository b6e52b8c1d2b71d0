<?php
/**
 * From the checkout to the finished file.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class SaleTest extends LifecycleTestCase {

	public function test_a_sale_ends_completed_with_a_file_and_a_link(): void {
		$job_id = $this->completed_job();
		$job    = $this->job( $job_id );
		self::assertSame( array( 'completed', 'paid', null ), array( $job->status->value, $job->payment_status->value, $job->attention ) );
		self::assertTrue( $job->has_file() );
		self::assertSame( 'payer@example.org', $job->email );
		self::assertSame( array( '4.90', '0.44', '0.04' ), array( $job->amount_charged, $job->stripe_fee, $job->amount_cost ) );
		self::assertNotNull( $this->plugin()->links()->url( $job ) );
		self::assertCount( 1, $this->firings( 'smi_payment_completed' ) );
		self::assertSame( array( $job_id, array() ), array_slice( $this->firings( 'smi_payment_completed' )[0], 0, 2 ) );
		self::assertSame(
			array( array( 'awaiting_payment', 'pending' ), array( 'pending', 'processing' ), array( 'processing', 'completed' ) ),
			array_map( static fn( array $args ): array => array( $args[1], $args[2] ), $this->firings( 'smi_job_status_changed' ) )
		);
	}

	public function test_the_same_payment_seen_fifty_times_fires_and_starts_once(): void {
		$job_id = $this->paid_job();
		for ( $n = 0; $n < 50; $n++ ) {
			$this->hint( $job_id );
		}
		self::assertSame( 'unchanged', $this->see_payment( $job_id ) );
		self::assertCount( 1, $this->firings( 'smi_payment_completed' ) );
		self::assertCount( 1, $this->attempts( $job_id ) );
	}

	public function test_completed_but_unpaid_waits_for_the_money(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$session = array( 'payment_status' => 'unpaid' ) + $this->payment( $job_id )['session'];
		$intent  = array( 'status' => 'processing', 'amount_received' => 0 ) + $this->payment( $job_id )['payment_intent'];
		$this->see_payment( $job_id, array( 'session' => $session, 'payment_intent' => $intent ) );
		self::assertSame( 'awaiting_payment', $this->job( $job_id )->status->value );
		self::assertSame( array(), $this->attempts( $job_id ) );
		$this->see_payment( $job_id );
		self::assertSame( 'pending', $this->job( $job_id )->status->value );
	}

	public function test_a_delayed_payment_that_fails_abandons_the_job(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$session = array( 'payment_status' => 'unpaid' ) + $this->payment( $job_id )['session'];
		$intent  = array( 'status' => 'requires_payment_method', 'amount_received' => 0, 'last_error' => 'No funds.' ) + $this->payment( $job_id )['payment_intent'];
		$this->see_payment( $job_id, array( 'session' => $session, 'payment_intent' => $intent ) );
		self::assertSame( array( 'abandoned', 'failed' ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->payment_status->value ) );
	}

	public function test_an_expired_checkout_abandons_the_job_and_money_that_still_arrives_starts_it(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$session = array( 'status' => 'expired', 'payment_status' => 'unpaid' ) + $this->payment( $job_id )['session'];
		$this->see_payment( $job_id, array( 'session' => $session, 'payment_intent' => null, 'charge' => null ) );
		self::assertSame( 'abandoned', $this->job( $job_id )->status->value );
		$this->see_payment( $job_id );
		self::assertSame( 'pending', $this->job( $job_id )->status->value );
	}

	public function test_an_older_expired_view_never_takes_back_a_payment(): void {
		$job_id  = $this->paid_job();
		$session = array( 'status' => 'expired', 'payment_status' => 'unpaid' ) + $this->payment( $job_id )['session'];
		$this->see_payment( $job_id, array( 'session' => $session, 'payment_intent' => null ) );
		self::assertSame( array( 'pending', 'paid' ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->payment_status->value ) );
	}

	/** @dataProvider mismatches */
	public function test_a_payment_that_is_not_the_asked_one_is_held( string $part, string $field, mixed $value ): void {
		$job_id   = $this->order();
		$this->open_session( $job_id );
		$snapshot = $this->payment( $job_id );
		$changed  = '' === $field ? $value : array( $field => $value ) + $snapshot[ $part ];
		$this->see_payment( $job_id, array( $part => $changed ) );
		self::assertSame( 'amount_mismatch', $this->job( $job_id )->attention?->value );
		self::assertSame( array(), $this->attempts( $job_id ), 'Nothing is started.' );
		self::assertSame( array(), $this->firings( 'smi_payment_completed' ) );
	}

	/** @return array<string,array{string,string,mixed}> */
	public static function mismatches(): array {
		return array(
			'price'    => array( 'session', 'amount_subtotal', 1 ),
			'received' => array( 'payment_intent', 'amount_received', 489 ),
			'currency' => array( 'payment_intent', 'currency', 'eur' ),
			'mode'     => array( 'livemode', '', true ),
			'job'      => array( 'smi_job', '', '11111111-1111-4111-8111-111111111111' ),
			'site'     => array( 'smi_site', '', '11111111-1111-4111-8111-111111111111' ),
		);
	}

	public function test_a_refused_checkout_abandons_the_job(): void {
		$job_id  = $this->order();
		$command = $this->claim( 'open_checkout' );
		self::assertNotNull( $command );
		self::assertSame( 'applied', $this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'amount_too_small', 'message' => 'Too little.' ) ) ) );
		self::assertSame( array( 'abandoned', 'checkout_refused' ), array( $this->job( $job_id )->status->value, $this->job( $job_id )->failure_reason ) );
		$this->as_admin();
		self::assertSame( 'Stripe refused to open the checkout. Its own words: Too little.', $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['failure_reason'] );
	}

	public function test_a_checkout_without_an_answer_is_handed_out_again_with_the_same_parameters(): void {
		$this->order();
		$first = $this->claim( 'open_checkout' );
		self::assertNotNull( $first );
		$this->report( $first, array( 'outcome' => 'retry', 'error' => array( 'code' => 'no_answer', 'message' => '' ) ) );
		$second = $this->claim( 'open_checkout' );
		self::assertNotNull( $second );
		self::assertEquals( $first['payload'], $second['payload'] );
		self::assertGreaterThan( $first['lease_no'], $second['lease_no'] );
	}
}
