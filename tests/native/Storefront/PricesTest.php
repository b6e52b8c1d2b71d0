<?php
/**
 * The filter smi_price: what is shown is what is asked.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Storefront;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Hooks\Failures;
use SellMyImages\Plugin;
use SellMyImages\Tests\Hooks\FailuresOfTheTest;

final class PricesTest extends StorefrontTestCase {
	use FailuresOfTheTest;

	private int $picture;

	private int $post;

	protected function setUp(): void {
		parent::setUp();
		Plugin::instance()->settings()->save( array( 'currency' => 'USD', 'prices' => array( '4x' => '4.90', '8x' => '9.90' ) ) );
		Plugin::instance()->key_ring()->create( 'test' );
		Plugin::instance()->bridge_state()->keep( array( 'version' => '0.1.0', 'protocol' => 1, 'livemode' => false ) );
		Plugin::instance()->bridge_state()->seen();
		$this->picture = $this->make_picture( 300, 200 );
		$this->post    = $this->make_post( array( $this->picture ) );
	}

	/** @return array<string,string> Resolution => price, as the dialog shows them. */
	private function shown(): array {
		$answer = $this->rest( 'GET', '/smi/v1/offers', array( 'attachment_id' => $this->picture, 'post_id' => $this->post ) );
		self::assertSame( 200, $answer->get_status() );

		return array_column( $answer->get_data()['offers'], 'price', 'resolution' );
	}

	/** @param array<string,mixed> $more Of checkout-request.schema.json. */
	private function buy( array $more = array() ): \WP_REST_Response {
		$order = array( 'attachment_id' => $this->picture, 'post_id' => $this->post, 'resolution' => '4x' );

		return $this->rest( 'POST', '/smi/v1/checkouts', $more + $order );
	}

	private function jobs(): int {
		global $wpdb;
		return (int) $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}smi_jobs" );
	}

	public function test_a_filtered_price_is_shown_and_stored_and_asked_alike(): void {
		$asked = array();
		add_filter(
			'smi_price',
			function ( int $price, array $offer, int $attachment_id, int $post_id ) use ( &$asked ): int {
				$asked[] = array( $price, $offer, $attachment_id, $post_id );
				return '8x' === $offer['resolution'] ? $price : 1234;
			},
			10,
			4
		);
		self::assertSame( array( '4x' => '12.34', '8x' => '9.90' ), $this->shown() );
		$offer = array( 'resolution' => '4x', 'width' => 1200, 'height' => 800, 'currency' => 'USD' );
		self::assertSame( array( 490, $offer, $this->picture, $this->post ), $asked[0] );
		$answer = $this->buy( array( 'price' => '12.34', 'currency' => 'USD' ) );
		self::assertSame( 202, $answer->get_status(), (string) wp_json_encode( $answer->get_data() ) );
		$job_id = $answer->get_data()['job_id'];
		self::assertSame( 1234, Plugin::instance()->jobs()->find( $job_id )?->charged_minor() );
		$session = Plugin::instance()->commands()->find( CommandKind::OpenCheckout, $job_id )?->payload['session'];
		$asks    = $session['line_items'][0]['price_data'];
		self::assertSame( array( 1234, 'usd' ), array( $asks['unit_amount'], $asks['currency'] ) );
		self::assertCount( 3, $asked, 'Asked once for each size that is shown, and once for the sale.' );
	}

	public function test_a_price_that_moved_after_it_was_shown_sells_nothing(): void {
		$price = 500;
		add_filter(
			'smi_price',
			function () use ( &$price ): int {
				return $price++;
			}
		);
		$shown  = $this->shown()['4x'];
		$answer = $this->buy( array( 'price' => $shown, 'currency' => 'USD' ) );
		self::assertSame( array( 409, 'smi_checkout_price_changed' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		self::assertSame( array( 'resolution' => '4x', 'price' => '5.02', 'currency' => 'USD' ), $answer->get_data()['data']['details'] );
		self::assertSame( 0, $this->jobs() );
		$other = $this->buy( array( 'price' => '5.03', 'currency' => 'EUR' ) );
		self::assertSame( 409, $other->get_status(), 'In another currency it is another price.' );
		self::assertSame( 202, $this->buy( array( 'price' => '5.04', 'currency' => 'usd' ) )->get_status() );
	}

	public function test_the_owner_who_raises_a_price_meanwhile_sells_at_none_that_was_not_seen(): void {
		$shown = $this->shown()['4x'];
		Plugin::instance()->settings()->save( array( 'prices' => array( '4x' => '5.90', '8x' => '9.90' ) ) );
		self::assertSame( 409, $this->buy( array( 'price' => $shown, 'currency' => 'USD' ) )->get_status() );
		self::assertSame( 202, $this->buy()->get_status(), 'Who says no price sees it on the payment page.' );
	}

	/** @return array<string,array{0:mixed,1:string}> What a callback gives, and what its author reads. */
	public static function nonsense(): array {
		return array(
			'nothing'       => array( null, 'null' ),
			'free'          => array( 0, 'Stripe takes 50 to 99999999 in USD' ),
			'negative'      => array( -490, 'Stripe takes' ),
			'too low'       => array( 49, 'It returned 49' ),
			'too high'      => array( 100000000, 'It returned 100000000' ),
			'beyond number' => array( '1e400', 'whole number' ),
			'no number'     => array( NAN, 'whole number' ),
			'dollars'       => array( 4.9, 'whole number of minor units' ),
			'a decimal'     => array( '4.90', 'whole number of minor units' ),
			'yes'           => array( true, 'true' ),
			'an array'      => array( array( 490 ), 'array' ),
			'an object'     => array( new \stdClass(), 'stdClass' ),
		);
	}

	/** @dataProvider nonsense */
	public function test_what_is_no_price_is_passed_over_and_named( mixed $given, string $said ): void {
		add_filter( 'smi_price', static fn( int $price ): int => $price + 10 );
		add_filter( 'smi_price', static fn(): mixed => $given, 20 );
		self::assertSame( array( '4x' => '5.00', '8x' => '10.00' ), $this->shown() );
		$failure = $this->failures()[0];
		self::assertSame( array( Failures::FILTER, 'smi_price' ), array( $failure->kind, $failure->what ) );
		self::assertStringContainsString( $said, $failure->message );
		self::assertStringContainsString( 'PricesTest.php', $failure->who );
	}

	public function test_a_callback_that_throws_leaves_the_price_of_the_settings(): void {
		add_filter( 'smi_price', static fn() => throw new \Error( 'no rates today' ) );
		self::assertSame( array( '4x' => '4.90', '8x' => '9.90' ), $this->shown() );
		self::assertSame( 'no rates today', $this->failures()[0]->message );
		self::assertSame( 202, $this->buy( array( 'price' => '4.90', 'currency' => 'USD' ) )->get_status() );
	}

	public function test_what_arithmetic_gives_is_a_price(): void {
		add_filter( 'smi_price', static fn( int $price ): float => $price * 1.1 );
		self::assertSame( array( '4x' => '5.39', '8x' => '10.89' ), $this->shown() );
		self::assertSame( array(), $this->failures() );
	}

	public function test_in_a_currency_without_coins_it_is_whole_units(): void {
		Plugin::instance()->settings()->save( array( 'currency' => 'JPY', 'prices' => array( '4x' => '490', '8x' => '990' ) ) );
		add_filter( 'smi_price', static fn( int $price ): int => $price + 5 );
		self::assertSame( array( '4x' => '495', '8x' => '995' ), $this->shown() );
		self::assertSame( 202, $this->buy( array( 'price' => '495', 'currency' => 'JPY' ) )->get_status() );
	}

	public function test_a_size_without_a_price_in_the_settings_is_not_sold(): void {
		Plugin::instance()->settings()->save( array( 'prices' => array( '4x' => '', '8x' => '9.90' ) ) );
		add_filter( 'smi_price', static fn(): int => 700 );
		self::assertSame( array( '8x' => '7.00' ), $this->shown() );
		self::assertSame( 400, $this->buy()->get_status() );
	}

	public function test_a_page_with_buttons_asks_nobody_for_prices(): void {
		$asked = 0;
		add_filter(
			'smi_price',
			function ( int $price ) use ( &$asked ): int {
				++$asked;
				return $price;
			}
		);
		self::assertTrue( Plugin::instance()->offers()->is_any( $this->picture, $this->post ) );
		self::assertSame( 0, $asked );
	}
}
