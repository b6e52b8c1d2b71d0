<?php
/**
 * What Stripe and the upscaler are told of a picture whose name or host is not ASCII.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class AddressesTest extends LifecycleTestCase {

	private const RAW   = 'http://münchen.example/2026/Größe.jpg';
	private const ASCII = 'http://xn--mnchen-3ya.example/2026/Gr%C3%B6%C3%9Fe.jpg';

	public function test_stripe_is_given_addresses_in_ascii(): void {
		$session = $this->session( array( 'image_url' => self::RAW, 'return_url' => 'http://münchen.example/größe/' ) );
		self::assertSame( array( self::ASCII ), $session['line_items'][0]['price_data']['product_data']['images'] );
		self::assertStringStartsWith( 'http://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe/?smi_job=', $session['success_url'] );
		self::assertStringStartsWith( 'http://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe/?smi_job=', $session['cancel_url'] );
	}

	public function test_a_picture_that_a_callback_names_is_given_in_ascii_too(): void {
		$name = static function ( array $session ): array {
			$session['line_items'][0]['price_data']['product_data']['images'] = array( self::RAW );

			return $session;
		};
		add_filter( 'smi_checkout_session', $name );
		self::assertSame( array( self::ASCII ), $this->session()['line_items'][0]['price_data']['product_data']['images'] );
	}

	/** @dataProvider pictures_nobody_takes */
	public function test_a_payment_page_does_without_a_picture_that_stripe_would_refuse( string $image ): void {
		$product = $this->session( array( 'image_url' => $image ) )['line_items'][0]['price_data']['product_data'];
		self::assertSame( array( 'name', 'description' ), array_keys( $product ) );
	}

	/** @return array<string,array{0:string}> */
	public static function pictures_nobody_takes(): array {
		return array(
			'as long as no address is' => array( 'http://example.org/' . str_repeat( 'ö', 340 ) . '.jpg' ),
			'no address'               => array( '/wp-content/uploads/a.jpg' ),
			'nothing'                  => array( '' ),
		);
	}

	public function test_an_address_just_short_enough_is_shown(): void {
		$image = 'http://example.org/' . str_repeat( 'a', 2048 - 19 );
		self::assertSame( array( $image ), $this->session( array( 'image_url' => $image ) )['line_items'][0]['price_data']['product_data']['images'] );
	}

	public function test_the_upscaler_is_given_an_address_in_ascii(): void {
		$source = array( 'url' => self::RAW, 'path' => '2026/11/a.jpg', 'width' => 100, 'height' => 80, 'mime' => 'image/jpeg' );
		$job_id = $this->order( array( 'source' => $source ) );
		$this->open_session( $job_id );
		$this->see_payment( $job_id );
		$command = $this->claim( 'submit' );
		self::assertNotNull( $command );
		self::assertSame( self::ASCII, $command['payload']->image_url );
	}

	/**
	 * @param array<string,mixed> $order Overrides.
	 * @return array<string,mixed> As it is stored.
	 */
	private function session( array $order = array() ): array {
		$command = $this->plugin()->commands()->find( CommandKind::OpenCheckout, $this->order( $order ) );
		self::assertNotNull( $command );

		return $command->payload['session'];
	}
}
