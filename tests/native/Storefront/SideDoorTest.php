<?php
/**
 * The buyer's routes where the REST API is closed to visitors.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Plugin;
use SellMyImages\Rest\ThrownErrors;
use SellMyImages\Settings\Settings;
use SellMyImages\Storefront\SideDoor;

final class SideDoorTest extends StorefrontTestCase {

	public function test_links_say_the_address_that_works_without_rest(): void {
		$job  = $this->make_completed_job( null );
		$data = $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $this->links()->buyer_key( $job ) ) )->get_data();
		self::assertSame( home_url( '/?smi-api=/smi/v1/download/' . $this->links()->token( $job, 1 ) ), $data['download_url'] );
	}

	public function test_gives_the_same_answers_as_rest(): void {
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$job     = $this->make_completed_job( null );
		$query   = array( 'attachment_id' => (string) $picture, 'post_id' => (string) $post );
		$key     = array( 'key' => $this->links()->buyer_key( $job ) );
		self::assertSame( $this->rest( 'GET', '/smi/v1/offers', $query )->get_data(), $this->ask( 'GET', '/offers', $query )->get_data() );
		self::assertSame( $this->rest( 'GET', "/smi/v1/checkouts/$job", $key )->get_data(), $this->ask( 'GET', "/checkouts/$job", $key )->get_data() );
		self::assertSame( 503, $this->ask( 'POST', '/checkouts', $query + array( 'resolution' => '4x' ) )->get_status(), 'No bridge here.' );
		self::assertSame( 204, $this->ask( 'POST', '/clicks', $query )->get_status() );
		self::assertSame( 410, $this->ask( 'GET', '/download/' . $this->revoked() )->get_status() );
		foreach ( array( $this->ask( 'GET', '/offers', $query ), $this->ask( 'GET', "/checkouts/$job", $key ) ) as $response ) {
			self::assertStringContainsString( 'no-store', $response->get_headers()['Cache-Control'] );
		}
	}

	public function test_checks_what_comes_in_as_rest_does(): void {
		$wrong = $this->ask( 'POST', '/checkouts', array( 'attachment_id' => 1, 'post_id' => 1, 'resolution' => '3x', 'email' => 'nonsense' ) );
		self::assertSame( array( 400, array( 'resolution', 'email' ) ), array( $wrong->get_status(), array_keys( $wrong->get_data()['data']['params'] ) ) );
		self::assertSame( 400, $this->ask( 'GET', '/offers' )->get_status() );
		self::assertSame( 400, $this->ask( 'POST', '/clicks', array( 'attachment_id' => null, 'post_id' => null ) )->get_status() );
		self::assertSame( 400, $this->ask( 'POST', '/clicks', 'a text' )->get_status() );
		self::assertSame( 404, $this->ask( 'GET', '/checkouts/' . wp_generate_uuid4(), array( 'key' => 'x' ) )->get_status() );
	}

	public function test_opens_nothing_else(): void {
		$this->as_admin();
		foreach ( array( '/jobs', '/settings', '/bridge/hello', '/download/short', '/checkouts/x', '', '/' ) as $path ) {
			self::assertSame( 404, $this->ask( 'GET', $path )->get_status(), $path );
		}
		self::assertSame( 404, $this->ask( 'DELETE', '/offers' )->get_status() );
		self::assertNull( SideDoor::path( array( 'p' => '1' ) ) );
		self::assertNull( SideDoor::path( array( 'smi-api' => array( 'offers' ) ) ) );
	}

	public function test_what_breaks_inside_is_said_as_json(): void {
		$this->allow_log( '/Sell My Images: .*/' );
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$ask     = fn(): \WP_REST_Response => $this->ask( 'GET', '/offers', array( 'attachment_id' => $picture, 'post_id' => $post ) );
		$thrown  = new \RuntimeException( 'broken' );
		add_filter(
			'wp_get_original_image_path',
			static function () use ( &$thrown ): void {
				throw $thrown;
			}
		);
		self::assertSame( array( 500, ThrownErrors::INTERNAL ), array( $ask()->get_status(), $ask()->get_data()['code'] ) );
		$thrown = new DatabaseError( 'gone', 2006 );
		self::assertSame( array( 503, '5' ), array( $ask()->get_status(), $ask()->get_headers()['Retry-After'] ) );
		remove_all_filters( 'wp_get_original_image_path' );
	}

	private function revoked(): string {
		global $wpdb;
		$job = $this->make_completed_job( null );
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->prefix}smi_jobs SET download_token = %s WHERE job_id = %s", $this->links()->revoked_hash( $this->links()->hash( $this->links()->token( $job, 1 ) ) ), $job ) );
		return $this->links()->token( $job, 1 );
	}

	/** @param array<string,mixed>|string $params Query of GET, else the JSON body. */
	private function ask( string $method, string $path, array|string $params = array() ): \WP_REST_Response {
		$request = new \WP_REST_Request( $method, "/smi/v1$path" );
		if ( 'GET' === $method && is_array( $params ) ) {
			$request->set_query_params( $params );
		} else {
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( (string) wp_json_encode( is_array( $params ) ? (object) $params : $params ) );
		}
		return Plugin::instance()->side_door()->answer( $path, $request );
	}

	private function links(): LinkTokens {
		return new LinkTokens( new Settings() );
	}
}
