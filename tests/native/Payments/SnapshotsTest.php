<?php
/**
 * What a bridge reports, from the contract's check to the objects that all else reads.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Channel\Bodies;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Payments\IntentStatus;
use SellMyImages\Payments\PaymentSnapshot;
use SellMyImages\Payments\SessionPayment;
use SellMyImages\Payments\SessionStatus;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class SnapshotsTest extends LifecycleTestCase {

	public function test_reads_every_part_of_a_payment(): void {
		$dispute  = array( 'id' => 'dp_1', 'status' => 'of_tomorrow', 'amount_minor' => 490, 'is_charge_refundable' => true, 'reason' => null );
		$refunds  = array( self::refund( array( 'status' => 'pending' ) ) );
		$payment  = $this->payment( $this->order(), array( 'refunds' => $refunds, 'dispute' => $dispute ) );
		$snapshot = PaymentSnapshot::from_array( $this->checked( $payment ) );
		[ $session, $intent, $refund ] = array( $snapshot->session, $snapshot->intent, $snapshot->refunds[0] );
		self::assertSame( array( SessionStatus::Complete, SessionPayment::Paid ), array( $session?->status, $session?->payment_status ) );
		self::assertSame( array( 490, 'Payer@Example.org' ), array( $session?->amount_total, $session?->email ) );
		self::assertSame( IntentStatus::Succeeded, $intent?->status );
		self::assertSame( array( 490, 'usd' ), array( $intent->amount_received, $intent->currency ) );
		self::assertSame( array( 44, null ), array( $snapshot->charge?->fee_in( 'USD' )?->minor(), $snapshot->charge?->fee_in( 'EUR' ) ) );
		self::assertSame( array( 're_1', 100, 1700000000 ), array( $refund->id, $refund->amount_minor, $refund->created ) );
		self::assertTrue( $refund->is_waiting() );
		self::assertSame( array( 'of_tomorrow', true ), array( $snapshot->dispute?->status, $snapshot->dispute?->is_charge_refundable ) );
		self::assertSame( array( false, null, true ), array( $snapshot->livemode, $snapshot->paid_at, $snapshot->is_paid() ) );
	}

	public function test_leaves_out_what_it_does_not_know_and_takes_what_is_absent_for_nothing(): void {
		$payment  = $this->payment( $this->order(), array( 'session' => null, 'charge' => null, 'of_tomorrow' => array( 1 ) ) );
		$intent   = array( 'status' => 'requires_a_dance', 'of_tomorrow' => true ) + $payment['payment_intent'];
		$snapshot = PaymentSnapshot::from_array( array( 'payment_intent' => $intent ) + $payment );
		self::assertSame( array( null, null, null ), array( $snapshot->session, $snapshot->charge, $snapshot->dispute ) );
		self::assertSame( array( array(), null ), array( $snapshot->refunds, $snapshot->intent?->status ) );
		self::assertFalse( $snapshot->is_paid() || $snapshot->has_failed() || $snapshot->is_under_way() );
	}

	/** WordPress's check of a message takes the word for the thing. */
	public function test_a_word_for_false_is_no_yes(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->checked( $this->payment( $job_id, array( 'livemode' => 'false' ) ) );
		$this->see_payment( $job_id, array( 'livemode' => 'false' ) );
		self::assertSame( array( 'paid', null ), array( $this->job( $job_id )->payment_status->value, $this->job( $job_id )->mismatch ) );
		$this->submit( $job_id );
		$this->see_attempt( array( 'state' => 'failed', 'code' => 'too_large', 'is_transient' => 'false' ) );
		self::assertSame( 'failed', $this->job( $job_id )->status->value, 'No further try is paid for.' );
	}

	public function test_a_refund_whose_time_came_as_text_was_made_at_that_time(): void {
		$job_id = $this->paid_job();
		$at     = time() - 5;
		$refund = self::refund( array( 'created' => (string) $at ) );
		global $wpdb;
		$wpdb->query( "UPDATE {$wpdb->prefix}smi_jobs SET created_at = DATE_SUB(created_at, INTERVAL 1 MINUTE)" );
		$this->checked( $this->payment( $job_id, array( 'refunds' => array( $refund ) ) ) );
		$this->see_payment( $job_id, array( 'refunds' => array( $refund ) ) );
		self::assertSame( gmdate( 'Y-m-d H:i:s', $at ), $this->job( $job_id )->refunded_at );
	}

	/** A report that no contract lets through is its own trouble: nothing of it is kept, and it is asked for again. */
	public function test_nothing_is_kept_of_a_payment_without_its_amount(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$before = $this->job( $job_id )->to_row();
		$intent = $this->payment( $job_id )['payment_intent'];
		unset( $intent['amount_received'] );
		self::assertSame( 'retry', $this->see_payment( $job_id, array( 'payment_intent' => $intent ) ) );
		self::assertSame( $before, $this->job( $job_id )->to_row() );
	}

	/**
	 * @param array<string,mixed> $overrides Fields.
	 * @return array<string,mixed> Of payment-snapshot.schema.json.
	 */
	private static function refund( array $overrides ): array {
		$none = array( 'smi_refund' => null, 'reason' => null, 'failure_reason' => null );

		return $overrides + array( 'id' => 're_1', 'amount_minor' => 100, 'status' => 'succeeded', 'created' => 1700000000 ) + $none;
	}

	/**
	 * @param array<string,mixed> $snapshot A snapshot.
	 * @return array<mixed> The same, as the channel lets it through.
	 */
	private function checked( array $snapshot ): array {
		$report = array( 'id' => 'r', 'command' => wp_generate_uuid4(), 'lease_no' => 1, 'outcome' => 'snapshot', 'snapshot' => $snapshot );
		$report = Bodies::check( $report, 'report' );
		self::assertIsArray( $report );

		return $report['snapshot'];
	}

	/** @dataProvider unknown_fees */
	public function test_a_payment_whose_fee_is_not_known_is_seen_and_looked_at_again( string $why, ?int $again ): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$charge = array( 'id' => 'ch_1', 'fee_minor' => null, 'fee_currency' => null, 'fee_charge_minor' => null, 'fee_unknown' => $why );
		self::assertSame( 'applied', $this->see_payment( $job_id, array( 'charge' => $charge ) ) );
		self::assertSame( array( 'paid', null ), array( $this->job( $job_id )->payment_status->value, $this->job( $job_id )->stripe_fee ) );
		$command = $this->plugin()->commands()->find( CommandKind::RefreshPayment, $job_id );
		self::assertNotNull( $command );
		self::assertSame( null === $again, null !== $command->done_at );
		if ( null !== $again ) {
			self::assertEqualsWithDelta( $again, (int) strtotime( $command->due_at . ' UTC' ) - time(), 3 );
		}
		$this->as_admin();
		self::assertSame( 'Not known yet.', $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['fee_unknown'] );
		$this->plugin()->provider_health()->keep( array( 'stripe' => array( 'lacking' => array( 'rak_balance_read' ) ) ) );
		self::assertStringContainsString( 'Balance: read', (string) $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['fee_unknown'] );
		$this->see_payment( $job_id );
		self::assertSame( '0.44', $this->job( $job_id )->stripe_fee );
		self::assertNull( $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['fee_unknown'] );
	}

	/** @return array<string,array{string,int|null}> */
	public static function unknown_fees(): array {
		return array(
			'Stripe has none yet'       => array( 'not_yet', 900 ),
			'Stripe did not answer'     => array( 'no_answer', 900 ),
			'the key may not read it'   => array( 'not_permitted', 86400 ),
			'Stripe tells no rate'      => array( 'no_rate', null ),
		);
	}

	public function test_a_fee_that_is_known_is_not_asked_for_again_and_stays(): void {
		$job_id = $this->paid_job();
		$this->hint( $job_id );
		$command = $this->claim( 'refresh_payment' );
		self::assertTrue( $command['payload']->is_fee_known ?? null );
		$charge = array( 'id' => 'ch_1', 'fee_minor' => null, 'fee_currency' => null, 'fee_charge_minor' => null, 'fee_unknown' => 'not_asked' );
		$this->report( $command, array( 'outcome' => 'snapshot', 'snapshot' => $this->payment( $job_id, array( 'charge' => $charge ) ) ) );
		self::assertSame( '0.44', $this->job( $job_id )->stripe_fee );
	}

	public function test_a_fee_in_another_currency_is_kept_as_it_is_once(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$charge = array( 'id' => 'ch_1', 'fee_minor' => 41, 'fee_currency' => 'eur', 'fee_charge_minor' => 45, 'fee_unknown' => null );
		$this->see_payment( $job_id, array( 'charge' => $charge ) );
		$this->see_payment( $job_id, array( 'charge' => $charge ) );
		self::assertSame( '0.45', $this->job( $job_id )->stripe_fee );
		$this->as_admin();
		$events = array_values( array_filter( $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data()['events'], static fn( array $event ): bool => 'fee' === $event['type'] ) );
		self::assertCount( 1, $events );
		self::assertStringContainsString( '0.41', $events[0]['reason'] );
	}
}
