<?php
/**
 * In which language buyers are written to.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Email;

use SellMyImages\Hooks\Failures;
use SellMyImages\Plugin;
use SellMyImages\Tests\Support\LanguageTestCase;

final class MailLanguageTest extends LanguageTestCase {

	private const ENGLISH = 'Your picture is ready';
	private const GERMAN  = 'Dein Bild ist fertig';

	public function test_a_german_administrator_sends_an_english_order_in_english(): void {
		$job = $this->make_completed_job( null, array( 'locale' => 'en_US' ) );
		$this->as_admin_reading( 'de_DE' );
		self::assertSame( 'Einstellungen', __( 'Settings', 'sell-my-images' ), 'The owner reads German, and the words are loaded.' );
		$mail = $this->mail( $job );
		self::assertStringContainsString( self::ENGLISH, $mail['message'] );
		self::assertStringContainsString( '<html lang="en-US" dir="ltr">', $mail['message'] );
		self::assertSame( 'de_DE', determine_locale() );
		self::assertSame( 'Einstellungen', __( 'Settings', 'sell-my-images' ), 'The rest of the request is German again.' );
	}

	/** Each of them changes the language in the middle of the mail, and leaves it so. */
	public function test_listeners_that_switch_the_language_and_not_back_change_no_mail_and_no_answer(): void {
		$job    = $this->make_completed_job( null, array( 'locale' => 'en_US' ) );
		$switch = static function ( mixed $given ): mixed {
			switch_to_locale( 'de_DE' );
			switch_to_locale( 'ar' );
			return $given;
		};
		foreach ( array( 'smi_email_subject', 'smi_email_html', 'smi_email_headers', 'wp_mail' ) as $hook ) {
			add_filter( $hook, $switch );
		}
		add_filter(
			'smi_email_text',
			static function ( string $text ): string {
				restore_current_locale(); // Ours, which it did not set.
				return $text;
			}
		);
		$this->as_admin_reading( 'de_DE' );
		$mail = $this->mail( $job );
		self::assertStringContainsString( self::ENGLISH, $mail['message'] );
		self::assertStringContainsString( '<html lang="en-US" dir="ltr">', $mail['message'] );
		self::assertSame( array( 'de_DE', false ), array( determine_locale(), is_locale_switched() ) );
		self::assertContains( 'It switched to another language and not back.', array_column( Failures::all(), 'message' ) );
	}

	public function test_a_german_order_is_written_to_in_german_whoever_sends_it(): void {
		$job = $this->make_completed_job( null, array( 'locale' => 'de_DE', 'download_expires_at' => '2199-10-03 10:00:00' ) );
		update_option( 'date_format', 'j. F Y' );
		foreach ( array( 'en_US', 'de_DE' ) as $reader ) {
			$this->as_admin_reading( $reader );
			$mail = $this->mail( $job );
			self::assertStringContainsString( self::GERMAN, $mail['message'], $reader );
			self::assertStringContainsString( '<html lang="de-DE" dir="ltr">', $mail['message'], $reader );
			self::assertStringContainsString( '3. Oktober 2199', $mail['message'], $reader );
			self::assertStringContainsString( 'ist fertig', $mail['subject'], $reader );
		}
		update_option( 'date_format', 'F j, Y' );
	}

	public function test_an_order_without_a_language_is_written_to_in_the_sites(): void {
		$job = $this->make_completed_job( null );
		$this->as_admin_reading( 'de_DE' );
		self::assertStringContainsString( self::ENGLISH, $this->mail( $job )['message'] );
		$this->site_speaks( 'de_DE' );
		$this->as_admin_reading( 'en_US' );
		self::assertStringContainsString( self::GERMAN, $this->mail( $job )['message'] );
	}

	public function test_a_language_that_is_not_installed_any_more_gives_way_to_the_sites(): void {
		$job = $this->make_completed_job( null, array( 'locale' => 'fr_FR' ) );
		$this->as_admin_reading( 'de_DE' );
		self::assertStringContainsString( '<html lang="en-US" dir="ltr">', $this->mail( $job )['message'] );
	}

	public function test_a_language_that_is_read_from_the_right_is_laid_out_so(): void {
		$job  = $this->make_completed_job( null, array( 'locale' => 'ar' ) );
		$html = $this->mail( $job )['message'];
		self::assertStringContainsString( '<html lang="ar" dir="rtl">', $html );
		self::assertStringContainsString( 'align="right"', $html );
		self::assertFalse( is_rtl() );
	}

	public function test_a_refund_is_told_in_the_orders_language_too(): void {
		$job = $this->make_completed_job( null, array( 'locale' => 'de_DE', 'status' => 'failed', 'payment_status' => 'refunded' ) );
		self::assertStringContainsString( 'Es tut uns leid', $this->mail( $job, 'failed_refunded' )['message'] );
	}

	public function test_other_plugins_write_their_part_in_the_same_language(): void {
		$job  = $this->make_completed_job( null, array( 'locale' => 'de_DE' ) );
		$seen = array();
		add_filter(
			'smi_email_headers',
			static function ( array $headers ) use ( &$seen ): array {
				$seen[] = determine_locale();
				return $headers;
			}
		);
		self::assertSame( 'de_DE', $this->mail( $job )['locale'] );
		self::assertSame( array( 'de_DE' ), $seen );
	}

	public function test_a_mail_that_breaks_leaves_the_language_as_it_was(): void {
		$job = $this->make_completed_job( null, array( 'locale' => 'de_DE' ) );
		add_filter( 'smi_email_html', static fn() => throw new \RuntimeException( 'A plugin broke.' ) );
		try {
			$this->mail( $job );
			self::fail( 'It did not break.' );
		} catch ( \RuntimeException ) {
			self::assertSame( 'en_US', determine_locale() );
			self::assertSame( 'Settings', __( 'Settings', 'sell-my-images' ) );
		}
	}

	public function test_a_plugin_that_insists_on_the_pages_language_does_not_get_into_the_mail(): void {
		$job = $this->make_completed_job( null, array( 'locale' => 'en_US' ) );
		add_filter( 'pre_determine_locale', static fn(): string => 'de_DE' );
		$this->begin_request();
		self::assertSame( 'Einstellungen', __( 'Settings', 'sell-my-images' ) );
		self::assertStringContainsString( self::ENGLISH, $this->mail( $job )['message'] );
		self::assertSame( 'Einstellungen', __( 'Settings', 'sell-my-images' ) );
		$german = $this->make_completed_job( null, array( 'locale' => 'de_DE' ) );
		self::assertStringContainsString( self::GERMAN, $this->mail( $german )['message'] );
	}

	public function test_the_owner_is_mailed_in_the_sites_language(): void {
		$this->site_speaks( 'de_DE' );
		$this->as_admin_reading( 'en_US' );
		$pause = Plugin::instance()->upscaler_pause();
		$pause->raise( 'blocked', 'No credits left.' );
		$pause->mail_owner();
		self::assertStringContainsString( 'Verkauf', end( $this->mails )['subject'] );
		self::assertStringContainsString( 'No credits left.', end( $this->mails )['message'] );
	}
}
