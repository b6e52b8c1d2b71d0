<?php
/**
 * Somebody asks too often.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

/**
 * Says how long to wait.
 */
final class RateLimitedException extends \RuntimeException {

	/**
	 * @param int $retry_after Seconds until the limit starts anew.
	 */
	public function __construct( public readonly int $retry_after ) {
		parent::__construct( 'Too many requests.' );
	}
}
