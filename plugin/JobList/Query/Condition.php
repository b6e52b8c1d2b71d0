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
 *
 * To the collation of a table "jose" and "josé" are one, so that a text is found by its index first and then compared letter by letter, but
 * for upper and lower case.
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

	/** That the column is this text. */
	public static function is( string $column, string $text ): self {
		return new self( "$column = %s AND HEX(LOWER($column)) = %s", $text, self::letters( $text ) );
	}

	/** That the column begins with this text, taken literally. */
	public static function starts( string $column, string $text ): self {
		// As wpdb::esc_like(), without a database at hand.
		$like = addcslashes( $text, '_%\\' ) . '%';

		return new self( "$column LIKE %s AND HEX(LOWER(SUBSTR($column, 1, %d))) = %s", $like, mb_strlen( $text ), self::letters( $text ) );
	}

	private static function letters( string $text ): string {
		return strtoupper( bin2hex( mb_strtolower( $text ) ) );
	}
}
