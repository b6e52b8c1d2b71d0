<?php
/**
 * What buyers get by e-mail.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Email;

use SellMyImages\Email\Messages;
use SellMyImages\Email\Sender;
use SellMyImages\Jobs\Job;
use SellMyImages\Settings\Settings;
use SellMyImages\Tests\Storefront\StorefrontTestCase;

final class MessagesTest extends StorefrontTestCase {

	public function test_a_ready_mail_says_everything_in_html_and_in_text(): void {
		$message = ( new Messages() )->ready( $this->job(), 'https://example.org/download/abc?x=1&y=2' );
		self::assertStringContainsString( 'lang="', $message->html );
		self::assertStringContainsString( '<title>', $message->html );
		self::assertStringContainsString( 'role="presentation"', $message->html );
		self::assertStringContainsString( 'href="https://example.org/download/abc?x=1&#038;y=2"', $message->html );
		self::assertStringContainsString( "\nhttps://example.org/download/abc?x=1&y=2\n", $message->text );
		foreach ( array( $message->html, $message->text ) as $body ) {
			self::assertStringContainsString( '400 × 320', $body );
			self::assertStringContainsString( '€9.00', $body );
			self::assertStringContainsString( (string) get_option( 'blogname' ), wp_specialchars_decode( $body, ENT_QUOTES ) );
		}
	}

	public function test_nothing_is_fetched_from_anywhere(): void {
		$message = ( new Messages() )->ready( $this->job(), 'https://example.org/d' );
		self::assertDoesNotMatchRegularExpression( '/<img|<link|@import|url\(|<script/i', $message->html );
	}

	public function test_names_cannot_bring_html_along(): void {
		add_filter( 'option_blogname', static fn(): string => 'A <b>&amp; "B"' );
		$message = ( new Messages() )->failed_refunded( $this->job() );
		self::assertStringNotContainsString( '<b>', $message->html );
		self::assertStringContainsString( 'A <b>& "B"', $message->subject );
	}

	public function test_a_failed_order_is_told_that_the_money_is_back(): void {
		$message = ( new Messages() )->failed_refunded( $this->job( array( 'status' => 'failed', 'payment_status' => 'refunded' ) ) );
		self::assertStringContainsString( 'We have refunded all of your money', $message->text );
	}

	public function test_subject_and_bodies_can_be_changed(): void {
		add_filter( 'smi_email_subject', static fn( string $subject, string $type ): string => "[$type] $subject", 10, 2 );
		self::assertStringStartsWith( '[ready] ', ( new Messages() )->ready( $this->job(), 'https://example.org/d' )->subject );
	}

	public function test_both_bodies_reach_the_mailer(): void {
		$sent = null;
		add_action(
			'phpmailer_init',
			static function ( object $mailer ) use ( &$sent ): void {
				$sent = array( $mailer->ContentType, $mailer->Body, $mailer->AltBody, $mailer->Subject ); // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- PHPMailer.
				// Nothing leaves the tests.
				$mailer->Mailer = 'smi-test'; // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- PHPMailer.
			},
			99
		);
		$message = ( new Messages() )->ready( $this->job(), 'https://example.org/d' );
		( new Sender( new Settings() ) )->send( $message );
		self::assertIsArray( $sent );
		self::assertSame( array( 'text/html', $message->html, $message->text, $message->subject ), $sent );
	}

	public function test_a_mail_that_is_not_taken_is_said(): void {
		add_filter( 'pre_wp_mail', '__return_false' );
		self::assertFalse( ( new Sender( new Settings() ) )->send( ( new Messages() )->ready( $this->job(), 'https://example.org/d' ) ) );
	}

	/** @param array<string,int|string|null> $more Columns. */
	private function job( array $more = array() ): Job {
		global $wpdb;
		$id = $this->make_completed_job( null, $more );
		return Job::from_row( $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}smi_jobs WHERE job_id = %s", $id ), ARRAY_A ) );
	}
}
