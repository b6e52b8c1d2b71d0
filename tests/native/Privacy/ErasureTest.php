<?php
/**
 * What is left of a buyer in the tables, after the sale and after erasure.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Privacy;

use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class ErasureTest extends LifecycleTestCase {

	private const ADDRESS = 'payer@example.org';

	public function test_no_key_and_no_address_stands_in_the_queue(): void {
		$job_id = $this->order();
		$key    = $this->plugin()->links()->buyer_key( $job_id );
		self::assertStringNotContainsString( $key, $this->dump() );
		self::assertStringNotContainsString( 'buyer@example.org', $this->dump( array( 'jobs' ) ) );

		$command = $this->claim( 'open_checkout' );
		$session = (array) ( $command['payload']->session ?? array() );
		self::assertStringContainsString( "smi_key=$key", (string) $session['success_url'] );
		self::assertStringContainsString( "smi_key=$key", (string) $session['cancel_url'] );
		self::assertSame( 'buyer@example.org', $session['customer_email'] );
	}

	public function test_a_replay_brings_the_same_parameters(): void {
		$this->order();
		$first = $this->claim( 'open_checkout' );
		global $wpdb;
		$wpdb->query( "UPDATE {$wpdb->prefix}smi_commands SET leased_until = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 1 SECOND)" );
		$second = $this->claim( 'open_checkout' );
		self::assertNotNull( $second );
		self::assertSame( wp_json_encode( $first['payload'] ?? null ), wp_json_encode( $second['payload'] ) );
	}

	public function test_the_payment_page_is_forgotten_once_it_is_used(): void {
		$job_id = $this->order();
		$this->open_session( $job_id );
		self::assertNotNull( $this->job( $job_id )->checkout_url );
		$this->see_payment( $job_id );
		self::assertNull( $this->job( $job_id )->checkout_url );
	}

	public function test_what_a_provider_says_is_kept_without_addresses_and_links(): void {
		$job_id  = $this->order();
		$command = $this->claim( 'open_checkout' );
		self::assertNotNull( $command );
		$this->report( $command, array( 'outcome' => 'refused', 'error' => array( 'code' => 'refused', 'message' => 'Invalid email address: buyer@example.org. See https://dashboard.example.com/logs/req_1?key=abc for sk_test_4242abcd.' ) ) );
		self::assertSame( 'abandoned', $this->job( $job_id )->status->value );
		$dump = $this->dump( array( 'jobs.email' ) );
		foreach ( array( 'buyer@example.org', 'req_1', 'sk_test_4242abcd' ) as $secret ) {
			self::assertStringNotContainsString( $secret, $dump );
		}
		self::assertStringContainsString( 'Invalid email address', $dump );
	}

	public function test_after_erasure_no_table_knows_the_address_and_the_file_is_gone(): void {
		global $wpdb;
		$job_id = $this->completed_job();
		$file   = (string) $this->job( $job_id )->file_path();
		$key    = $this->plugin()->links()->buyer_key( $job_id );
		self::assertFileExists( $file );
		$wpdb->update( "{$wpdb->prefix}smi_jobs", array( 'refund_reason' => 'Payer@Example.org asked' ), array( 'job_id' => $job_id ) );
		$this->plugin()->event_log()->append( $this->job( $job_id ), 'action', array( 'reason' => 'Wrote to PAYER@example.org', 'ref' => self::ADDRESS ) );
		$wpdb->insert( "{$wpdb->prefix}smi_batches", array( 'uuid' => wp_generate_uuid4(), 'action' => 'refund', 'params' => '{"note":"for payer@example.org"}', 'state' => 'done', 'created_at' => '2026-01-01 00:00:00' ) );

		$result = $this->erase( 'Payer@Example.org' );

		self::assertSame( array( true, true ), array( $result['items_removed'], $result['done'] ) );
		self::assertStringNotContainsStringIgnoringCase( self::ADDRESS, $this->dump() );
		self::assertFileDoesNotExist( $file );
		$job = $this->job( $job_id );
		self::assertSame( array( '4.90', 'completed', null ), array( $job->amount_charged, $job->status->value, $job->attention ) );
		self::assertSame( 404, $this->rest( 'GET', "/smi/v1/checkouts/$job_id", array( 'key' => $key ) )->get_status() );
		self::assertContains( 'privacy', array_column( $this->plugin()->event_log()->for_job( $job ), 'type' ) );
	}

	public function test_an_order_that_is_not_finished_is_kept_and_said(): void {
		$job_id = $this->paid_job();
		$result = $this->erase( self::ADDRESS );
		self::assertSame( array( false, true, true ), array( $result['items_removed'], $result['items_retained'], $result['done'] ) );
		self::assertCount( 1, $result['messages'] );
		self::assertSame( self::ADDRESS, $this->job( $job_id )->email );
	}

	public function test_an_address_is_matched_exactly_but_for_case(): void {
		$mine    = $this->make_job( array( 'email' => 'jose@example.org', 'status' => 'failed' ) );
		$his     = $this->make_job( array( 'email' => 'josé@example.org', 'status' => 'failed' ) );
		$exports = apply_filters( 'wp_privacy_personal_data_exporters', array() )['sell-my-images']['callback'];
		self::assertSame( array( "smi-job-$mine" ), array_column( $exports( 'JOSE@Example.org', 1 )['data'], 'item_id' ) );
		self::assertSame( array( "smi-job-$his" ), array_column( $exports( 'JOSÉ@example.org', 1 )['data'], 'item_id' ) );
		$this->erase( 'jose@example.org' );
		self::assertSame( array( '', 'josé@example.org' ), array( $this->job( $mine )->email, $this->job( $his )->email ) );
	}

	public function test_more_orders_than_a_page_are_all_erased(): void {
		for ( $i = 0; $i < 130; $i++ ) {
			$this->make_job( array( 'email' => self::ADDRESS, 'status' => 0 === $i % 10 ? 'pending' : 'failed' ) );
		}
		$pages = 0;
		do {
			$result = $this->erase( self::ADDRESS );
		} while ( ! $result['done'] && ++$pages < 10 );
		self::assertTrue( $result['done'] );
		global $wpdb;
		self::assertSame( '13', $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_jobs WHERE email = %s", self::ADDRESS ) ) );
	}

	/** @return array{items_removed:bool,items_retained:bool,messages:list<string>,done:bool} */
	private function erase( string $email ): array {
		return apply_filters( 'wp_privacy_personal_data_erasers', array() )['sell-my-images']['callback']( $email, 1 );
	}

	/**
	 * All rows of all our tables, as text.
	 *
	 * @param list<string> $without Short names of tables, or table.column.
	 */
	private function dump( array $without = array() ): string {
		global $wpdb;
		$text = '';
		foreach ( $this->tables() as $table ) {
			$name = substr( $table, strlen( "{$wpdb->prefix}smi_" ) );
			if ( in_array( $name, $without, true ) ) {
				continue;
			}
			foreach ( $wpdb->get_results( "SELECT * FROM `$table`", ARRAY_A ) as $row ) { // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- the database's own name of it.
				foreach ( $row as $column => $value ) {
					$text .= in_array( "$name.$column", $without, true ) ? '' : "$name.$column=$value\n";
				}
			}
		}

		return $text;
	}
}
