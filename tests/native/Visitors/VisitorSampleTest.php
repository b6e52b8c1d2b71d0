<?php
/**
 * Whether all visitors look like one.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Visitors;

use SellMyImages\Settings\Settings;
use SellMyImages\Tests\TestCase;
use SellMyImages\Visitors\ClientAddress;
use SellMyImages\Visitors\TrustedProxies;
use SellMyImages\Visitors\VisitorSample;

final class VisitorSampleTest extends TestCase {

	/** @var array<string,mixed> */
	private array $server = array();

	protected function setUp(): void {
		parent::setUp();
		$this->server = $_SERVER;
		// Whatever visitors were seen on this site before.
		delete_option( VisitorSample::OPTION );
	}

	protected function tearDown(): void {
		$_SERVER = $this->server;
		parent::tearDown();
	}

	public function test_one_address_for_several_claims_is_alarming(): void {
		foreach ( array( '203.0.113.1', '203.0.113.2', '203.0.113.3' ) as $visitor ) {
			self::assertFalse( $this->sample()->is_alike() );
			$this->visit( '10.0.0.1', $visitor );
		}
		self::assertTrue( $this->sample()->is_alike() );
	}

	public function test_a_proxy_that_is_trusted_is_not(): void {
		foreach ( array( '203.0.113.1', '203.0.113.2', '203.0.113.3' ) as $visitor ) {
			$this->visit( '10.0.0.1', $visitor );
		}
		( new Settings() )->save( array( 'trusted_proxies' => array( 'server' ) ) );
		self::assertFalse( $this->sample()->is_alike(), 'What was seen before the setting says nothing of it.' );
		foreach ( array( '203.0.113.1', '203.0.113.2', '203.0.113.3' ) as $visitor ) {
			$this->visit( '10.0.0.1', $visitor );
		}
		self::assertFalse( $this->sample()->is_alike() );
	}

	public function test_one_visitor_without_a_proxy_is_one_visitor(): void {
		for ( $i = 0; $i < 5; $i++ ) {
			$this->visit( '203.0.113.1', '' );
		}
		self::assertFalse( $this->sample()->is_alike() );
	}

	/**
	 * Not beside the hostile neighbour: it counts queries, and those of the neighbour count as well.
	 *
	 * @group not-beside-hostile
	 */
	public function test_writes_only_what_is_new_and_never_an_address(): void {
		global $wpdb;
		$this->visit( '10.0.0.1', '203.0.113.1' );
		$before = $wpdb->num_queries;
		$this->visit( '10.0.0.1', '203.0.113.1' );
		self::assertSame( $before, $wpdb->num_queries );
		for ( $i = 2; $i < 20; $i++ ) {
			$this->visit( "198.51.100.$i", "203.0.113.$i" );
		}
		$kept = (string) wp_json_encode( get_option( VisitorSample::OPTION ) );
		self::assertLessThan( 300, strlen( $kept ) );
		self::assertDoesNotMatchRegularExpression( '/\d+\.\d+\.\d+/', $kept );
	}

	private function visit( string $peer, string $claim ): void {
		$_SERVER['REMOTE_ADDR']          = $peer;
		$_SERVER['HTTP_X_FORWARDED_FOR'] = $claim;
		$this->sample()->note();
	}

	private function sample(): VisitorSample {
		$trust = new TrustedProxies( new Settings() );
		return new VisitorSample( new ClientAddress( $trust ), $trust, 1 );
	}
}
