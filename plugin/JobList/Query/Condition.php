<?php
/**
 * A piece of WHERE.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Query;

/**
 * SQL with its arguments.
 */
final class Condition {

	/** @var list<mixed> */
	public readonly array $args;

	/**
	 * @param string $sql     With placeholders of Connection.
	 * @param mixed  ...$args Arguments.
	 */
	public function __construct( public readonly string $sql, mixed ...$args ) {
		$this->args = array_values( $args );
	}
}
