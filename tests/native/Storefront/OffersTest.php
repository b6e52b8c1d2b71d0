<?php
/**
 * GET /offers and POST /clicks
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

final class OffersTest extends StorefrontTestCase {

	public function test_offers_multiples_of_the_large_size(): void {
		$picture  = $this->make_picture( 3000, 2000 );
		$post     = $this->make_post( array( $picture ) );
		$response = $this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => $picture, 'post_id' => $post ) );
		self::assertSame( 200, $response->get_status() );
		$data  = $response->get_data();
		$large = wp_get_attachment_metadata( $picture )['sizes']['large'];
		self::assertSame( $picture, $data['attachment_id'] );
		self::assertMatchesRegularExpression( '/^[A-Z]{3}$/', $data['currency'] );
		self::assertSame( array( '4x', '8x' ), array_column( $data['offers'], 'resolution' ) );
		self::assertSame( array( $large['width'] * 4, $large['width'] * 8 ), array_column( $data['offers'], 'width' ) );
		self::assertSame( array( $large['height'] * 4, $large['height'] * 8 ), array_column( $data['offers'], 'height' ) );
		self::assertMatchesRegularExpression( '/^\d+\.\d\d$/', $data['offers'][0]['price'] );
		self::assertStringContainsString( 'no-store', $response->get_headers()['Cache-Control'] );
	}

	public function test_a_picture_smaller_than_large_is_measured_by_itself(): void {
		$picture = $this->make_picture( 300, 200, 'png' );
		$data    = $this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => $picture, 'post_id' => $this->make_post( array( $picture ) ) ) )->get_data();
		self::assertSame( array( 1200, 2400 ), array_column( $data['offers'], 'width' ) );
	}

	public function test_the_unscaled_original_is_the_source(): void {
		$picture = ( new \SellMyImages\Storefront\Pictures() )->find( $this->make_picture( 3000, 2000 ) );
		self::assertSame( array( 3000, 2000 ), array( $picture?->source_width, $picture?->source_height ) );
		self::assertStringNotContainsString( '-scaled', (string) $picture?->source_url );
	}

	public function test_unknown_private_and_unrelated_pictures_are_not_found(): void {
		$picture = $this->make_picture( 300, 200 );
		$other   = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$draft   = $this->make_post( array( $picture ), array( 'post_status' => 'draft' ) );
		$secret  = $this->make_post( array( $picture ), array( 'post_password' => 'x' ) );
		$pairs   = array( array( 999999, $post ), array( $picture, 999999 ), array( $other, $post ), array( $picture, $draft ), array( $picture, $secret ), array( $post, $post ) );
		foreach ( $pairs as list( $attachment_id, $post_id ) ) {
			self::assertSame( 404, $this->rest( 'GET', '/smi/v1/offers', compact( 'attachment_id', 'post_id' ) )->get_status() );
		}
	}

	public function test_wrong_input_names_its_parameter(): void {
		$response = $this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => 'abc', 'post_id' => 1 ) );
		self::assertSame( 400, $response->get_status() );
		self::assertArrayHasKey( 'attachment_id', $response->get_data()['data']['params'] );
	}

	public function test_too_many_reads_are_refused_with_a_time_to_wait(): void {
		add_filter( 'smi_rate_limit', static fn( int $limit, string $name ): int => 'read' === $name ? 2 : $limit, 10, 2 );
		$statuses = array();
		for ( $i = 0; $i < 3; $i++ ) {
			$response   = $this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => 999999, 'post_id' => 1 ) );
			$statuses[] = $response->get_status();
		}
		// A minute may have turned over in between; then the third is the first of a new window.
		self::assertContains( $statuses, array( array( 404, 404, 429 ), array( 404, 404, 404 ) ) );
		if ( 429 === $statuses[2] ) {
			self::assertGreaterThan( 0, (int) $response->get_headers()['Retry-After'] );
		}
	}

	public function test_clicks_are_counted_by_day(): void {
		global $wpdb;
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$body    = array( 'attachment_id' => $picture, 'post_id' => $post );
		self::assertSame( 204, $this->rest( 'POST', '/smi/v1/clicks', $body )->get_status() );
		self::assertSame( 204, $this->rest( 'POST', '/smi/v1/clicks', $body )->get_status() );
		self::assertSame( '2', $wpdb->get_var( "SELECT SUM(n) FROM {$wpdb->prefix}smi_clicks_daily" ) );
		self::assertSame( 404, $this->rest( 'POST', '/smi/v1/clicks', array( 'attachment_id' => 999999, 'post_id' => $post ) )->get_status() );
	}
}
