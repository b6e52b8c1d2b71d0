<?php
/**
 * An owner's action that cannot be done, in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Errors;

/**
 * Carries the REST error: code, sentence, HTTP status and details.
 */
final class ActionRefused extends \RuntimeException {

	/**
	 * @param string              $error_code For example smi_job_refunded.
	 * @param string              $message    What happened, what was not lost, what to do next.
	 * @param int                 $status     HTTP status.
	 * @param array<string,mixed> $details    For programs.
	 * @param array<string,mixed> $args       Of RefusalWords, from which the sentence can be made again in another language.
	 */
	public function __construct(
		public readonly string $error_code,
		string $message,
		public readonly int $status = 409,
		public readonly array $details = array(),
		public readonly array $args = array()
	) {
		parent::__construct( $message );
	}

	/**
	 * One that RefusalWords has the sentence of.
	 *
	 * @param string              $error_code For example smi_job_refunded.
	 * @param array<string,mixed> $args       See RefusalWords::of().
	 * @param array<string,mixed> $details    For programs.
	 */
	public static function because( string $error_code, array $args = array(), int $status = 409, array $details = array() ): self {
		return new self( $error_code, RefusalWords::of( $error_code, $args ) ?? $error_code, $status, $details, $args );
	}
}
