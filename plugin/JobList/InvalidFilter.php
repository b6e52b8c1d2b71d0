<?php
/**
 * A filter that cannot be understood.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList;

/**
 * Names the parameter, so that the REST API can.
 */
final class InvalidFilter extends \InvalidArgumentException {

	/**
	 * @param string $parameter Of the request.
	 * @param string $message   What is wrong, in words.
	 */
	public function __construct( public readonly string $parameter, string $message ) {
		parent::__construct( $message );
	}
}
