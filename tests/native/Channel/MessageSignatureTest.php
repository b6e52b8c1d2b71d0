<?php
/**
 * HTTP message signatures.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Channel;

use SellMyImages\Channel\MessageSignature;

final class MessageSignatureTest extends ChannelTestCase {

	private const NOW = 1700000000;

	public function test_agrees_with_the_rfc_about_its_hmac_example(): void {
		// RFC 9421, appendix B.2.5; the key is test-shared-secret of B.1.5.
		$params = '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"';
		$base   = MessageSignature::base(
			array( 'date' => 'Tue, 20 Apr 2021 02:07:55 GMT', '@authority' => 'example.com', 'content-type' => 'application/json' ),
			$params
		);
		$secret = (string) base64_decode( 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==', true );
		self::assertSame( 'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=', base64_encode( MessageSignature::mac( $base, $secret ) ) );
	}

	public function test_takes_what_it_signed(): void {
		self::assertNull( $this->fault() );
	}

	public function test_takes_parameters_in_another_order_and_other_signatures_beside_its_own(): void {
		$input   = MessageSignature::COVERED . ';keyid="k_1";alg="hmac-sha256";created=' . self::NOW;
		$headers = array(
			'content-digest'  => MessageSignature::digest( 'body' ),
			'smi-route'       => '/r',
			'signature-input' => "proxy=(\"@method\");created=1, smi=$input",
		);
		$base    = MessageSignature::base( array( '@method' => 'POST', 'content-digest' => $headers['content-digest'], 'smi-route' => '/r' ), $input );
		$headers['signature'] = 'proxy=:AAAA:, smi=:' . base64_encode( MessageSignature::mac( $base, 'secret' ) ) . ':';
		self::assertNull( MessageSignature::fault( 'POST', 'body', $headers, static fn() => 'secret', self::NOW ) );
	}

	/**
	 * @dataProvider alterations
	 * @param array<string,mixed> $change
	 */
	public function test_refuses( string $fault, array $change ): void {
		self::assertSame( $fault, $this->fault( ...$change ) );
	}

	/** @return array<string,array{string,array<string,mixed>}> */
	public function alterations(): array {
		return array(
			'an altered body'                => array( 'digest', array( 'body' => 'bodY' ) ),
			'another method'                 => array( 'mismatch', array( 'method' => 'PUT' ) ),
			'another secret'                 => array( 'mismatch', array( 'secret' => 'other' ) ),
			'an altered route'               => array( 'mismatch', array( 'headers' => array( 'smi-route' => '/s' ) ) ),
			'an unknown key'                 => array( 'key_unknown', array( 'secret' => null ) ),
			'a signature 301 s old'          => array( 'expired', array( 'now' => self::NOW + 301 ) ),
			'a signature 301 s ahead'        => array( 'expired', array( 'now' => self::NOW - 301 ) ),
			'no signature'                   => array( 'missing', array( 'headers' => array( 'signature' => '' ) ) ),
			'no input'                       => array( 'missing', array( 'headers' => array( 'signature-input' => '' ) ) ),
			'fewer components'               => array( 'malformed', array( 'headers' => array( 'signature-input' => 'smi=("@method");created=1;keyid="k_1";alg="hmac-sha256"' ) ) ),
			'another algorithm'              => array( 'malformed', array( 'headers' => array( 'signature-input' => 'smi=' . MessageSignature::COVERED . ';created=1;keyid="k_1";alg="none"' ) ) ),
			'the same parameter twice'       => array( 'malformed', array( 'headers' => array( 'signature-input' => 'smi=' . MessageSignature::COVERED . ';created=1;keyid="k_1";alg="hmac-sha256";keyid="k_2"' ) ) ),
			'a signature that is not base64' => array( 'malformed', array( 'headers' => array( 'signature' => 'smi=:?:' ) ) ),
		);
	}

	public function test_takes_clocks_that_differ_by_five_minutes(): void {
		self::assertNull( $this->fault( now: self::NOW + 300 ) );
		self::assertNull( $this->fault( now: self::NOW - 300 ) );
	}

	/** @param array<string,string> $headers Instead of the right ones. */
	private function fault( string $body = 'body', string $method = 'POST', ?string $secret = 'secret', array $headers = array(), int $now = self::NOW ): ?string {
		$signed = array_change_key_case( MessageSignature::sign( 'POST', '/r', 'body', 'k_1', 'secret', self::NOW ) );
		return MessageSignature::fault( $method, $body, $headers + $signed, static fn() => $secret, $now );
	}
}
