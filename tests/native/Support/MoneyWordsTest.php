<?php
/**
 * Money as people read it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Support;

use SellMyImages\Plugin;
use SellMyImages\Support\Locales;
use SellMyImages\Support\MoneyWords;

final class MoneyWordsTest extends LanguageTestCase {

	/** @dataProvider amounts */
	public function test_money_is_written_as_the_language_does( string $locale, string $decimal, string $currency, string $intl, string $by_hand ): void {
		Locales::during(
			$locale,
			static function () use ( $decimal, $currency, $intl, $by_hand ): void {
				self::assertSame( $intl, MoneyWords::of( $decimal, $currency ), 'with intl' );
				$plain = \SellMyImages\Support\Money::plain( $decimal, \SellMyImages\Support\Money::exponent( $currency ) );
				self::assertSame( $by_hand, MoneyWords::by_hand( (string) $plain, $currency ), 'without' );
			}
		);
	}

	/** @return list<array{string,string,string,string,string}> */
	public static function amounts(): array {
		return array(
			array( 'en_US', '4.90', 'USD', '$4.90', '$4.90' ),
			array( 'en_US', '490.00', 'JPY', '¥490', '¥490' ),
			array( 'en_US', '4.9', 'EUR', '€4.90', '€4.90' ),
			array( 'en_US', '4.90', 'CHF', "CHF\u{a0}4.90", "CHF\u{a0}4.90" ),
			array( 'en_US', '1234567.00', 'USD', '$1,234,567.00', '$1,234,567.00' ),
			array( 'en_US', '0.00', 'USD', '$0.00', '$0.00' ),
			array( 'de_DE', '4.90', 'EUR', "4,90\u{a0}€", "4,90\u{a0}€" ),
			array( 'de_DE', '490.00', 'JPY', "490\u{a0}¥", "490\u{a0}¥" ),
			array( 'de_DE', '1234.50', 'EUR', "1.234,50\u{a0}€", "1.234,50\u{a0}€" ),
			array( 'de_DE', '4.90', 'SEK', "4,90\u{a0}SEK", "4,90\u{a0}SEK" ),
		);
	}

	public function test_nothing_is_nothing_and_no_zero(): void {
		self::assertSame( '', MoneyWords::of( null, 'USD' ) );
	}

	public function test_a_language_that_intl_does_not_know_is_written_by_hand(): void {
		add_filter( 'pre_determine_locale', static fn(): string => 'art_xemoji' );
		self::assertSame( "4.90\u{a0}€", MoneyWords::of( '4.90', 'EUR' ) );
	}

	/** @dataProvider mails */
	public function test_the_buyer_reads_the_price_so( string $locale, string $amount, string $currency, string $words ): void {
		$job  = $this->make_completed_job( null, array( 'locale' => $locale, 'amount_charged' => $amount, 'currency' => $currency ) );
		$mail = $this->mail( $job );
		self::assertStringContainsString( "<td style=\"padding:4px 0\">$words</td>", $mail['message'] );
		self::assertStringNotContainsString( "$amount $currency", $mail['message'] );
	}

	/** @return array<string,array{string,string,string,string}> */
	public static function mails(): array {
		return array(
			'yen'          => array( 'en_US', '490.00', 'JPY', '¥490' ),
			'German euros' => array( 'de_DE', '4.90', 'EUR', "4,90\u{a0}€" ),
		);
	}

	public function test_the_privacy_export_says_it_so(): void {
		$this->make_completed_job( null, array( 'amount_charged' => '490.00', 'currency' => 'JPY', 'email' => 'yen@example.org' ) );
		$data = Plugin::instance()->privacy()->export( 'yen@example.org' )['data'][0]['data'];
		self::assertSame( '¥490', array_column( $data, 'value', 'name' )['Charged'] );
	}

	public function test_what_is_left_of_a_payment_is_said_so(): void {
		$this->as_admin();
		$job    = $this->make_completed_job( null, array( 'amount_charged' => '490.00', 'currency' => 'JPY', 'stripe_payment_intent_id' => 'pi_1' ) );
		$answer = $this->rest( 'POST', "/smi/v1/jobs/$job/refunds", array( 'amount' => '500' ) );
		self::assertSame( 400, $answer->get_status() );
		self::assertStringEndsWith( 'at most what is left: ¥490.', $answer->get_data()['message'] );
	}

	public function test_an_amount_that_is_none_is_refused_in_words(): void {
		$this->as_admin();
		$job = $this->make_completed_job( null, array( 'amount_charged' => '490.00', 'currency' => 'JPY', 'stripe_payment_intent_id' => 'pi_1', 'locale' => 'en_US' ) );
		$this->as_admin_reading( 'de_DE' );
		foreach ( array( '4.90', '1e3' ) as $amount ) {
			$answer = $this->rest( 'POST', "/smi/v1/jobs/$job/refunds", array( 'amount' => $amount ) );
			self::assertSame( 400, $answer->get_status() );
			self::assertStringNotContainsString( 'has no such fractions', (string) wp_json_encode( $answer->get_data() ) );
			self::assertStringNotContainsString( 'Not an amount', (string) wp_json_encode( $answer->get_data() ) );
		}
	}

	public function test_a_price_that_is_too_low_is_refused_so(): void {
		$this->as_admin();
		$answer = $this->rest( 'POST', '/smi/v1/settings', array( 'currency' => 'JPY', 'prices' => array( '4x' => '10', '8x' => '900' ) ) );
		self::assertStringContainsString( 'no less than ¥50.', (string) wp_json_encode( $answer->get_data(), JSON_UNESCAPED_UNICODE ) );
	}
}
