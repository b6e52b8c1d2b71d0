<?php
/**
 * POST /checkouts and GET /checkouts/{job_id}
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Bridge\BridgeState;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Plugin;
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

	public function test_a_bridge_that_fell_silent_sells_nothing(): void {
		$this->pair();
		update_option( BridgeState::SEEN, time() - 301, false );
		$response = $this->buy( $this->make_picture( 300, 200 ) );
		self::assertSame( array( 503, 'bridge_silent' ), array( $response->get_status(), $response->get_data()['data']['details']['reason'] ) );
		self::assertSame( 0, $this->jobs() );
	}

	public function test_an_order_waits_for_a_bridge_that_cannot_be_called(): void {
		global $wpdb;
		$this->pair();
		$picture  = $this->make_picture( 300, 200 );
		$response = $this->buy( $picture );
		$data     = $response->get_data();
		self::assertSame( 202, $response->get_status(), (string) wp_json_encode( $data ) );
		self::assertSame( array( 'job_id', 'key' ), array_keys( $data ) );
		$job = $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}smi_jobs WHERE job_id = %s", $data['job_id'] ), ARRAY_A );
		self::assertSame( array( 'awaiting_payment', 'buyer@example.org', '1200', '800' ), array( $job['status'], $job['email'], $job['target_width'], $job['target_height'] ) );
		self::assertSame( '1', $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_commands WHERE kind = 'open_checkout' AND object = %s AND done_at IS NULL AND leased_until IS NULL", $data['job_id'] ) ) );
		$status = $this->rest( 'GET', "/smi/v1/checkouts/{$data['job_id']}", array( 'key' => $data['key'] ) );
		self::assertSame( array( 200, 'awaiting_payment' ), array( $status->get_status(), $status->get_data()['status'] ) );
	}

	public function test_a_safe_copy_sells_nothing(): void {
		$this->pair( true );
		$response = $this->buy( $this->make_picture( 300, 200 ) );
		self::assertSame( array( 503, 'safe_mode' ), array( $response->get_status(), $response->get_data()['data']['details']['reason'] ) );
	}

	private function pair( bool $livemode = false ): void {
		Plugin::instance()->key_ring()->create( 'test' );
		Plugin::instance()->bridge_state()->keep( array( 'version' => '0.1.0', 'protocol' => 1, 'livemode' => $livemode ) );
		Plugin::instance()->bridge_state()->seen();
	}

	private function buy( int $picture, ?int $post = null ): \WP_REST_Response {
		return $this->rest( 'POST', '/smi/v1/checkouts', array( 'attachment_id' => $picture, 'post_id' => $post ?? $this->make_post( array( $picture ) ), 'resolution' => '4x', 'email' => 'Buyer@Example.org' ) );
	}

	private function jobs(): int {
		global $wpdb;
		return (int) $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_jobs" );
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
