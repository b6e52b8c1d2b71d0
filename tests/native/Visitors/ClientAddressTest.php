<?php
/**
 * Who a visitor is behind proxies, for limits.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Visitors;

use SellMyImages\Settings\Settings;
use SellMyImages\Tests\TestCase;
use SellMyImages\Visitors\ClientAddress;
use SellMyImages\Visitors\TrustedProxies;

final class ClientAddressTest extends TestCase {

	private const CF = '104.16.1.1';

	/** @var array<string,mixed> */
	private array $server = array();

	protected function setUp(): void {
		parent::setUp();
		$this->server = $_SERVER;
	}

	protected function tearDown(): void {
		$_SERVER = $this->server;
		parent::tearDown();
	}

	/** @return array<string,array{0:list<string>,1:string,2:array<string,string>,3:string}> Trust, peer, headers, who it is. */
	public function requests(): array {
		return array(
			'nobody is trusted'                 => array( array(), '10.0.0.1', array( 'X_FORWARDED_FOR' => '203.0.113.7' ), '10.0.0.1' ),
			'a stranger makes headers up'       => array( array( 'server', 'cloudflare' ), '198.51.100.1', array( 'X_FORWARDED_FOR' => '203.0.113.7', 'CF_CONNECTING_IP' => '203.0.113.8' ), '198.51.100.1' ),
			'this server\'s proxy'              => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '203.0.113.7' ), '203.0.113.7' ),
			'what the visitor put before it'    => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '1.1.1.1, 203.0.113.7' ), '203.0.113.7' ),
			'two proxies'                       => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '1.1.1.1, 203.0.113.7, 10.1.2.3' ), '203.0.113.7' ),
			'a proxy that is not trusted'       => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '203.0.113.7, 198.51.100.9' ), '198.51.100.9' ),
			'a proxy by its address'            => array( array( '198.51.100.9' ), '198.51.100.9', array( 'X_FORWARDED_FOR' => '203.0.113.7' ), '203.0.113.7' ),
			'proxies by a range'                => array( array( '198.51.100.0/24' ), '198.51.100.200', array( 'X_FORWARDED_FOR' => '203.0.113.7' ), '203.0.113.7' ),
			'just outside of a range'           => array( array( '198.51.100.0/25' ), '198.51.100.200', array( 'X_FORWARDED_FOR' => '203.0.113.7' ), '198.51.100.200' ),
			'a range of IPv6'                   => array( array( '2001:db8:1::/48' ), '2001:db8:1:2::3', array( 'X_FORWARDED_FOR' => '203.0.113.7' ), '203.0.113.7' ),
			'nobody but proxies'                => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '10.0.0.9, 10.0.0.8' ), '10.0.0.9' ),
			'a proxy that says nothing'         => array( array( 'server' ), '127.0.0.1', array(), '127.0.0.1' ),
			'a proxy that does not know'        => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => 'unknown, 10.0.0.8' ), '10.0.0.8' ),
			'garbage'                           => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '<script>' ), '127.0.0.1' ),
			'ports and brackets'                => array( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '[2001:db8::7]:443, 10.0.0.1:8080' ), '2001:db8::7' ),
			'Cloudflare'                        => array( array( 'cloudflare' ), self::CF, array( 'CF_CONNECTING_IP' => '203.0.113.7', 'X_FORWARDED_FOR' => '1.1.1.1, 203.0.113.7' ), '203.0.113.7' ),
			'Cloudflare over IPv6'              => array( array( 'cloudflare' ), '2606:4700::1', array( 'CF_CONNECTING_IP' => '2001:db8::7' ), '2001:db8::7' ),
			'not Cloudflare'                    => array( array( 'cloudflare' ), '10.0.0.1', array( 'CF_CONNECTING_IP' => '203.0.113.7' ), '10.0.0.1' ),
			'Cloudflare, then this server'      => array( array( 'cloudflare', 'server' ), '127.0.0.1', array( 'CF_CONNECTING_IP' => '203.0.113.7', 'X_FORWARDED_FOR' => '203.0.113.7, ' . self::CF ), '203.0.113.7' ),
			'past Cloudflare, with its header'  => array( array( 'cloudflare', 'server' ), '127.0.0.1', array( 'CF_CONNECTING_IP' => '1.1.1.1', 'X_FORWARDED_FOR' => '198.51.100.4' ), '198.51.100.4' ),
			'Forwarded'                         => array( array( 'server' ), '127.0.0.1', array( 'FORWARDED' => 'for=1.1.1.1, for="[2001:db8::7]:4711";proto=https;by=10.0.0.1' ), '2001:db8::7' ),
			'Forwarded and X-Forwarded-For'     => array( array( 'server' ), '127.0.0.1', array( 'FORWARDED' => 'For=203.0.113.7', 'X_FORWARDED_FOR' => '203.0.113.7' ), '203.0.113.7' ),
			'one of two headers is made up'     => array( array( 'server' ), '127.0.0.1', array( 'FORWARDED' => 'for=1.1.1.1', 'X_FORWARDED_FOR' => '203.0.113.7' ), '127.0.0.1' ),
			'a mapped address is its own'       => array( array(), '::ffff:203.0.113.7', array(), '203.0.113.7' ),
			'a mapped proxy'                    => array( array( '198.51.100.0/24' ), '::ffff:198.51.100.9', array( 'X_FORWARDED_FOR' => '::ffff:203.0.113.7' ), '203.0.113.7' ),
			'a Unix socket is this server'      => array( array( 'server' ), 'unix:', array( 'X_FORWARDED_FOR' => '203.0.113.7' ), '203.0.113.7' ),
		);
	}

	/**
	 * @dataProvider requests
	 * @param list<string>         $trust   The setting.
	 * @param array<string,string> $headers Of the request.
	 */
	public function test_trusts_those_it_is_told_to_and_nobody_else( array $trust, string $peer, array $headers, string $expected ): void {
		$this->request( $trust, $peer, $headers );
		self::assertSame( $expected, $this->address()->get() );
	}

	public function test_an_ipv6_network_is_one_visitor_and_two_are_two(): void {
		$hash = function ( string $address ): string {
			$this->request( array(), $address, array() );
			return $this->address()->hash();
		};
		self::assertSame( $hash( '2001:db8:0:1::1' ), $hash( '2001:db8:0:1:ffff::2' ) );
		self::assertNotSame( $hash( '2001:db8:0:1::1' ), $hash( '2001:db8:0:2::1' ) );
		self::assertNotSame( $hash( '::ffff:203.0.113.7' ), $hash( '::ffff:203.0.113.8' ), 'Mapped addresses all lie in one /64.' );
		self::assertSame( $hash( '::ffff:203.0.113.7' ), $hash( '203.0.113.7' ) );
	}

	public function test_the_filter_has_the_last_word(): void {
		$this->request( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '203.0.113.7' ) );
		add_filter( 'smi_client_address', static fn( string $address ): string => '203.0.113.7' === $address ? '192.0.2.1' : 'wrong' );
		self::assertSame( '192.0.2.1', $this->address()->get() );
	}

	public function test_the_setting_takes_words_addresses_and_ranges_and_nothing_else(): void {
		$this->as_admin();
		$good = array( 'cloudflare', 'server', '198.51.100.9', '10.0.0.0/8', '2001:db8::/32' );
		self::assertSame( $good, $this->rest( 'PATCH', '/smi/v1/settings', array( 'trusted_proxies' => $good ) )->get_data()['trusted_proxies'] );
		foreach ( array( 'everybody', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/', '300.1.1.1', '' ) as $bad ) {
			$response = $this->rest( 'PATCH', '/smi/v1/settings', array( 'trusted_proxies' => array( 'server', $bad ) ) );
			self::assertSame( 400, $response->get_status(), $bad );
			self::assertArrayHasKey( 'trusted_proxies', $response->get_data()['data']['params'] );
		}
		self::assertSame( $good, ( new Settings() )->trusted_proxies() );
	}

	public function test_offers_what_the_owners_own_request_came_through(): void {
		$this->as_admin();
		$offer = function ( array $trust, string $peer, array $headers ): array {
			$this->request( $trust, $peer, $headers );
			return $this->rest( 'GET', '/smi/v1/settings/visitors' )->get_data()['offer'];
		};
		self::assertSame( array(), $offer( array(), '127.0.0.1', array() ) );
		self::assertSame( array(), $offer( array(), '198.51.100.1', array( 'X_FORWARDED_FOR' => '203.0.113.7' ) ), 'An unknown peer is not to be trusted for a header.' );
		self::assertSame( array( 'server' ), $offer( array(), '10.0.0.1', array( 'X_FORWARDED_FOR' => '203.0.113.7' ) ) );
		self::assertSame( array( 'cloudflare' ), $offer( array(), self::CF, array( 'CF_CONNECTING_IP' => '203.0.113.7' ) ) );
		self::assertSame( array( 'server', 'cloudflare' ), $offer( array(), '127.0.0.1', array( 'CF_CONNECTING_IP' => '203.0.113.7', 'X_FORWARDED_FOR' => '203.0.113.7, ' . self::CF ) ) );
		self::assertSame( array( 'cloudflare' ), $offer( array( 'server' ), '127.0.0.1', array( 'CF_CONNECTING_IP' => '203.0.113.7', 'X_FORWARDED_FOR' => '203.0.113.7, ' . self::CF ) ) );
		self::assertSame( array(), $offer( array( 'cloudflare' ), self::CF, array( 'CF_CONNECTING_IP' => '203.0.113.7' ) ) );
	}

	public function test_the_owner_alone_sees_what_the_site_sees(): void {
		self::assertSame( 401, $this->rest( 'GET', '/smi/v1/settings/visitors' )->get_status() );
		$this->as_admin();
		$this->request( array( 'server' ), '127.0.0.1', array( 'X_FORWARDED_FOR' => '203.0.113.7' ) );
		self::assertSame( '203.0.113.7', $this->rest( 'GET', '/smi/v1/settings/visitors' )->get_data()['address'] );
	}

	/**
	 * @param list<string>         $trust   The setting.
	 * @param array<string,string> $headers Of the request.
	 */
	private function request( array $trust, string $peer, array $headers ): void {
		( new Settings() )->save( array( 'trusted_proxies' => $trust ) );
		$_SERVER = array_filter( $this->server, static fn( string $name ): bool => 1 !== preg_match( '/^HTTP_(X_FORWARDED_FOR|FORWARDED|CF_CONNECTING_IP)$/', $name ), ARRAY_FILTER_USE_KEY );
		$_SERVER['REMOTE_ADDR'] = $peer;
		foreach ( $headers as $name => $value ) {
			$_SERVER[ "HTTP_$name" ] = $value;
		}
	}

	private function address(): ClientAddress {
		return new ClientAddress( new TrustedProxies( new Settings() ) );
	}
}
