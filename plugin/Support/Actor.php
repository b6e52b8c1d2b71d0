<?php
/**
 * Who does what is being done.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * For the jobs' event log: user:ID, bridge, system, buyer, hook or cli.
 */
final class Actor {

	private static ?string $current = null;

	public static function current(): string {
		if ( null !== self::$current ) {
			return self::$current;
		}
		$user = function_exists( 'get_current_user_id' ) ? get_current_user_id() : 0;
		if ( $user > 0 ) {
			return "user:$user";
		}

		return defined( 'WP_CLI' ) && WP_CLI ? 'cli' : 'system';
	}

	/**
	 * @template T
	 * @param string        $actor Who.
	 * @param callable(): T $work  What.
	 * @return T
	 */
	public static function during( string $actor, callable $work ): mixed {
		$before        = self::$current;
		self::$current = $actor;
		try {
			return $work();
		} finally {
			self::$current = $before;
		}
	}
}
