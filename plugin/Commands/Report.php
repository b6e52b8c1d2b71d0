<?php
/**
 * What became of a command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Support\Redaction;

/**
 * A bridge's report about one leased command; the contract is report.schema.json.
 *
 * Outcome: `ok` (done), `refused` (a definite no), `snapshot` (the fetched truth), `retry` (no definite answer).
 */
final class Report {

	/**
	 * Use from_array() for what arrives over HTTP.
	 *
	 * @param string                   $id            The report's own id, repeated in the answer.
	 * @param string                   $outcome       ok|refused|snapshot|retry.
	 * @param array<string,string>     $provider_ids  session, session_url, payment_intent, refund, upsampler.
	 * @param string|null              $error_code    not_sent, refused, blocked, unauthorized, no_answer …
	 * @param string|null              $error_message In words.
	 * @param int|null                 $retry_in_ms   What the provider asked for (Retry-After).
	 * @param array<string,mixed>|null $snapshot      The fetched truth; its `type` says of what.
	 * @param int|null                 $error_status  The provider's HTTP status.
	 * @param string                   $command       UUID of the command.
	 * @param int                      $lease_no      The lease it was done under.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $outcome,
		public readonly array $provider_ids = array(),
		public readonly ?string $error_code = null,
		public readonly ?string $error_message = null,
		public readonly ?int $retry_in_ms = null,
		public readonly ?array $snapshot = null,
		public readonly ?int $error_status = null,
		public readonly string $command = '',
		public readonly int $lease_no = 0,
	) {}

	/**
	 * The report of a validated message.
	 *
	 * @param array<string,mixed> $message As report.schema.json has it.
	 */
	public static function from_array( array $message ): self {
		$message = Redaction::message( $message );
		$error   = (array) ( $message['error'] ?? array() );
		return new self(
			(string) $message['id'],
			(string) $message['outcome'],
			array_map( 'strval', (array) ( $message['provider_ids'] ?? array() ) ),
			isset( $error['code'] ) ? (string) $error['code'] : null,
			isset( $error['message'] ) ? (string) $error['message'] : null,
			isset( $error['retry_after_s'] ) ? 1000 * (int) $error['retry_after_s'] : null,
			isset( $message['snapshot'] ) ? (array) $message['snapshot'] : null,
			isset( $error['status'] ) ? (int) $error['status'] : null,
			(string) $message['command'],
			(int) $message['lease_no'],
		);
	}
}
