<?php
/**
 * What became of a command.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

use SellMyImages\Support\Fields;
use SellMyImages\Support\Redaction;

/**
 * A bridge's report about one leased command; the contract is report.schema.json.
 *
 * Outcome: `ok` (done), `refused` (a definite no), `snapshot` (the fetched truth), `retry` (no definite answer).
 */
final class Report {

	/**
	 * @param string            $id            The report's own id, repeated in the answer.
	 * @param string            $command       UUID of the command.
	 * @param int               $lease_no      The lease it was done under.
	 * @param string            $outcome       ok|refused|snapshot|retry.
	 * @param ProviderIds       $provider_ids  What was made.
	 * @param string|null       $error_code    not_sent, rate_limited, refused, blocked, unauthorized, no_answer …
	 * @param string|null       $error_message In words.
	 * @param int|null          $retry_in_ms   What the provider asked for (Retry-After).
	 * @param array<mixed>|null $snapshot      The fetched truth; its `type` says of what.
	 */
	private function __construct(
		public readonly string $id,
		public readonly string $command,
		public readonly int $lease_no,
		public readonly string $outcome,
		public readonly ProviderIds $provider_ids,
		public readonly ?string $error_code,
		public readonly ?string $error_message,
		public readonly ?int $retry_in_ms,
		private readonly ?array $snapshot,
	) {}

	/**
	 * The report of a validated message.
	 *
	 * @param array<string,mixed> $message As report.schema.json has it.
	 */
	public static function from_array( array $message ): self {
		$fields  = new Fields( Redaction::message( $message ) );
		$error   = new Fields( $fields->part( 'error' ) ?? array() );
		$seconds = $error->number_or_null( 'retry_after_s' );
		return new self(
			$fields->text( 'id' ),
			$fields->text( 'command' ),
			$fields->number( 'lease_no' ),
			$fields->text( 'outcome' ),
			ProviderIds::from_array( $fields->part( 'provider_ids' ) ?? array() ),
			$error->text_or_null( 'code' ),
			$error->text_or_null( 'message' ),
			null === $seconds ? null : 1000 * $seconds,
			$fields->part( 'snapshot' ),
		);
	}

	/**
	 * The fetched truth, to be read once, by the class that its type belongs to.
	 *
	 * @param string $type payment, attempt, resolve or reconcile.
	 * @return array<mixed>|null Null: the report brings none, or one of something else.
	 */
	public function snapshot( string $type ): ?array {
		return ( $this->snapshot['type'] ?? '' ) === $type ? $this->snapshot : null;
	}
}
