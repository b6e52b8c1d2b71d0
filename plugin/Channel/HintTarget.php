<?php
/**
 * What a hint is about.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Commands\CommandKind;

/**
 * Either a command to be wanted once more, or why the hint touches nothing.
 */
final class HintTarget {

	/**
	 * Use at() or nothing().
	 *
	 * @param CommandKind|null    $kind    The command's kind; null when rejected.
	 * @param string              $object  Its object.
	 * @param string|null         $job_id  The job it is about.
	 * @param array<string,mixed> $payload For a new command.
	 * @param string              $code    Why it was rejected.
	 */
	private function __construct(
		public readonly ?CommandKind $kind,
		public readonly string $object = '',
		public readonly ?string $job_id = null,
		public readonly array $payload = array(),
		public readonly string $code = '',
	) {}

	/**
	 * A command.
	 *
	 * @param CommandKind         $kind    Its kind.
	 * @param string              $target  Its object.
	 * @param string|null         $job_id  The job.
	 * @param array<string,mixed> $payload For a new command.
	 */
	public static function at( CommandKind $kind, string $target, ?string $job_id, array $payload = array() ): self {
		return new self( $kind, $target, $job_id, $payload );
	}

	/**
	 * Nothing of ours.
	 *
	 * @param string $code Why.
	 */
	public static function nothing( string $code ): self {
		return new self( null, '', null, array(), $code );
	}

	/** About a job of ours, and nothing new. */
	public static function known(): self {
		return new self( null );
	}
}
