<?php
/**
 * How an action is to be done.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Actions;

final class ActionRequest {

	public const REST  = 'rest';
	public const BATCH = 'batch';

	/**
	 * @param array<string,mixed> $params          Of the route's contract, or of batch-params.schema.json.
	 * @param string|null         $idempotency_key Under which it is done once with this job.
	 * @param string              $source          rest or batch, for the log.
	 * @param int|null            $version         The version of the job that the owner saw; null for any.
	 * @param int|null            $amount_minor    Minor units that the dry run said of this job.
	 */
	public function __construct(
		public readonly array $params = array(),
		public readonly ?string $idempotency_key = null,
		public readonly string $source = self::REST,
		public readonly ?int $version = null,
		public readonly ?int $amount_minor = null
	) {
	}

	/** Among many: a sentence must not name what differs from job to job. */
	public function is_batch(): bool {
		return self::BATCH === $this->source;
	}

	public function has( string $name ): bool {
		return isset( $this->params[ $name ] );
	}

	public function flag( string $name ): bool {
		return ! empty( $this->params[ $name ] );
	}

	/** Null where it was not sent. */
	public function text( string $name ): ?string {
		return is_scalar( $this->params[ $name ] ?? null ) ? (string) $this->params[ $name ] : null;
	}

	/** @param string $key Where the caller gave none. */
	public function with_key( string $key ): self {
		return new self( $this->params, $this->idempotency_key ?? $key, $this->source, $this->version, $this->amount_minor );
	}

	public function with_amount( ?int $minor ): self {
		return new self( $this->params, $this->idempotency_key, $this->source, $this->version, $minor );
	}
}
