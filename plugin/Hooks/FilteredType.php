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

	/** @param bool|int|string|array<mixed> $value The unfiltered value. */
	public function __construct( private readonly bool|int|string|array $value ) {
	}

	public function fits( mixed $given ): bool {
		return match ( true ) {
			is_array( $this->value ) => is_array( $given ) || is_string( $given ),
			is_int( $this->value ) => is_numeric( $given ),
			is_bool( $this->value ) => is_scalar( $given ),
			default => is_scalar( $given ) && ! is_bool( $given ) || $given instanceof \Stringable,
		};
	}

	/** @return bool|int|string|array<mixed> */
	public function cast( mixed $given ): bool|int|string|array {
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
