<?php
/**
 * The filter smi_checkout_session: what code may say of Stripe's session, and what it may not.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Payments;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Tests\Hooks\FailuresOfTheTest;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

final class SessionRulesTest extends LifecycleTestCase {
	use FailuresOfTheTest;

	/** @return array<string,mixed> As it is stored. */
	private function session( string $job_id ): array {
		$command = $this->plugin()->commands()->find( CommandKind::OpenCheckout, $job_id );
		self::assertNotNull( $command );

		return $command->payload['session'];
	}

	/** @return array<string,array{0:\Closure(array<string,mixed>): mixed,1:string}> What a callback does, and what its author reads. */
	public static function too_much(): array {
		$set = static fn( array $more ): \Closure => static fn( array $session ): array => array_replace_recursive( $session, $more );
		$pay = static fn( array $more ): \Closure => $set( array( 'payment_intent_data' => $more ) );
		$at  = static fn( array $price ): \Closure => $set( array( 'line_items' => array( array( 'price_data' => $price ) ) ) );

		return array(
			'the amount'        => array( $at( array( 'unit_amount' => 1 ) ), 'line_items[0][price_data][unit_amount]' ),
			'the same as text'  => array( $at( array( 'unit_amount' => '490' ) ), 'unit_amount' ),
			'the currency'      => array( $at( array( 'currency' => 'jpy' ) ), 'line_items[0][price_data][currency]' ),
			'the tax'           => array( $at( array( 'tax_behavior' => 'exclusive' ) ), 'tax_behavior' ),
			'how many'          => array( $set( array( 'line_items' => array( array( 'quantity' => 2 ) ) ) ), 'line_items[0][quantity]' ),
			'another line'      => array( static fn( array $s ): array => self::twice( $s ), 'line_items[1]' ),
			'no line'           => array( static fn( array $s ): array => array( 'line_items' => 'none' ) + $s, 'It changed line_items' ),
			'promotion codes'   => array( $set( array( 'allow_promotion_codes' => true ) ), 'allow_promotion_codes' ),
			'a discount'        => array( $set( array( 'discounts' => array( array( 'coupon' => 'half' ) ) ) ), 'discounts' ),
			'automatic tax'     => array( $set( array( 'automatic_tax' => array( 'enabled' => true ) ) ), 'automatic_tax' ),
			'shipping'          => array( $set( array( 'shipping_options' => array( array( 'shipping_rate' => 'shr_1' ) ) ) ), 'shipping_options' ),
			'other currencies'  => array( $set( array( 'adaptive_pricing' => array( 'enabled' => true ) ) ), 'adaptive_pricing[enabled]' ),
			'where to'          => array( $set( array( 'success_url' => 'https://elsewhere.example/' ) ), 'success_url' ),
			'how long'          => array( $set( array( 'expires_at' => 5 ) ), 'expires_at' ),
			'the way'           => array( $set( array( 'mode' => 'setup' ) ), 'mode' ),
			'the job'           => array( $set( array( 'metadata' => array( 'smi_job' => 'another' ) ) ), 'metadata[smi_job]' ),
			'the payment’s job' => array( $pay( array( 'metadata' => array( 'smi_job' => 'x' ) ) ), 'payment_intent_data[metadata][smi_job]' ),
			'a name of ours'    => array( $set( array( 'metadata' => array( 'smi_refund' => 'x' ) ) ), 'metadata[smi_refund]' ),
			'no metadata'       => array( static fn( array $s ): array => array_diff_key( $s, array( 'metadata' => 1 ) ), 'metadata' ),
			'a reservation'     => array( $pay( array( 'capture_method' => 'manual' ) ), 'capture_method' ),
			'a fee'             => array( $pay( array( 'application_fee_amount' => 5 ) ), 'application_fee_amount' ),
			'another’s account' => array( $pay( array( 'transfer_data' => array( 'destination' => 'acct_1' ) ) ), 'transfer_data' ),
			'no language'       => array( $set( array( 'locale' => 'klingon' ) ), 'session[locale]' ),
			'no name'           => array( static fn( array $s ): array => self::with_product( $s, array() ), 'product_data' ),
			'long metadata'     => array( $set( array( 'metadata' => array( 'note' => str_repeat( 'a', 501 ) ) ) ), 'session[metadata][note]' ),
			'a list as a value' => array( $set( array( 'metadata' => array( 'note' => array( 'a' ) ) ) ), 'session[metadata][note]' ),
			'no ways to pay'    => array( $set( array( 'payment_method_types' => array( '' ) ) ), 'payment_method_types' ),
			'nothing'           => array( static fn(): mixed => null, 'It returned null' ),
			'a word'            => array( static fn(): mixed => 'de', 'It returned string' ),
		);
	}

	/**
	 * @param array<string,mixed> $session Parameters.
	 * @param array<string,mixed> $product Of the line.
	 * @return array<string,mixed>
	 */
	private static function with_product( array $session, array $product ): array {
		$session['line_items'][0]['price_data']['product_data'] = $product;

		return $session;
	}

	/**
	 * @param array<string,mixed> $session Parameters.
	 * @return array<string,mixed>
	 */
	private static function twice( array $session ): array {
		$session['line_items'][] = $session['line_items'][0];

		return $session;
	}

	/** @return array<string,mixed> What is the same for two orders. */
	private function constant( string $job_id ): array {
		$session = $this->session( $job_id );
		unset( $session['expires_at'] );

		return json_decode( str_replace( $job_id, 'JOB', (string) wp_json_encode( $session, JSON_UNESCAPED_SLASHES ) ), true );
	}

	/**
	 * @dataProvider too_much
	 * @param \Closure(array<string,mixed>): mixed $change A callback.
	 */
	public function test_a_callback_that_goes_too_far_is_passed_over_as_a_whole_and_named( \Closure $change, string $said ): void {
		$alone = $this->constant( $this->order() );
		add_filter( 'smi_checkout_session', static fn( array $session ): array => array( 'locale' => 'de' ) + $session );
		$and_more = static function ( array $session ) use ( $change ): mixed {
			$changed = $change( $session );

			return is_array( $changed ) ? array( 'submit_type' => 'book' ) + $changed : $changed;
		};
		add_filter( 'smi_checkout_session', $and_more, 20 );
		self::assertEquals( array( 'locale' => 'de' ) + $alone, $this->constant( $this->order() ), 'What another said stays.' );
		$failure = $this->failures()[0];
		self::assertSame( 'smi_checkout_session', $failure->what );
		self::assertStringContainsString( $said, $failure->message );
	}

	public function test_options_are_stored_with_the_command_and_handed_out_alike_ever_after(): void {
		$asked  = 0;
		$filter = function ( array $session, string $job_id, array $order ) use ( &$asked ): array {
			++$asked;
			$product = array( 'description' => 'A print, in a way' ) + $session['line_items'][0]['price_data']['product_data'];

			$session['locale']                                = 'fr-CA';
			$session['customer_creation']                     = 'always';
			$session['custom_text']                           = array( 'submit' => array( 'message' => 'Thank you!' ) );
			$session['consent_collection']                    = array( 'terms_of_service' => 'required' );
			$session['phone_number_collection']               = array( 'enabled' => 'true' );
			$session['payment_method_types']                  = array( 'card', 'sepa_debit' );
			$session['metadata']['campaign']                  = "autumn $asked";
			$session['payment_intent_data']['description']    = "{$order['resolution']} of {$order['attachment_id']}";
			$session['payment_intent_data']['metadata']['id'] = '77';

			return self::with_product( $session, $product );
		};
		add_filter( 'smi_checkout_session', $filter, 10, 3 );
		$job_id = $this->order();
		self::assertSame( array(), $this->failures() );
		$first = $this->payload( $job_id );
		remove_all_filters( 'smi_checkout_session' );
		$ended = "UPDATE {commands} SET leased_until = DATE_SUB(UTC_TIMESTAMP(), INTERVAL 1 SECOND) WHERE kind = 'open_checkout'";
		$this->plugin()->db()->execute( $ended );
		self::assertSame( $first, $this->payload( $job_id ), 'A replayed key must bring the same bytes.' );
		self::assertSame( 1, $asked );
		$session = json_decode( $first, true )['session'];
		$line    = $session['line_items'][0]['price_data'];
		self::assertSame( array( 'fr-CA', 'always' ), array( $session['locale'], $session['customer_creation'] ) );
		self::assertSame( array( 'autumn 1', $job_id ), array( $session['metadata']['campaign'], $session['metadata']['smi_job'] ) );
		self::assertSame( array( 'enabled' => true ), $session['phone_number_collection'] );
		self::assertSame( array( 'card', 'sepa_debit' ), $session['payment_method_types'] );
		self::assertSame( '4x of 7', $session['payment_intent_data']['description'] );
		self::assertSame( 'automatic', $session['payment_intent_data']['capture_method'] );
		$metadata = $session['payment_intent_data']['metadata'];
		self::assertSame( array( $job_id, '77' ), array( $metadata['smi_job'], $metadata['id'] ) );
		self::assertSame( 'A harbour', $line['product_data']['name'] );
		self::assertSame( 'A print, in a way', $line['product_data']['description'] );
		self::assertSame( array( 490, 'usd' ), array( $line['unit_amount'], $line['currency'] ) );
	}

	/** What the bridge is handed. */
	private function payload( string $job_id ): string {
		$command = $this->claim( 'open_checkout', $job_id );
		self::assertNotNull( $command );

		return (string) wp_json_encode( $command['payload'] );
	}

	public function test_what_the_shop_says_by_itself_can_be_taken_away(): void {
		add_filter(
			'smi_checkout_session',
			static function ( array $session ): array {
				$product = array( 'name' => $session['line_items'][0]['price_data']['product_data']['name'] );

				return self::with_product( $session, $product );
			}
		);
		self::assertSame( array( 'name' => 'A harbour' ), $this->session( $this->order() )['line_items'][0]['price_data']['product_data'] );
		self::assertSame( array(), $this->failures() );
	}

	public function test_the_buyers_address_and_key_are_shown_to_no_callback(): void {
		$seen = '';
		add_filter(
			'smi_checkout_session',
			static function ( array $session, string $job_id, array $order ) use ( &$seen ): array {
				$seen = (string) wp_json_encode( array( $session, $order ) );

				return $session;
			},
			10,
			3
		);
		$this->order();
		self::assertStringContainsString( 'a-harbour', $seen );
		self::assertStringNotContainsString( 'buyer@example.org', $seen );
		self::assertStringNotContainsString( 'smi_key', $seen );
	}

	public function test_a_callback_that_throws_costs_no_sale(): void {
		add_filter( 'smi_checkout_session', static fn() => throw new \Error( 'no campaign' ) );
		self::assertSame( 'payment', $this->session( $this->order() )['mode'] );
		self::assertSame( 'no campaign', $this->failures()[0]->message );
	}
}
