<?php
/**
 * Stands in a callback's place while WordPress goes through a hook.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

final class Guard {

	/**
	 * @param GuardedCalls                         $calls    Whose guard it is.
	 * @param array{function:mixed,accepted_args:int} $callback As WordPress keeps it.
	 * @param bool                                 $is_all   Whether it listens to all hooks.
	 */
	public function __construct( private readonly GuardedCalls $calls, public readonly array $callback, private readonly bool $is_all ) {
	}

	/** @param mixed ...$args All of the hook's. */
	public function __invoke( mixed ...$args ): mixed {
		return $this->calls->call( $this->callback, array_values( $args ), $this->is_all );
	}
}
