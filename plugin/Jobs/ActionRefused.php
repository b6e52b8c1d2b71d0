<?php
/**
 * An owner's action that cannot be done, in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * Carries the REST error: code, sentence, HTTP status and details.
 */
final class ActionRefused extends \RuntimeException {

	/**
	 * @param string              $error_code For example smi_job_refunded.
	 * @param string              $message    What happened, what was not lost, what to do next.
	 * @param int                 $status     HTTP status.
	 * @param array<string,mixed> $details    For programs.
	 */
	public function __construct(
		public readonly string $error_code,
		string $message,
		public readonly int $status = 409,
		public readonly array $details = array()
	) {
		parent::__construct( $message );
	}
}
