<?php
/**
 * Every message goes to the sandbox's mailbox over HTTP; none leaves the machine.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Sandbox;

use PHPMailer\PHPMailer\PHPMailer;
use WP_Error;

add_filter(
	'pre_wp_mail',
	/**
	 * Short-circuits wp_mail().
	 *
	 * @param bool|null                                                                 $sent Null: not decided yet.
	 * @param array{to: string|string[], subject: string, message: string, headers: string|string[]} $mail What wp_mail() was given.
	 */
	static fn ( ?bool $sent, array $mail ): bool => $sent ?? ( is_about_installing() || deliver( $mail ) ),
	10,
	2
);

/**
 * WordPress congratulates whoever installs it: in a sandbox that would be the first message in everybody's way.
 */
function is_about_installing(): bool {
	return wp_installing() || doing_action( 'wp_install' );
}

/**
 * Hands one message to the mailbox, and fails as wp_mail() fails.
 *
 * @param array<string, mixed> $mail What wp_mail() was given.
 */
function deliver( array $mail ): bool {
	$answer = wp_remote_post(
		SMI_SANDBOX_MAILBOX . '/messages',
		array(
			'headers' => array( 'Content-Type' => 'application/json' ),
			'body'    => (string) wp_json_encode( as_message( $mail ) ),
			'timeout' => 5,
		)
	);
	$status = wp_remote_retrieve_response_code( $answer );
	if ( ! is_wp_error( $answer ) && $status >= 200 && $status < 300 ) {
		do_action( 'wp_mail_succeeded', $mail );
		return true;
	}
	$why = is_wp_error( $answer ) ? $answer->get_error_message() : 'The mailbox answered ' . $status . '.';
	do_action( 'wp_mail_failed', new WP_Error( 'wp_mail_failed', $why, $mail ) );
	return false;
}

/**
 * The parts a reader sees: HTML, plain text, and whom it is for.
 *
 * @param array<string, mixed> $mail What wp_mail() was given.
 * @return array{to: string, subject: string, text: string, html: string, headers: string[]}
 */
function as_message( array $mail ): array {
	$headers = is_array( $mail['headers'] ) ? $mail['headers'] : preg_split( '/\r?\n/', (string) $mail['headers'], -1, PREG_SPLIT_NO_EMPTY );
	$mailer  = prepared_mailer( (string) $mail['message'], implode( "\n", (array) $headers ) );
	$is_html = 'text/html' === $mailer->ContentType; // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- PHPMailer's name.
	$body    = $mailer->Body; // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- PHPMailer's name.
	$text    = $mailer->AltBody; // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- PHPMailer's name.
	return array(
		'to'      => implode( ', ', (array) $mail['to'] ),
		'subject' => (string) $mail['subject'],
		'text'    => $is_html ? ( '' !== $text ? $text : wp_strip_all_tags( $body ) ) : $body,
		'html'    => $is_html ? $body : '',
		'headers' => array_values( array_map( 'strval', (array) $headers ) ),
	);
}

/**
 * PHPMailer as wp_mail() would have prepared it, so that whoever uses its hooks (for the plain text, say) is heard.
 *
 * @param string $body    The message.
 * @param string $headers One a line.
 */
function prepared_mailer( string $body, string $headers ): PHPMailer {
	require_once ABSPATH . WPINC . '/PHPMailer/PHPMailer.php';
	require_once ABSPATH . WPINC . '/PHPMailer/SMTP.php';
	require_once ABSPATH . WPINC . '/PHPMailer/Exception.php';
	$mailer = new PHPMailer( true );
	$type   = preg_match( '#^content-type:\s*([^;\s]+)#im', $headers, $found ) ? strtolower( $found[1] ) : 'text/plain';
	// phpcs:disable WordPress.NamingConventions.ValidVariableName -- PHPMailer's names.
	$mailer->ContentType = (string) apply_filters( 'wp_mail_content_type', $type );
	$mailer->Body        = $body;
	// phpcs:enable
	do_action_ref_array( 'phpmailer_init', array( &$mailer ) );
	return $mailer;
}
