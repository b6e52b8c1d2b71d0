<?php
/**
 * What images cost: at the price and in the currency of their day.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Upscaling;

use SellMyImages\Export\Exports;
use SellMyImages\Jobs\Job;
use SellMyImages\Owner\JobPresenter;
use SellMyImages\Rest\Contract;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class CostsTest extends LifecycleTestCase {

	public function test_a_higher_price_of_credits_leaves_what_an_image_cost_before(): void {
		$job_id = $this->completed_job();
		self::assertSame( array( '0.04', '4.42' ), $this->cost_and_margin( $job_id ) );
		$this->set( array( 'credit_price' => '0.10' ) );
		$this->make_again( $job_id );
		self::assertSame( array( '0.14', '4.32' ), $this->cost_and_margin( $job_id ), 'The first at 0.04, the second at 0.10.' );
		self::assertSame( 2, $this->job( $job_id )->credits_used );
	}

	public function test_a_late_look_at_a_priced_attempt_does_not_price_it_again(): void {
		$job_id = $this->paid_job();
		$this->submit( $job_id );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		$this->see_attempt( array( 'state' => 'failed', 'credits' => 3 ) );
		self::assertSame( '0.12', $this->job( $job_id )->amount_cost );
		$this->set( array( 'credit_price' => '1.00' ) );
		$this->plugin()->commands()->hint( \SellMyImages\Commands\CommandKind::RefreshAttempt, $this->attempts( $job_id )[1]->uuid(), $job_id );
		$this->see_attempt( array( 'state' => 'failed', 'credits' => 3 ), $this->attempts( $job_id )[1]->uuid() );
		self::assertSame( array( '0.12', 3 ), array( $this->job( $job_id )->amount_cost, $this->job( $job_id )->credits_used ) );
	}

	public function test_what_an_older_job_cost_before_it_had_attempts_is_kept(): void {
		$job_id = $this->completed_job();
		global $wpdb;
		$wpdb->query( "DELETE FROM {$wpdb->prefix}smi_attempts" );
		$this->plugin()->jobs()->update( $this->job( $job_id ), array( 'amount_cost' => '0.16', 'credits_used' => 4, 'current_attempt' => null ) );
		$this->make_again( $job_id );
		self::assertSame( array( '0.20', 5 ), array( $this->job( $job_id )->amount_cost, $this->job( $job_id )->credits_used ) );
	}

	public function test_a_cost_in_another_currency_is_never_taken_from_the_price(): void {
		$this->as_admin();
		$job_id = $this->completed_job();
		$this->set( array( 'currency' => 'JPY', 'credit_price' => '6' ) );
		$this->make_again( $job_id );
		$job = $this->job( $job_id );
		self::assertSame( array( '0.04', array( 'JPY' => '6.0000' ) ), array( $job->amount_cost, $job->other_costs() ) );
		self::assertNull( JobPresenter::margin( $job ), 'Dollars less yen is no sum.' );
		$shown = $this->rest( 'GET', "/smi/v1/jobs/$job_id" )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $shown, Contract::load( 'job-detail' ), 'job' ) );
		self::assertSame( array( '0.04', 'JPY 6.0000', null ), array( $shown['amount_cost'], $shown['cost_other'], $shown['margin'] ) );
		self::assertSame( array( array( 'JPY', '6.0000' ), array( 'USD', '0.0400' ) ), array_map( static fn( array $attempt ): array => array( $attempt['cost_currency'], $attempt['cost'] ), $shown['attempts'] ) );
	}

	public function test_the_report_has_such_a_cost_under_the_currency_it_was_paid_in(): void {
		$this->as_admin();
		$job_id = $this->completed_job();
		$this->set( array( 'currency' => 'JPY', 'credit_price' => '6' ) );
		$this->make_again( $job_id );
		$this->make_again( $job_id );
		$wanted = array( array( 'JPY', 0, 0, '12.00', '0', '-12.00' ), array( 'USD', 1, 1, '0.04', '4.90', '4.42' ) );
		self::assertSame( $wanted, $this->rows_of_report(), 'From the counters.' );
		self::assertSame( $wanted, $this->rows_of_report( array( 'include' => array( $job_id ) ) ), 'From rows.' );
		self::assertSame( array(), $this->rows_of_report( array( 'status' => array( 'failed' ) ) ) );
		$this->plugin()->lifecycle()->within( $job_id, fn( Job $job ) => $this->plugin()->jobs()->delete( $job ) );
		self::assertSame( array(), $this->rows_of_report() );
	}

	public function test_an_image_that_cost_nothing_has_no_currency(): void {
		$job_id = $this->completed_job();
		$this->set( array( 'currency' => 'JPY' ) );
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		$this->submit( $job_id, 'up_free' );
		$this->see_attempt( array( 'state' => 'failed', 'code' => 'provider_failed', 'credits' => 0 ) );
		self::assertSame( array( '0.04', '4.42' ), $this->cost_and_margin( $job_id ) );
	}

	public function test_the_margin_of_an_export_is_that_of_the_screen(): void {
		$this->as_admin();
		$job_id = $this->completed_job();
		$this->set( array( 'currency' => 'JPY', 'credit_price' => '6' ) );
		$this->make_again( $job_id );
		$params  = array( 'format' => 'ndjson', 'columns' => array( 'amount_cost', 'cost_other', 'margin' ) );
		$written = '';
		( new Exports( $this->plugin()->db(), $this->plugin()->job_walk() ) )->prepare( $params )->write(
			static function ( string $text ) use ( &$written ): void {
				$written .= $text;
			}
		);
		self::assertSame( array( 'amount_cost' => '0.04', 'cost_other' => 'JPY 6.0000', 'margin' => null ), json_decode( trim( $written ), true ) );
	}

	public function test_a_fee_in_the_currency_of_the_account_is_told_in_that_of_the_sale(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->see_payment( $job_id, array( 'charge' => array( 'id' => 'ch_1', 'fee_minor' => 41, 'fee_currency' => 'eur', 'fee_charge_minor' => 45 ) ) );
		self::assertSame( '0.45', $this->job( $job_id )->stripe_fee );
	}

	public function test_a_fee_in_another_currency_is_left_out_where_nothing_tells_what_it_is_worth(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		$this->see_payment( $job_id, array( 'charge' => array( 'id' => 'ch_1', 'fee_minor' => 41, 'fee_currency' => 'eur' ) ) );
		self::assertNull( $this->job( $job_id )->stripe_fee );
	}

	/** @param array<string,mixed> $changes Of the settings. */
	private function set( array $changes ): void {
		$this->plugin()->settings()->save( $changes );
	}

	private function make_again( string $job_id ): void {
		static $n = 0;
		do_action( 'smi_payment_completed', $job_id, array( 'admin_override' => true ) );
		$this->submit( $job_id, 'up_again_' . ( ++$n ) );
		self::assertSame( 'applied', $this->see_attempt( array( 'state' => 'succeeded' ) ) );
	}

	/** @return array{string|null,string|null} */
	private function cost_and_margin( string $job_id ): array {
		$job = $this->job( $job_id );

		return array( $job->amount_cost, JobPresenter::margin( $job ) );
	}

	/**
	 * @param array<string,mixed> $params Filters.
	 * @return list<array<mixed>>
	 */
	private function rows_of_report( array $params = array() ): array {
		$stats = $this->rest( 'GET', '/smi/v1/jobs/stats', $params + array( 'report' => true ) )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $stats, Contract::load( 'stats' ), 'stats' ) );

		return array_map( static fn( array $row ): array => array( $row['currency'], $row['jobs'], $row['paid'], $row['cost'], $row['charged'], $row['kept'] ), $stats['report'] );
	}
}
