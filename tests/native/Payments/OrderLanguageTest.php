<?php
/**
 * Which language an order keeps, and where it is spoken.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Jobs\Job;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Plugin;
use SellMyImages\Settings\Settings;
use SellMyImages\Storefront\StorefrontAssets;
use SellMyImages\Tests\Support\LanguageTestCase;

final class OrderLanguageTest extends LanguageTestCase {

	protected function setUp(): void {
		parent::setUp();
		Plugin::instance()->key_ring()->create( 'test' );
		Plugin::instance()->bridge_state()->keep( array( 'version' => '0.1.0', 'protocol' => 1, 'livemode' => false ) );
		Plugin::instance()->bridge_state()->seen();
	}

	public function test_an_order_keeps_the_language_of_its_request(): void {
		$this->site_speaks( 'de_DE' );
		self::assertSame( 'de_DE', $this->buy()->locale );
	}

	public function test_the_pages_language_goes_before_the_requests(): void {
		$job     = $this->buy( array( 'locale' => 'de_DE' ) );
		$command = Plugin::instance()->commands()->find( CommandKind::OpenCheckout, $job->job_id );
		self::assertSame( 'de_DE', $job->locale );
		self::assertStringContainsString( 'Pixel (4x)', (string) wp_json_encode( $command?->payload, JSON_UNESCAPED_UNICODE ), 'The payment page is told in German too.' );
		self::assertSame( 'en_US', determine_locale() );
	}

	public function test_a_plugin_that_switches_the_language_of_a_request_is_heeded(): void {
		add_filter( 'locale', static fn(): string => 'de_DE', 99 );
		self::assertSame( 'de_DE', $this->buy()->locale );
	}

	/** @dataProvider strange_languages */
	public function test_a_language_that_is_not_installed_is_not_kept( string $asked ): void {
		self::assertSame( 'en_US', $this->buy( array( 'locale' => $asked ) )->locale );
	}

	/** @return array<string,array{string}> */
	public static function strange_languages(): array {
		return array(
			'not there'  => array( 'fr_FR' ),
			'empty'      => array( '' ),
			'a path'     => array( '../../de_DE' ),
			'too long'   => array( str_repeat( 'de_DE', 12 ) ),
			'HTML tag'   => array( 'de-DE' ),
		);
	}

	public function test_the_buyer_is_told_how_it_goes_in_the_orders_language(): void {
		$job = $this->make_completed_job( null, array( 'locale' => 'de_DE', 'status' => 'processing' ) );
		self::assertStringContainsString( 'deine Zahlung ist', $this->status( $job ) );
		self::assertStringContainsString( 'your payment has arrived', $this->status( $this->make_completed_job( null, array( 'status' => 'processing' ) ) ) );
	}

	public function test_the_page_says_its_language_to_its_script(): void {
		$this->site_speaks( 'de_DE' );
		// Once for each page; the tests before this one may have shown another.
		wp_deregister_script( 'smi-buy-button' );
		( new StorefrontAssets( WP_PLUGIN_DIR . '/sell-my-images/sell-my-images.php' ) )->enqueue();
		self::assertStringContainsString( '"wpLocale":"de_DE"', implode( '', (array) wp_scripts()->get_data( 'smi-buy-button', 'before' ) ) );
	}

	private function status( string $job ): string {
		$key = ( new LinkTokens( new Settings() ) )->buyer_key( $job );

		return (string) $this->rest( 'GET', "/smi/v1/checkouts/$job", array( 'key' => $key ) )->get_data()['message'];
	}

	/** @param array<string,mixed> $more Of the request. */
	private function buy( array $more = array() ): Job {
		$picture  = $this->make_picture( 300, 200 );
		$response = $this->rest( 'POST', '/smi/v1/checkouts', $more + array( 'attachment_id' => $picture, 'post_id' => $this->make_post( array( $picture ) ), 'resolution' => '4x' ) );
		self::assertSame( 202, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		$job = Plugin::instance()->jobs()->find( $response->get_data()['job_id'] );
		self::assertNotNull( $job );

		return $job;
	}
}
