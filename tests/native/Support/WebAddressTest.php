<?php
/**
 * Addresses in ASCII.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Support\WebAddress;
use SellMyImages\Tests\TestCase;

final class WebAddressTest extends TestCase {

	/** @dataProvider addresses */
	public function test_an_address_travels_in_ascii( string $url, ?string $ascii ): void {
		self::assertSame( $ascii, WebAddress::ascii( $url ) );
	}

	/** @return array<string,array{0:string,1:string|null}> */
	public static function addresses(): array {
		return array(
			'as it should be'          => array( 'https://example.org/a.jpg?v=2&w=a%20b#x', 'https://example.org/a.jpg?v=2&w=a%20b#x' ),
			'a name with an umlaut'    => array( 'https://example.org/2026/Größe.jpg', 'https://example.org/2026/Gr%C3%B6%C3%9Fe.jpg' ),
			'partly encoded'           => array( 'https://example.org/Gr%C3%B6ße.jpg', 'https://example.org/Gr%C3%B6%C3%9Fe.jpg' ),
			'spaces and quotes'        => array( 'https://example.org/a "b".jpg', 'https://example.org/a%20%22b%22.jpg' ),
			'a percent sign of a name' => array( 'https://example.org/100%.jpg', 'https://example.org/100%25.jpg' ),
			'a host with an umlaut'    => array( 'https://münchen.example:8443/a.jpg', 'https://xn--mnchen-3ya.example:8443/a.jpg' ),
			'a host in capitals'       => array( 'https://MÜNCHEN.example/a.jpg', 'https://xn--mnchen-3ya.example/a.jpg' ),
			'another script'           => array( 'http://例え.テスト/写真.png', 'http://xn--r8jz45g.xn--zckzah/%E5%86%99%E7%9C%9F.png' ),
			'bytes that are no text'   => array( "https://example.org/\xFF.jpg", 'https://example.org/%FF.jpg' ),
			'a number as host'         => array( 'http://[::1]:8080/a.jpg', 'http://[::1]:8080/a.jpg' ),
			'a name and password'      => array( 'https://ü:p@example.org/a', 'https://%C3%BC:p@example.org/a' ),
			'no address'               => array( '/wp-content/a.jpg', null ),
			'another scheme'           => array( 'data:image/png;base64,AAAA', null ),
			'a host that is none'      => array( "https://\xFF.example/a.jpg", null ),
			'nothing'                  => array( '', null ),
		);
	}
}
