<?php
/**
 * What the callbacks of a filter may give.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * As lenient as PHP's own casts where they mean something: 1 for true, '5' for 5. Null is what a forgotten `return` gives, and no value.
 */
final class FilteredType {

	/**
	 * @param bool|int|string|object|array<mixed> $value The unfiltered value.
	 * @param (\Closure(mixed): mixed)|null       $read  See Listeners::filter_by_rule(); null: any value of the type will do.
	 */
	public function __construct( private readonly bool|int|string|object|array $value, private readonly ?\Closure $read = null ) {
	}

	/**
	 * What the next callback gets.
	 *
	 * @param mixed $given By a callback.
	 * @throws \Throwable Where it cannot be such a value: why, for the callback's author.
	 */
	public function read( mixed $given ): mixed {
		if ( null !== $this->read ) {
			return ( $this->read )( $given );
		}

		return $this->fits( $given ) ? $given : throw new \UnexpectedValueException( 'It returned ' . get_debug_type( $given ) . '.' );
	}

	private function fits( mixed $given ): bool {
		return match ( true ) {
			is_array( $this->value ) => is_array( $given ) || is_string( $given ),
			is_int( $this->value ) => is_numeric( $given ),
			is_bool( $this->value ) => is_scalar( $given ),
			default => is_scalar( $given ) && ! is_bool( $given ) || $given instanceof \Stringable,
		};
	}

	/** @return bool|int|string|object|array<mixed> */
	public function cast( mixed $given ): bool|int|string|object|array {
		if ( ! $this->fits( $given ) ) {
			return $this->value;
		}

		return match ( true ) {
			is_array( $this->value ) => (array) $given,
			is_int( $this->value ) => (int) $given,
			is_bool( $this->value ) => (bool) $given,
			default => (string) $given,
		};
	}
}
