<?php
/**
 * Hands an e-mail to WordPress.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Email;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\SiteName;

/**
 * HTML with a plain text beside it, through `wp_mail()`, so that whatever sends the site's mail sends ours.
 */
final class Sender {

	private string $error = '';

	public function __construct( private readonly Settings $settings ) {}

	/**
	 * Sends a message.
	 *
	 * @return bool Whether the mail server (or plugin) took it.
	 */
	public function send( Message $message ): bool {
		$this->error = '';
		$add_text    = static function ( object $mailer ) use ( $message ): void {
			// A property of PHPMailer; classes that stand in for it may not have declared it.
			if ( property_exists( $mailer, 'AltBody' ) || $mailer instanceof \stdClass ) {
				$mailer->AltBody = $message->text; // phpcs:ignore WordPress.NamingConventions.ValidVariableName
			}
		};
		$keep_error  = function ( \WP_Error $error ): void {
			$this->error = $error->get_error_message();
		};
		$name        = array( $this, 'from_name' );
		// Early: a plugin that sends the site's mail may still force its own name, as it does with all other mail. The address stays
		// WordPress's.
		add_filter( 'wp_mail_from_name', $name, 5 );
		add_action( 'phpmailer_init', $add_text, 5 );
		add_action( 'wp_mail_failed', $keep_error );
		try {
			$headers = $this->headers( $message );
			$send    = static fn(): bool => (bool) wp_mail( $message->to, $message->subject, $message->html, $headers );

			return Listeners::during( 'wp_mail', $send );
		} catch ( \Throwable $problem ) {
			$this->error = $problem->getMessage();
			return false;
		} finally {
			remove_filter( 'wp_mail_from_name', $name, 5 );
			remove_action( 'phpmailer_init', $add_text, 5 );
			remove_action( 'wp_mail_failed', $keep_error );
		}
	}

	/**
	 * WordPress's own name gives way to the settings', or the site's; one that a From header brought is somebody's wish.
	 *
	 * @param mixed $name As WordPress has it.
	 */
	public function from_name( mixed $name ): string {
		$ours = $this->settings->email_from_name();

		return 'WordPress' === $name || ! is_string( $name ) ? ( '' === $ours ? SiteName::get() : $ours ) : $name;
	}

	/**
	 * Why the last message was not taken.
	 */
	public function error(): string {
		return $this->error;
	}

	/**
	 * @return list<string>
	 */
	private function headers( Message $message ): array {
		$reply_to = (string) get_option( 'admin_email' );
		$headers  = array( 'Content-Type: text/html; charset=UTF-8', 'Auto-Submitted: auto-generated' );
		if ( is_email( $reply_to ) ) {
			$headers[] = "Reply-To: $reply_to";
		}

		/**
		 * Filters the headers of an e-mail to a buyer.
		 *
		 * @since 0.1.0
		 *
		 * @param list<string> $headers Header lines.
		 * @param Message      $message The message.
		 */
		$headers = Listeners::apply_filters( 'smi_email_headers', $headers, $message );

		return array_values( array_map( 'strval', array_filter( $headers, 'is_scalar' ) ) );
	}
}
