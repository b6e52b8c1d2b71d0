<?php
/**
 * What every JSON body has to be.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use WP_REST_Request;

/**
 * WordPress checks no parameter that is null, and then makes "" or 0 of it; and it takes a JSON body that is a text for a list of
 * parameters. So both are refused here, once for every route: null unless the contract names it.
 */
final class BodyRules {

	private const OURS = '/smi/v1';

	public function register(): void {
		add_filter( 'rest_pre_dispatch', array( $this, 'refuse_what_is_no_object' ), 10, 3 );
		add_filter( 'rest_endpoints', array( $this, 'add_to_endpoints' ) );
	}

	/**
	 * @param mixed                                $result  An answer, if another plugin has one.
	 * @param \WP_REST_Server                      $server  The server.
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function refuse_what_is_no_object( mixed $result, \WP_REST_Server $server, WP_REST_Request $request ): mixed {
		if ( null !== $result || ! str_starts_with( $request->get_route(), self::OURS . '/' ) || ! $request->is_json_content_type() ) {
			return $result;
		}
		$body = json_decode( $request->get_body() );

		return null === $body || is_object( $body ) || array() === $body
			? $result
			: RestError::invalid( array( 'body' => __( 'The body is not a JSON object.', 'sell-my-images' ) ) );
	}

	/**
	 * @param array<string,mixed> $endpoints Route => its handlers and options.
	 * @return array<string,mixed>
	 */
	public function add_to_endpoints( array $endpoints ): array {
		foreach ( $endpoints as $route => $handlers ) {
			if ( ! str_starts_with( $route, self::OURS . '/' ) || ! is_array( $handlers ) ) {
				continue;
			}
			foreach ( array_filter( array_keys( $handlers ), 'is_int' ) as $index ) {
				$endpoints[ $route ][ $index ]['validate_callback'] ??= array( $this, 'refuse_null' );
			}
		}

		return $endpoints;
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request, matched with its route. */
	public function refuse_null( WP_REST_Request $request ): bool|\WP_Error {
		$args  = (array) ( $request->get_attributes()['args'] ?? array() );
		$wrong = array();
		foreach ( (array) $request->get_json_params() as $name => $value ) {
			$types = (array) ( $args[ $name ]['type'] ?? array() );
			if ( null === $value && isset( $args[ $name ] ) && ! in_array( 'null', $types, true ) ) {
				$wrong[ $name ] = sprintf(
					/* translators: %s: name of a parameter. */
					__( '%s is null, which is not a value here. Leave it out, or give it one.', 'sell-my-images' ),
					$name
				);
			}
		}

		return array() === $wrong ? true : RestError::invalid( $wrong );
	}
}
