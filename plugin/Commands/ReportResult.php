<?php
/**
 * What WordPress made of a report.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * A handler's verdict about a report.
 */
final class ReportResult {

	/**
	 * @param string      $answer   applied|unchanged|rejected|retry. `retry` releases the lease and makes the row due.
	 * @param string|null $code     A short word saying why, for the bridge's log.
	 * @param int|null    $again_in Null finishes the command; n keeps it open, due in n seconds.
	 */
	public function __construct(
		public readonly string $answer,
		public readonly ?string $code = null,
		public readonly ?int $again_in = null,
	) {}

	/**
	 * Applied and finished.
	 */
	public static function applied(): self {
		return new self( 'applied' );
	}

	/**
	 * Nothing new in it; finished.
	 */
	public static function unchanged(): self {
		return new self( 'unchanged' );
	}

	/**
	 * Never acceptable; finished, so that it is not sent again.
	 *
	 * @param string $code Why.
	 */
	public static function rejected( string $code ): self {
		return new self( 'rejected', $code );
	}
}
