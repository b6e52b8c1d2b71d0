<?php
/**
 * What has to be known before a transaction begins.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Database;

/**
 * Settings, salts, the uploads folder: WordPress's answers pass through filters, which must not run inside a transaction. So they are asked
 * for before each (Wiring\CoreServices::transaction()), and while it is open the answer is remembered.
 */
final class Beforehand {

	/** @var array<string,mixed> Site of a network and question => answer. */
	private static array $answers = array();

	/**
	 * @template T
	 * @param string        $key      Names the question.
	 * @param callable(): T $question Asks WordPress.
	 * @return T
	 */
	public static function ask( string $key, callable $question ): mixed {
		$key = get_current_blog_id() . ":$key";
		if ( Transaction::is_any_open() && array_key_exists( $key, self::$answers ) ) {
			return self::$answers[ $key ];
		}

		self::$answers[ $key ] = $question();

		return self::$answers[ $key ];
	}
}
