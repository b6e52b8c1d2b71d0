<?php
/**
 * Who an e-mail is from.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Email;

use SellMyImages\Email\Message;
use SellMyImages\Email\Sender;
use SellMyImages\Settings\Settings;
use SellMyImages\Tests\TestCase;

final class SenderTest extends TestCase {

	public function test_without_a_name_of_its_own_the_shop_writes_as_the_site(): void {
		add_filter( 'option_blogname', static fn(): string => 'Tom &amp; Anna&#039;s &quot;Photos&quot;' );
		self::assertSame( 'Tom & Anna\'s "Photos"', $this->sent()['name'] );
	}

	public function test_the_name_of_the_settings_goes_before_the_sites(): void {
		( new Settings() )->save( array( 'email_from_name' => 'Harbour Pictures' ) );
		self::assertSame( 'Harbour Pictures', $this->sent()['name'] );
	}

	public function test_a_site_without_a_name_writes_as_its_host(): void {
		add_filter( 'option_blogname', static fn(): string => ' ' );
		self::assertSame( '127.0.0.1', $this->sent()['name'] );
	}

	public function test_what_sends_the_sites_mail_may_force_another_sender(): void {
		add_filter( 'wp_mail_from_name', static fn(): string => 'The SMTP plugin' );
		add_filter( 'wp_mail_from', static fn(): string => 'shop@example.org' );
		self::assertSame( array( 'The SMTP plugin', 'shop@example.org' ), array( $this->sent()['name'], $this->sent()['address'] ) );
	}

	public function test_a_header_that_names_the_sender_is_kept(): void {
		add_filter( 'smi_email_headers', static fn( array $headers ): array => array( ...$headers, 'From: Anna <anna@example.org>' ) );
		self::assertSame( array( 'Anna', 'anna@example.org' ), array( $this->sent()['name'], $this->sent()['address'] ) );
	}

	public function test_a_name_cannot_bring_headers_along(): void {
		add_filter( 'option_blogname', static fn(): string => "Shop\r\nBcc: all@example.org" );
		self::assertStringNotContainsString( "\n", $this->sent()['name'] );
	}

	public function test_the_address_is_the_sites_own_as_wordpress_makes_it(): void {
		self::assertStringStartsWith( 'wordpress@', $this->sent()['address'] );
	}

	public function test_other_mail_of_the_site_is_left_alone(): void {
		$this->sent();
		self::assertSame( 'WordPress', apply_filters( 'wp_mail_from_name', 'WordPress' ) );
	}

	/** @return array{name:string,address:string} */
	private function sent(): array {
		$from = array();
		$look = static function ( object $mailer ) use ( &$from ): void {
			$from           = array( 'name' => $mailer->FromName, 'address' => $mailer->From ); // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- PHPMailer.
			$mailer->Mailer = 'smi-test'; // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- nothing leaves the tests.
		};
		add_action( 'phpmailer_init', $look, 99 );
		// The host of the tests is no name that an address may have.
		add_filter( 'wp_mail_from', static fn( string $from ): string => str_replace( '127.0.0.1', 'example.org', $from ), 1 );
		( new Sender( new Settings() ) )->send( new Message( 'buyer@example.org', 'Hello', '<p>Hello</p>', 'Hello' ) );
		remove_action( 'phpmailer_init', $look, 99 );
		self::assertArrayHasKey( 'name', $from );

		return $from;
	}
}
