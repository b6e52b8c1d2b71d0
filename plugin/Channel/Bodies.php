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
			$valid = $is_missing ? true : rest_validate_value_from_schema( $message[ $name ], $property, (string) $name );
			if ( is_wp_error( $valid ) ) {
				return RestError::invalid( array( (string) $name => $valid->get_error_message() ) );
			}
		}
		return $message;
	}
}
