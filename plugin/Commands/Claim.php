<?php
/**
 * What a handler says when a command is about to be handed out.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * Hand it out, close it, or look again later.
 */
final class Claim {

	/**
	 * Use give(), close() or later().
	 *
	 * @param string              $verdict give|close|later.
	 * @param array<string,mixed> $payload What the bridge needs to do it; only with give.
	 * @param string              $why     Why it was closed.
	 * @param int                 $seconds When to look again, with later; how long the lease is, with give (0: as usual).
	 */
	private function __construct(
		public readonly string $verdict,
		public readonly array $payload = array(),
		public readonly string $why = '',
		public readonly int $seconds = 0,
	) {}

	/**
	 * Hand the command out.
	 *
	 * @param array<string,mixed> $payload As the contract `command-{kind}` has it.
	 * @param int                 $seconds How long the lease is; 0: as usual. Short where the bridge keeps what it did anyway.
	 */
	public static function give( array $payload, int $seconds = 0 ): self {
		return new self( 'give', $payload, '', $seconds );
	}

	/**
	 * There is nothing (more) to do: close the command.
	 *
	 * @param string $why For the log.
	 */
	public static function close( string $why ): self {
		return new self( 'close', array(), $why );
	}

	/**
	 * Not now: due again in so many seconds.
	 *
	 * @param int $seconds From now.
	 */
	public static function later( int $seconds ): self {
		return new self( 'later', array(), '', max( 1, $seconds ) );
	}
}
