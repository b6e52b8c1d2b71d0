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

	/** That the column begins with the text, taken literally. */
	public static function starts( string $column, string $text ): self {
		// As wpdb::esc_like(), without a database at hand.
		return new self( "$column LIKE %s", addcslashes( $text, '_%\\' ) . '%' );
	}
}
