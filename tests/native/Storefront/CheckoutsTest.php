<?php
/**
 * POST /checkouts and GET /checkouts/{job_id}
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Downloads\LinkTokens;
use SellMyImages\Settings\Settings;

final class CheckoutsTest extends StorefrontTestCase {

	public function test_wrong_input_names_its_parameter(): void {
		foreach ( array( 'resolution' => '3x', 'email' => 'not an address', 'attachment_id' => 0 ) as $name => $value ) {
			$response = $this->rest( 'POST', '/smi/v1/checkouts', array( $name => $value ) + array( 'attachment_id' => 1, 'post_id' => 1, 'resolution' => '4x' ) );
			self::assertSame( 400, $response->get_status(), $name );
			self::assertArrayHasKey( $name, $response->get_data()['data']['params'] );
		}
	}

	public function test_an_unknown_picture_is_not_found(): void {
		self::assertSame( 404, $this->rest( 'POST', '/smi/v1/checkouts', array( 'attachment_id' => 999999, 'post_id' => 1, 'resolution' => '4x' ) )->get_status() );
	}

	public function test_a_size_that_cannot_be_made_is_refused_by_name(): void {
		$picture  = $this->make_picture( 1000, 1000 );
		$response = $this->rest( 'POST', '/smi/v1/checkouts', array( 'attachment_id' => $picture, 'post_id' => $this->make_post( array( $picture ) ), 'resolution' => '8x' ) );
		self::assertSame( 400, $response->get_status() );
		self::assertArrayHasKey( 'resolution', $response->get_data()['data']['params'] );
	}

	public function test_without_a_bridge_nothing_is_sold_and_no_job_is_made(): void {
		global $wpdb;
		$picture  = $this->make_picture( 300, 200 );
		$response = $this->rest( 'POST', '/smi/v1/checkouts', array( 'attachment_id' => $picture, 'post_id' => $this->make_post( array( $picture ) ), 'resolution' => '4x' ) );
		self::assertSame( 503, $response->get_status() );
		self::assertSame( 'smi_checkout_unavailable', $response->get_data()['code'] );
		self::assertSame( '0', $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_jobs" ) );
	}

	public function test_only_the_right_key_opens_an_order(): void {
		$job   = $this->make_completed_job( null );
		$right = ( new LinkTokens( new Settings() ) )->buyer_key( $job );
		self::assertSame( 200, $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $right ) )->get_status() );
		self::assertSame( 404, $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $right . 'x' ) )->get_status() );
		self::assertSame( 404, $this->rest( 'GET', '/smi/v1/checkouts/' . wp_generate_uuid4(), array( 'key' => $right ) )->get_status() );
		self::assertSame( 400, $this->rest( 'GET', "/smi/v1/checkouts/$job" )->get_status() );
	}

	public function test_a_job_without_a_stored_key_is_never_opened(): void {
		$job = $this->make_completed_job( null, array( 'buyer_key_hash' => '' ) );
		self::assertSame( 404, $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => ( new LinkTokens( new Settings() ) )->buyer_key( $job ) ) )->get_status() );
	}

	public function test_a_finished_order_has_its_link(): void {
		$job  = $this->make_completed_job( null );
		$data = $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => ( new LinkTokens( new Settings() ) )->buyer_key( $job ) ) )->get_data();
		self::assertSame( 'completed', $data['status'] );
		self::assertStringContainsString( ( new LinkTokens( new Settings() ) )->token( $job, 1 ), $data['download_url'] );
		self::assertMatchesRegularExpression( '/Z$/', (string) $data['download_expires_at'] );
	}

	public function test_changed_salts_make_a_new_link(): void {
		$links = new LinkTokens( new Settings() );
		$job   = $this->make_completed_job( null, array( 'download_token' => str_repeat( 'a', 64 ) ) );
		$data  = $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $links->buyer_key( $job ) ) )->get_data();
		self::assertStringContainsString( $links->token( $job, 2 ), $data['download_url'] );
	}

	public function test_every_state_has_a_sentence(): void {
		$links = new LinkTokens( new Settings() );
		foreach ( array( 'awaiting_payment', 'pending', 'processing', 'completed', 'failed', 'abandoned' ) as $status ) {
			foreach ( array( 'pending', 'paid', 'failed', 'partially_refunded', 'refunded' ) as $payment_status ) {
				$job  = $this->make_completed_job( null, compact( 'status', 'payment_status' ) );
				$data = $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $links->buyer_key( $job ) ) )->get_data();
				self::assertGreaterThan( 20, strlen( $data['message'] ), "$status $payment_status" );
			}
		}
	}
}
