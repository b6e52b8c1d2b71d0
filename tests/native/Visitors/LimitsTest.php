<?php
/**
 * What keeps a shop open while strangers hammer on its doors.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Visitors;

use SellMyImages\Links\LinkTokens;
use SellMyImages\Plugin;
use SellMyImages\Settings\Settings;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

final class LimitsTest extends StorefrontTestCase {

	/** @var array<string,mixed> */
	private array $server = array();

	protected function setUp(): void {
		parent::setUp();
		$this->server = $_SERVER;
		$this->wait_for_a_whole_minute();
	}

	protected function tearDown(): void {
		$_SERVER = $this->server;
		parent::tearDown();
	}

	public function test_orders_for_nothing_never_close_the_shop(): void {
		$this->pair();
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		for ( $i = 0; $i < 15; $i++ ) {
			$_SERVER['REMOTE_ADDR'] = "198.51.100.$i";
			for ( $n = 0; $n < 20; $n++ ) {
				$this->buy( 999999, $post );
			}
		}
		$_SERVER['REMOTE_ADDR'] = '203.0.113.9';
		self::assertSame( 202, $this->buy( $picture, $post )->get_status() );
	}

	public function test_a_flood_of_orders_for_nothing_is_refused_before_it_costs_anything(): void {
		add_filter( 'smi_rate_limit', static fn( int $limit, string $name ): int => 'checkout_tried' === $name ? 3 : $limit, 10, 2 );
		$statuses = array();
		for ( $i = 0; $i < 4; $i++ ) {
			$statuses[] = $this->buy( 999999, 1 )->get_status();
		}
		self::assertSame( array( 404, 404, 404, 429 ), $statuses );
	}

	public function test_one_address_starts_so_many_sales_and_no_more(): void {
		$this->pair();
		add_filter( 'smi_rate_limit', static fn( int $limit, string $name ): int => 'checkout' === $name ? 2 : $limit, 10, 2 );
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$this->buy( 999999, $post );
		self::assertSame( array( 202, 202, 429 ), array( $this->buy( $picture, $post )->get_status(), $this->buy( $picture, $post )->get_status(), $this->buy( $picture, $post )->get_status() ) );
	}

	public function test_a_rush_of_sales_leaves_each_address_a_few_of_its_own(): void {
		$this->pair();
		$limits = array( 'checkout_site' => 2, 'checkout_busy' => 1 );
		add_filter( 'smi_rate_limit', static fn( int $limit, string $name ): int => $limits[ $name ] ?? $limit, 10, 2 );
		$picture = $this->make_picture( 300, 200 );
		$post    = $this->make_post( array( $picture ) );
		$_SERVER['REMOTE_ADDR'] = '198.51.100.1';
		$this->buy( $picture, $post );
		$this->buy( $picture, $post );
		self::assertSame( array( 202, 429 ), array( $this->buy( $picture, $post )->get_status(), $this->buy( $picture, $post )->get_status() ) );
		$_SERVER['REMOTE_ADDR'] = '203.0.113.9';
		self::assertSame( 202, $this->buy( $picture, $post )->get_status(), 'A stranger\'s rush is not this buyer\'s.' );
	}

	public function test_buyers_behind_one_address_do_not_wait_for_each_other(): void {
		add_filter( 'smi_rate_limit', static fn( int $limit, string $name ): int => 'read' === $name ? 1 : $limit, 10, 2 );
		$links = new LinkTokens( new Settings() );
		$first = $this->make_completed_job( null );
		$other = $this->make_completed_job( null );
		$this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => 999999, 'post_id' => 1 ) );
		foreach ( array( $first, $other, $first, $other ) as $job ) {
			self::assertSame( 200, $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $links->buyer_key( $job ) ) )->get_status() );
			self::assertSame( 503, $this->rest( 'GET', '/smi/v1/download/' . $links->token( $job, 1 ) )->get_status(), 'Known, though its file is not there.' );
		}
	}

	public function test_each_secret_has_a_limit_of_its_own(): void {
		add_filter( 'smi_rate_limit', static fn( int $limit, string $name ): int => in_array( $name, array( 'status', 'download' ), true ) ? 1 : $limit, 10, 2 );
		$links = new LinkTokens( new Settings() );
		$job   = $this->make_completed_job( null );
		$look  = fn(): int => $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $links->buyer_key( $job ) ) )->get_status();
		$fetch = fn(): int => $this->rest( 'GET', '/smi/v1/download/' . $links->token( $job, 1 ) )->get_status();
		self::assertSame( array( 200, 429, 503, 429 ), array( $look(), $look(), $fetch(), $fetch() ) );
	}

	public function test_guessing_secrets_is_counted_by_address(): void {
		add_filter( 'smi_rate_limit', static fn( int $limit, string $name ): int => 'read' === $name ? 2 : $limit, 10, 2 );
		$job = $this->make_completed_job( null );
		self::assertSame( 404, $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => 'wrong' ) )->get_status() );
		self::assertSame( 404, $this->rest( 'GET', '/smi/v1/download/' . str_repeat( 'x', 43 ) )->get_status() );
		self::assertSame( 429, $this->rest( 'GET', '/smi/v1/download/' . str_repeat( 'y', 43 ) )->get_status() );
		self::assertSame( 429, $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => 'wrong' ) )->get_status() );
	}

	private function pair(): void {
		Plugin::instance()->key_ring()->create( 'test' );
		Plugin::instance()->bridge_state()->keep( array( 'version' => '0.1.0', 'protocol' => 1, 'livemode' => false ) );
		Plugin::instance()->bridge_state()->seen();
	}

	private function buy( int $picture, int $post ): \WP_REST_Response {
		return $this->rest( 'POST', '/smi/v1/checkouts', array( 'attachment_id' => $picture, 'post_id' => $post, 'resolution' => '4x' ) );
	}

	/** All windows end on the minute: a test that is about to cross it starts after it. */
	private function wait_for_a_whole_minute(): void {
		$left = 60 - time() % 60;
		if ( $left < 15 ) {
			sleep( $left );
		}
	}
}
