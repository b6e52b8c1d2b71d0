<?php
/**
 * One making of a job's file.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upscaling;

use SellMyImages\Files\ResultFiles;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\ReasonWords;
use SellMyImages\Support\Args;
use SellMyImages\Support\Money;
use SellMyImages\Support\Times;
use SellMyImages\Support\WebAddress;

/**
 * A row of smi_attempts, as it was read.
 */
final class Attempt {

	public const QUEUED     = 'queued';
	public const SENT       = 'sent';
	public const UNKNOWN    = 'unknown';
	public const RUNNING    = 'running';
	public const SUCCEEDED  = 'succeeded';
	public const FAILED     = 'failed';
	public const SUPERSEDED = 'superseded';

	/** States in which the attempt may still bring a file that counts. */
	public const LIVE = array( self::QUEUED, self::SENT, self::UNKNOWN, self::RUNNING );

	/**
	 * @param array<string,string|null> $row The row, as the database gave it.
	 */
	public function __construct( private readonly array $row ) {
	}

	/**
	 * The one that the job's state comes from.
	 *
	 * @param list<self> $attempts All of the job's.
	 */
	public static function current( Job $job, array $attempts ): ?self {
		foreach ( $attempts as $attempt ) {
			if ( $attempt->uuid() === $job->current_attempt ) {
				return $attempt;
			}
		}

		return null;
	}

	public function id(): int {
		return (int) $this->row['id'];
	}

	public function uuid(): string {
		return (string) $this->row['uuid'];
	}

	public function job_id(): string {
		return (string) $this->row['job_id'];
	}

	public function provider(): string {
		return (string) $this->row['provider'];
	}

	public function is_local(): bool {
		return 'local' === $this->row['provider'];
	}

	public function state(): string {
		return (string) $this->row['state'];
	}

	public function is_live(): bool {
		return in_array( $this->state(), self::LIVE, true );
	}

	public function provider_id(): ?string {
		return $this->text( 'provider_id' );
	}

	public function factor(): int {
		return (int) $this->row['factor'];
	}

	/** Where the picture is fetched from, in ASCII. */
	public function source_url(): string {
		return WebAddress::ascii( (string) $this->row['source_url'] ) ?? (string) $this->row['source_url'];
	}

	public function retry_no(): int {
		return (int) $this->row['retry_no'];
	}

	/** Whether the job kept a good file while this attempt ran. */
	public function keeps_file(): bool {
		return 1 === (int) $this->row['keeps_file'];
	}

	public function is_override(): bool {
		return 1 === (int) $this->row['is_override'];
	}

	/** Whether it was begun under this lease with this word, or given back so. */
	public function is_turn( int $lease_no, string $turn ): bool {
		return $turn === $this->text( 'turn' ) && $lease_no === $this->number( 'turn_lease' );
	}

	/** Why it failed: a code of FailureReason; in rows of earlier versions a code, a colon and words. */
	public function error(): ?string {
		return $this->text( 'error' );
	}

	/** @return array<string,mixed> What belongs to that code. */
	public function error_args(): array {
		return Args::of( $this->text( 'error_args' ) );
	}

	/** The code, a colon, and a sentence for the reader: the shape that `error` has always had. */
	private function error_words(): ?string {
		$code = ReasonWords::code( $this->error() );

		return null === $code ? $this->error() : "$code: " . ReasonWords::sentence( $code, $this->error_args() );
	}

	public function created_at(): string {
		return (string) $this->row['created_at'];
	}

	/** When its submit began; UTC. Null while it was not sent. */
	public function sent_at(): ?string {
		return $this->text( 'sent_at' );
	}

	/** When the upscaler was asked, or the local resize began; UTC. */
	public function began_at(): string {
		return $this->text( 'sent_at' ) ?? $this->text( 'started_at' ) ?? $this->created_at();
	}

	/** Its place, as the row holds it; null when no file was stored. */
	public function file_path(): ?string {
		return $this->text( 'file_path' );
	}

	/** Whether its file is on disk. */
	public function has_file(): bool {
		return is_file( (string) ResultFiles::locate( $this->file_path() ) );
	}

	public function file_bytes(): ?int {
		return $this->number( 'file_bytes' );
	}

	public function file_width(): ?int {
		return $this->number( 'file_width' );
	}

	public function file_height(): ?int {
		return $this->number( 'file_height' );
	}

	public function file_mime(): ?string {
		return $this->text( 'file_mime' );
	}

	public function credits(): ?int {
		return $this->number( 'credits' );
	}

	public function cost(): ?string {
		return $this->text( 'cost' );
	}

	/** Of the cost; null for attempts of earlier versions, whose cost was taken for the job's currency. */
	public function cost_currency(): ?string {
		return $this->text( 'cost_currency' );
	}

	/**
	 * @param string|null $current_attempt The UUID that the job points at.
	 * @return array<string,mixed> The shape of attempt.schema.json.
	 */
	public function to_rest( ?string $current_attempt ): array {
		return array(
			'uuid'             => $this->uuid(),
			'provider'         => $this->provider(),
			'state'            => $this->state(),
			'provider_id'      => $this->provider_id(),
			'factor'           => $this->number( 'factor' ),
			'credits'          => $this->credits(),
			'may_cost_credits' => (int) $this->row['may_cost_credits'],
			'cost'             => Money::plain( $this->cost(), 4 ),
			'cost_currency'    => $this->cost_currency(),
			'error'            => $this->error_words(),
			'error_code'       => ReasonWords::code( $this->error() ),
			'is_override'      => $this->is_override(),
			'is_current'       => $this->uuid() === $current_attempt,
			'has_result'       => null !== $this->file_path(),
			'created_at'       => (string) Times::iso( $this->created_at() ),
			'sent_at'          => Times::iso( $this->text( 'sent_at' ) ?? $this->text( 'started_at' ) ),
			'ended_at'         => Times::iso( $this->text( 'ended_at' ) ),
		);
	}

	private function text( string $column ): ?string {
		$value = $this->row[ $column ] ?? null;

		return null === $value || '' === $value ? null : (string) $value;
	}

	private function number( string $column ): ?int {
		$value = $this->row[ $column ] ?? null;

		return null === $value ? null : (int) $value;
	}
}
