<?php
/**
 * Messages of the channel, checked.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Rest\Contract;
use SellMyImages\Rest\RestError;
use WP_Error;
use WP_REST_Request;

/**
 * Reads a JSON body against its contract. After the signature, not before: strangers learn nothing of its form.
 */
final class Bodies {

	/**
	 * The message of a request.
	 *
	 * @param WP_REST_Request $request  The request.
	 * @param string          $contract Name of the contract.
	 * @return array<string,mixed>|WP_Error 400 naming the parameter.
	 */
	public static function read( WP_REST_Request $request, string $contract ): array|WP_Error {
		$message = json_decode( (string) $request->get_body(), true );
		if ( ! is_array( $message ) ) {
			return RestError::invalid( array( 'body' => __( 'The body is not a JSON object.', 'sell-my-images' ) ) );
		}
		return self::check( $message, $contract );
	}

	/**
	 * Checks a decoded message.
	 *
	 * @param array<string,mixed> $message  The message.
	 * @param string              $contract Name of the contract.
	 * @return array<string,mixed>|WP_Error
	 */
	public static function check( array $message, string $contract ): array|WP_Error {
		$schema = Contract::load( $contract );
		foreach ( (array) ( $schema['properties'] ?? array() ) as $name => $property ) {
			$is_missing = ! array_key_exists( $name, $message );
			if ( $is_missing && in_array( $name, (array) ( $schema['required'] ?? array() ), true ) ) {
				/* translators: %s: name of a field. */
				return RestError::invalid( array( (string) $name => sprintf( __( '%s is missing.', 'sell-my-images' ), $name ) ) );
			}
			$wrong = $is_missing ? null : self::fault( $message[ $name ], $property, (string) $name );
			if ( null !== $wrong ) {
				return RestError::invalid( array( (string) $name => $wrong ) );
			}
		}
		return $message;
	}

	/**
	 * What is wrong with a value, or null.
	 *
	 * WordPress takes "" and false for an empty list and "" for an empty object, which suits the query of a URL; a message in JSON has to
	 * be exact.
	 *
	 * @param mixed               $value  The value.
	 * @param array<string,mixed> $schema Its schema.
	 * @param string              $name   Its place.
	 */
	private static function fault( mixed $value, array $schema, string $name ): ?string {
		$place = self::misplaced( $value, $schema, $name );
		if ( null !== $place ) {
			/* translators: %s: place of a value in a message, such as reports[0].snapshot. */
			return sprintf( __( '%s is not of the type that the message needs.', 'sell-my-images' ), $place );
		}
		$valid = rest_validate_value_from_schema( $value, $schema, $name );
		return is_wp_error( $valid ) ? $valid->get_error_message() : null;
	}

	/**
	 * The first place where something else stands than the list or the object that belongs there.
	 *
	 * @param mixed               $value  The value.
	 * @param array<string,mixed> $schema Its schema.
	 * @param string              $name   Its place.
	 */
	private static function misplaced( mixed $value, array $schema, string $name ): ?string {
		$types = (array) ( $schema['type'] ?? array() );
		if ( ! is_array( $value ) ) {
			return array() === array_diff( $types, array( 'array', 'object' ) )
				&& array() !== $types
				|| ( '' === $value && ! in_array( 'string', $types, true ) )
				? $name
				: null;
		}
		foreach ( $value as $key => $item ) {
			$inner = is_int( $key ) ? $schema['items'] ?? null : $schema['properties'][ $key ] ?? null;
			$found = is_array( $inner ) ? self::misplaced( $item, $inner, is_int( $key ) ? "{$name}[$key]" : "$name.$key" ) : null;
			if ( null !== $found ) {
				return $found;
			}
		}
		return null;
	}
}
