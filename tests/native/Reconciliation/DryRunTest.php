<?php
/**
 * Looking through Stripe without changing anything.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Reconciliation;

use SellMyImages\Reconciliation\Run;

final class DryRunTest extends ReconciliationTestCase {

	public function test_tells_what_differs_and_changes_nothing_but_its_own_rows(): void {
		$paid   = $this->paid_job();
		$unpaid = $this->order();
		$this->open_session( $unpaid );
		$id    = str_replace( '-', '', $paid );
		$run   = $this->begun( array( 'dry_run' => true ) );
		$pass  = $this->pass();
		$ref   = array( 'payment_intent' => "pi_$id" );
		$hints = array(
			$this->session( $pass, $unpaid ),
			$this->session( $pass, $paid ),
			$this->shown( $pass, 'refund', 're_1', 're_1/succeeded/200', $ref + array( 'amount' => 200 ) ),
			$this->shown( $pass, 'dispute', 'du_1', 'du_1/needs_response', $ref ),
		);
		$before = $this->sums();
		self::assertSame( array_fill( 0, 4, 'unchanged' ), $this->show( $hints ) );
		self::assertSame( 'applied', $this->came_to( $pass, null, 4 ) );
		self::assertSame( $before, $this->sums(), 'A dry run writes nothing but its command and its report.' );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 'done', true, 4, 3, false, 0 ), array( $told['state'], $told['dry_run'], $told['seen'], $told['found'], $told['is_found_floor'], $told['unclear'] ) );
		self::assertSame( 'Payments, refunds and disputes looked at: 4. 3 differences. Nothing was changed.', $told['message'] );
		self::assertSame(
			array(
				array( 'payment', $unpaid, 'would_change', 'Paid at Stripe: $4.90. This job does not know it.' ),
				array( 'refund', $paid, 'would_change', 'A refund of $2.00 at Stripe (succeeded) is not known here.' ),
				array( 'dispute', $paid, 'would_change', 'A dispute about $4.90 (needs a response) is not known here.' ),
			),
			array_map( static fn( array $one ): array => array( $one['code'], $one['job_id'], $one['outcome'], $one['message'] ), $told['differences'] )
		);
		self::assertSame( array( 'pending', 'paid' ), array( $told['differences'][0]['before'], $told['differences'][0]['after'] ) );
	}

	/** @return array<string,string> Checksums of the tables, and of the other options. */
	private function sums(): array {
		global $wpdb;
		$sums = array();
		foreach ( $this->tables() as $table ) {
			if ( ! str_ends_with( $table, '_commands' ) ) {
				$sums[ $table ] = (string) $wpdb->get_row( "CHECKSUM TABLE `$table`", ARRAY_A )['Checksum']; // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- the database's own name of it.
			}
		}
		$sums['commands'] = (string) wp_json_encode( $wpdb->get_results( "SELECT * FROM {$wpdb->prefix}smi_commands WHERE object <> 'asked' ORDER BY id" ) );
		$sums['options']  = (string) wp_json_encode( $wpdb->get_results( "SELECT option_name, option_value FROM $wpdb->options WHERE option_name LIKE 'smi\_%' AND option_name <> 'smi_reconciliations' ORDER BY option_name" ) );

		return $sums;
	}

	public function test_what_is_as_it_should_be_is_no_difference(): void {
		$paid = $this->paid_job();
		$id   = str_replace( '-', '', $paid );
		$this->see_payment( $paid, array( 'refunds' => array( array( 'id' => 're_1', 'amount_minor' => 100, 'status' => 'succeeded', 'smi_refund' => null, 'reason' => null, 'failure_reason' => null, 'created' => time() ) ) ) );
		$open = $this->order();
		$this->open_session( $open );
		$run  = $this->begun();
		$pass = $this->pass();
		$ref  = array( 'payment_intent' => "pi_$id", 'amount' => 100 );
		$this->show(
			array(
				$this->session( $pass, $open, 'open/unpaid' ),
				$this->session( $pass, $paid ),
				$this->shown( $pass, 'refund', 're_1', 're_1/succeeded/100', $ref ),
				array( 'site' => '11111111-2222-4333-8444-555555555555' ) + $this->session( $pass, $open ),
				array( 'livemode' => true ) + $this->session( $pass, $open ),
			)
		);
		$this->came_to( $pass, null, 5 );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 0, array(), 'Payments, refunds and disputes looked at: 5. All is as Stripe has it.' ), array( $told['found'], $told['differences'], $told['message'] ) );
	}

	public function test_knows_every_kind_of_difference(): void {
		$paid = $this->paid_job();
		$id   = str_replace( '-', '', $paid );
		$ref  = array( 'payment_intent' => "pi_$id", 'amount' => 300 );
		$made = static fn( string $number, string $status ): array => array( 'id' => $number, 'amount_minor' => 100, 'status' => $status, 'smi_refund' => null, 'reason' => null, 'failure_reason' => null, 'created' => time() );
		$this->see_payment( $paid, array( 'refunds' => array( $made( 're_1', 'pending' ), $made( 're_2', 'succeeded' ) ), 'dispute' => array( 'id' => 'du_1', 'status' => 'under_review', 'amount_minor' => 490, 'is_charge_refundable' => false, 'reason' => 'fraudulent' ) ) );
		$awaited = $this->order();
		$this->open_session( $awaited );
		$gone = $this->order();
		$this->open_session( $gone );
		$site = $this->plugin()->site_identity()->uuid();
		$none = 'aaaaaaaa-0000-4000-8000-000000000000';
		$run  = $this->begun();
		$pass = $this->pass();
		$this->show(
			array(
				$this->session( $pass, $awaited, 'complete/unpaid' ),
				$this->session( $pass, $gone, 'expired/unpaid' ),
				$this->session( $pass, $none ),
				$this->session( $pass, 'aaaaaaaa-0000-4000-8000-000000000001', 'open/unpaid' ),
				$this->shown( $pass, 'refund', 're_1', 're_1/succeeded/100', $ref ),
				$this->shown( $pass, 'refund', 're_2', 're_2/succeeded/300', $ref ),
				$this->shown( $pass, 'dispute', 'du_1', 'du_1/lost', $ref ),
				$this->shown( $pass, 'dispute', 'du_0', 'du_0/won', $ref ),
				$this->shown( $pass, 'refund', 're_3', 're_3/succeeded/100', array( 'payment_intent' => 'pi_other' ) ),
				$this->shown( $pass, 'refund', 're_4', 're_4/succeeded/100', array( 'payment_intent' => 'pi_lost', 'site' => $site, 'job_id' => $none ) ),
			)
		);
		$told = $this->run_now( $run['id'] );
		self::assertSame(
			array(
				'payment_under_way' => $awaited,
				'checkout_expired'  => $gone,
				'nobody'            => null,
				'refund_status'     => $paid,
				'refund_amount'     => $paid,
				'dispute_status'    => $paid,
			),
			array_column( $told['differences'], 'job_id', 'code' )
		);
		self::assertEqualsCanonicalizing(
			array( 'payment_under_way' => 1, 'checkout_expired' => 1, 'nobody' => 2, 'refund_status' => 1, 'refund_amount' => 1, 'dispute_status' => 1 ),
			array_column( $told['counts'], 'count', 'code' )
		);
		self::assertSame( array( 7, 1 ), array( $told['found'], $told['unclear'] ) );
		$said = array_column( $told['differences'], 'message', 'code' );
		self::assertSame( 'A refund of $3.00 is “pending” here and “succeeded” at Stripe.', $said['refund_status'] );
		self::assertSame( 'A refund is $1.00 here and $3.00 at Stripe.', $said['refund_amount'] );
		self::assertSame( 'A dispute is “under review” here and “lost” at Stripe.', $said['dispute_status'] );
		self::assertSame( '$4.90 at Stripe in the name of this shop, which has no such job.', $said['nobody'] );
		self::assertContains( 're_4', array_column( $told['differences'], 'object' ) );
	}

	public function test_a_page_that_comes_twice_counts_once_and_the_report_is_capped_while_the_counts_are_true(): void {
		$paid = $this->paid_job();
		$ref  = array( 'payment_intent' => 'pi_' . str_replace( '-', '', $paid ) );
		$run  = $this->begun();
		$pass = $this->pass();
		$page = fn( array $of, int $from, int $to ): array => array_map( fn( int $n ): array => $this->shown( $of, 'refund', "re_x$n", "re_x$n/succeeded/1", $ref ), range( $from, $to ) );
		$this->show( $page( $pass, 1, 100 ) );
		$this->show( $page( $pass, 1, 100 ) );
		$this->show( $page( $pass, 101, 200 ) );
		$this->end_leases();
		$again = $this->pass();
		self::assertGreaterThan( $pass['lease_no'], $again['lease_no'] );
		$this->show( $page( $again, 101, 200 ) );
		$this->show( $page( $again, 201, 250 ) );
		$told = $this->run_now( $run['id'] );
		self::assertSame( array( 250, 200 ), array( $told['found'], count( $told['differences'] ) ) );
		self::assertSame( Run::MOST_ROWS, 200 );
	}

	public function test_a_look_is_never_acted_on_whoever_sends_it(): void {
		$unpaid = $this->order();
		$this->open_session( $unpaid );
		$this->begun( array( 'dry_run' => true ) );
		$hint   = $this->session( $this->pass(), $unpaid );
		$before = $this->sums();
		foreach ( array( 'look.checkout.session', 'look.anything' ) as $type ) {
			self::assertSame( array( 'unchanged' ), $this->show( array( array( 'id' => 'x', 'type' => $type ) + $hint ) ) );
		}
		self::assertSame( $before, $this->sums() );
		self::assertSame( array( 'applied' ), $this->show( array( array( 'id' => 'x', 'type' => 'reconcile.checkout.session' ) + $hint ) ) );
		self::assertNotSame( $before, $this->sums(), 'Or this shows nothing.' );
	}
}
