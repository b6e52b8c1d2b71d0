<?php
/**
 * Makes a service when it is needed first.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

/**
 * Most requests of a site are none of ours, and need none of our files. So a service is made, and hooks in by its own register(), only when
 * the first of the hooks it waits for is fired. WordPress runs what is added to a hook at a later priority while that hook runs.
 */
final class Later {

	/**
	 * @param array<string,\Closure|null> $hooks    Hook => whether it is about us this time, by the hook's own arguments; null: always.
	 * @param \Closure(): void            $register Makes the service and registers it.
	 */
	public static function register( array $hooks, \Closure $register ): void {
		$first = array();
		foreach ( $hooks as $hook => $is_ours ) {
			$first[ $hook ] = static function ( mixed $value = null, mixed ...$rest ) use ( &$first, $is_ours, $register ): mixed {
				if ( null === $is_ours || $is_ours( $value, ...$rest ) ) {
					$register();
					// After it: a hook that nobody waits for any more ends at once. And no flag: whoever puts hooks back as they
					// were wants the service to come again.
					array_walk(
						$first,
						static fn( \Closure $callback, string $hook ): bool => remove_filter( $hook, $callback, PHP_INT_MIN )
					);
				}
				return $value;
			};
			add_filter( $hook, $first[ $hook ], PHP_INT_MIN, 10 );
		}
	}
}
