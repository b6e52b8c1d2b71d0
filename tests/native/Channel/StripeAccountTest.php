<?php
/**
 * Another account at Stripe is a question, not a silence.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class StripeAccountTest extends LifecycleTestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->plugin()->key_ring()->create( 'test' );
		$this->plugin()->bridge_state()->seen();
		$this->hello( 'acct_1' );
	}

	public function test_the_first_account_is_remembered_and_nothing_is_asked(): void {
		$this->hello( 'acct_1' );
		$this->hello( null );
		self::assertSame( array( null, array() ), $this->asked() );
	}

	public function test_another_one_closes_the_shop_and_hands_out_nothing_of_stripes(): void {
		$job_id = $this->paid_job();
		$this->hello( 'acct_2' );
		self::assertSame( array( 'other_account', array( 'from' => 'acct_1', 'to' => 'acct_2', 'no' => false ) ), $this->asked() );
		$this->hello( null );
		self::assertSame( 'other_account', $this->asked()[0], 'What is not told answers nothing.' );
		$this->hint( $job_id );
		self::assertNull( $this->claim( 'refresh_payment' ) );
		$this->submit( $job_id );
		self::assertSame( 'processing', $this->job( $job_id )->status->value, 'What is paid is made.' );
		$health = apply_filters( 'site_status_tests', array( 'direct' => array() ) )['direct']['smi_stripe']['test']();
		self::assertSame( 'critical', $health['status'] );
		self::assertStringContainsString( 'acct_2', $health['description'] );
	}

	public function test_yes_sells_with_the_new_one_and_looks_through_what_it_has(): void {
		$job_id = $this->paid_job();
		$this->hint( $job_id );
		$this->hello( 'acct_2' );
		$this->choose( 'new' );
		self::assertSame( array( null, array() ), $this->asked() );
		$this->hello( 'acct_2' );
		self::assertNull( $this->asked()[0] );
		self::assertNotNull( $this->claim( 'refresh_payment' ) );
		self::assertNotNull( $this->claim( 'reconcile' ) );
	}

	public function test_no_keeps_the_shop_closed_until_the_right_key_is_back(): void {
		$this->hello( 'acct_2' );
		$this->choose( 'old' );
		self::assertSame( array( 'other_account', true ), array( $this->asked()[0], $this->asked()[1]['no'] ) );
		$this->hello( 'acct_2' );
		self::assertTrue( $this->asked()[1]['no'], 'It is not asked again.' );
		$this->hello( 'acct_1' );
		self::assertSame( array( null, array() ), $this->asked() );
	}

	public function test_test_mode_and_live_mode_have_an_account_each(): void {
		$this->hello( 'acct_live', true );
		self::assertSame( array( null, array() ), $this->asked() );
		$this->hello( 'acct_1' );
		self::assertSame( array( null, array() ), $this->asked() );
	}

	public function test_an_answer_without_a_question_changes_nothing(): void {
		$this->as_admin();
		$response = $this->rest( 'POST', '/smi/v1/connection/stripe-account', array( 'choice' => 'new' ) );
		self::assertSame( array( 409, 'smi_connection_no_question' ), array( $response->get_status(), $response->get_data()['code'] ) );
		self::assertSame( 400, $this->rest( 'POST', '/smi/v1/connection/stripe-account', array( 'choice' => 'what' ) )->get_status() );
		$this->as_role( 'subscriber' );
		self::assertSame( 403, $this->rest( 'POST', '/smi/v1/connection/stripe-account', array( 'choice' => 'new' ) )->get_status() );
	}

	private function hello( ?string $account, bool $livemode = false ): void {
		$this->plugin()->hello()->answer(
			array(
				'version'        => '1',
				'protocol'       => 1,
				'public_url'     => null,
				'time'           => gmdate( 'c' ),
				'livemode'       => $livemode,
				'stripe_account' => $account,
			),
			'k_test'
		);
	}

	private function choose( string $choice ): void {
		$this->as_admin();
		$response = $this->rest( 'POST', '/smi/v1/connection/stripe-account', array( 'choice' => $choice ) );
		self::assertSame( 200, $response->get_status() );
	}

	/** @return array{0:string|null,1:array<string,mixed>} Why the shop is closed, and the notice. */
	private function asked(): array {
		$notices = array_column( $this->plugin()->channel_notices()->all(), 'data', 'code' );
		$closed  = $this->plugin()->shop()->closed_because();
		return array( 'safe_mode' === $closed ? null : $closed, $notices['stripe_account_changed'] ?? array() );
	}
}
