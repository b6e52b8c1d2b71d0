<?php
/**
 * Who a callback is.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Hooks;

/**
 * For the owner, who knows plugins, and for its author, who knows functions.
 */
final class CallbackName {

	public function __construct( private readonly mixed $callback ) {
	}

	/** As `Some_Class::method`; a closure by its file and line. */
	public function text(): string {
		if ( is_string( $this->callback ) ) {
			return $this->callback;
		}
		if ( is_array( $this->callback ) ) {
			$class = is_object( $this->callback[0] ?? null ) ? get_class( $this->callback[0] ) : (string) ( $this->callback[0] ?? '' );

			return $this->short( $class ) . '::' . ( is_string( $this->callback[1] ?? null ) ? $this->callback[1] : '' );
		}
		$function = $this->function();
		if ( $this->callback instanceof \Closure && null !== $function ) {
			return basename( (string) $function->getFileName() ) . ':' . $function->getStartLine();
		}

		return is_object( $this->callback ) ? $this->short( get_class( $this->callback ) ) : get_debug_type( $this->callback );
	}

	/** Folder or file of the plugin it belongs to; else `theme`, or the name of its file; '' when nobody knows. */
	public function owner(): string {
		$file = wp_normalize_path( (string) ( $this->function()?->getFileName() ?: '' ) );
		if ( '' === $file ) {
			return '';
		}
		// Knows of linked plugins, and leaves a path outside as it is.
		$name = plugin_basename( $file );
		if ( trim( $file, '/' ) !== $name ) {
			return explode( '/', $name )[0];
		}

		return str_starts_with( $file, wp_normalize_path( get_theme_root() ) . '/' ) ? 'theme' : basename( $file );
	}

	/** A nameless class has its path in its name. */
	private function short( string $class_name ): string {
		return explode( "\0", $class_name )[0];
	}

	private function function(): ?\ReflectionFunctionAbstract {
		try {
			if ( is_array( $this->callback ) ) {
				return new \ReflectionMethod( $this->callback[0], (string) $this->callback[1] );
			}
			if ( is_object( $this->callback ) && ! $this->callback instanceof \Closure ) {
				return new \ReflectionMethod( $this->callback, '__invoke' );
			}
			if ( is_string( $this->callback ) && str_contains( $this->callback, '::' ) ) {
				return new \ReflectionMethod( ...explode( '::', $this->callback, 2 ) );
			}

			return is_string( $this->callback ) || $this->callback instanceof \Closure ? new \ReflectionFunction( $this->callback ) : null;
		} catch ( \Throwable ) {
			return null; // It is no callback at all; that may be what is wrong with it.
		}
	}
}
