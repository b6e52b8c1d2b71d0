<?php
/**
 * The contracts of the REST API.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

/**
 * Reads plugin/contracts/*.schema.json and makes them what WordPress understands: references put in, `extends` merged.
 */
final class Contract {

	/** @var array<string,array<string,mixed>> */
	private static array $loaded = array();

	/**
	 * @param string $name File name without .schema.json.
	 * @return array<string,mixed> A schema in WordPress's subset.
	 * @throws \LogicException When there is no such contract.
	 */
	public static function load( string $name ): array {
		if ( ! isset( self::$loaded[ $name ] ) ) {
			$file = dirname( __DIR__ ) . "/contracts/$name.schema.json";
			// phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file of the plugin.
			$json = is_readable( $file ) ? json_decode( (string) file_get_contents( $file ), true ) : null;
			if ( ! is_array( $json ) ) {
				throw new \LogicException( "No such contract: $name" );
			}
			self::$loaded[ $name ] = self::merged( self::resolved( $json ) );
		}

		return self::$loaded[ $name ];
	}

	/**
	 * The properties of a contract as `args` of a route: validated and sanitized by WordPress.
	 *
	 * @param string $name File name without .schema.json.
	 * @return array<string,array<string,mixed>>
	 */
	public static function args( string $name ): array {
		$schema   = self::load( $name );
		$required = $schema['required'] ?? array();
		$args     = array();
		foreach ( $schema['properties'] ?? array() as $property => $rules ) {
			$args[ $property ] = array(
				'required'          => in_array( $property, $required, true ),
				// Not rest_validate_request_arg: it would take the route's `required` for that of an object's properties.
				'validate_callback' => static fn(
					mixed $value,
					\WP_REST_Request $request,
					string $param
				): mixed => rest_validate_value_from_schema( $value, $rules, $param ),
				'sanitize_callback' => static fn(
					mixed $value,
					\WP_REST_Request $request,
					string $param
				): mixed => rest_sanitize_value_from_schema( $value, $rules, $param ),
			) + $rules;
		}

		return $args;
	}

	/**
	 * @param array<mixed> $node Part of a schema.
	 * @return array<mixed>
	 */
	private static function resolved( array $node ): array {
		if ( isset( $node['$ref'] ) && is_string( $node['$ref'] ) ) {
			$target = self::load( basename( $node['$ref'], '.schema.json' ) );
			unset( $node['$ref'], $target['$schema'], $target['title'] );

			return $node + $target;
		}
		foreach ( $node as $key => $value ) {
			if ( is_array( $value ) ) {
				$node[ $key ] = self::resolved( $value );
			}
		}

		return $node;
	}

	/**
	 * @param array<string,mixed> $schema With references put in.
	 * @return array<string,mixed>
	 */
	private static function merged( array $schema ): array {
		$base = $schema['extends'] ?? null;
		unset( $schema['extends'] );
		if ( is_array( $base ) ) {
			$schema['properties'] = ( $base['properties'] ?? array() ) + ( $schema['properties'] ?? array() );
			$schema['required']   = array_values(
				array_unique( array_merge( $base['required'] ?? array(), $schema['required'] ?? array() ) )
			);
		}

		return $schema;
	}
}
