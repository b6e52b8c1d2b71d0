<?php
/**
 * Settings and their route.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Settings;

use SellMyImages\Settings\Settings;
use SellMyImages\Tests\TestCase;

final class SettingsTest extends TestCase {

	private const ROUTE = '/smi/v1/settings';

	public function test_has_a_default_for_everything(): void {
		$settings = new Settings();
		self::assertSame( array( 'USD', 490, 990, 0, 7 ), array( $settings->currency(), $settings->price_minor( '4x' ), $settings->price_minor( '8x' ), $settings->price_minor( '2x' ), $settings->link_lifetime_days() ) );
		update_option( Settings::OPTION, 'broken' );
		self::assertSame( 'USD', $settings->currency() );
	}

	public function test_saves_some_and_keeps_the_others(): void {
		$this->as_admin();
		foreach ( array( 'POST', 'PUT', 'PATCH' ) as $i => $method ) {
			$response = $this->rest( $method, self::ROUTE, array( 'prices' => array( '4x' => "1$i.50" ), 'email_from_name' => "Shop\r\nBcc: x" ) );
			self::assertSame( 200, $response->get_status() );
			self::assertSame( array( '4x' => "1$i.50", '8x' => '9.90' ), $response->get_data()['prices'] );
			self::assertStringNotContainsString( "\n", $response->get_data()['email_from_name'] );
		}
		self::assertSame( 1250, ( new Settings() )->price_minor( '4x' ) );
		self::assertSame( 'on', $this->autoload() );
	}

	public function test_a_price_of_null_is_not_sold(): void {
		$this->as_admin();
		self::assertSame( 200, $this->rest( 'PUT', self::ROUTE, array( 'prices' => array( '8x' => null ) ) )->get_status() );
		self::assertSame( array( 490, 0 ), array( ( new Settings() )->price_minor( '4x' ), ( new Settings() )->price_minor( '8x' ) ) );
	}

	/** @return list<array{0:array<string,mixed>,1:string}> */
	public function nonsense(): array {
		return array(
			array( array( 'currency' => 'XXX' ), 'currency' ),
			array( array( 'prices' => array( '4x' => '0.10' ) ), 'prices' ),
			array( array( 'prices' => array( '4x' => '4,90' ) ), 'prices' ),
			array( array( 'prices' => array( '3x' => '4.90' ) ), 'prices' ),
			array( array( 'currency' => 'JPY' ), 'prices' ),
			array( array( 'link_lifetime_days' => -1 ), 'link_lifetime_days' ),
			array( array( 'credit_price' => 'free' ), 'credit_price' ),
			array( array( 'input_type' => 'x' ), 'input_type' ),
			array( array( 'sell_all_images' => 'perhaps' ), 'sell_all_images' ),
		);
	}

	/**
	 * @dataProvider nonsense
	 * @param array<string,mixed> $changes Body.
	 */
	public function test_names_the_field_that_is_wrong_and_saves_nothing( array $changes, string $field ): void {
		$this->as_admin();
		$response = $this->rest( 'PUT', self::ROUTE, $changes + array( 'email_from_name' => 'never' ) );
		self::assertSame( 400, $response->get_status() );
		self::assertSame( array( $field ), array_keys( $response->get_data()['data']['params'] ) );
		self::assertSame( '', ( new Settings() )->email_from_name() );
	}

	private function autoload(): string {
		global $wpdb;
		return (string) $wpdb->get_var( $wpdb->prepare( "SELECT autoload FROM $wpdb->options WHERE option_name = %s", Settings::OPTION ) );
	}
}
