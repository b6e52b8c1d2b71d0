<?php
/**
 * What all public routes share.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\RateLimitedException;
use SellMyImages\Rest\ThrownErrors;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Routes for buyers: no login, no nonce (cached pages hold dead ones), limited, kept away from page caches.
 */
abstract class PublicRoute extends Controller {

	public function __construct( protected readonly RateLimiter $limits ) {}

	/**
	 * What can be asked: for the REST API, and for the side door where that is closed.
	 *
	 * @return array<string,array{methods:string,callback:callable,args?:array<string,array<string,mixed>>,schema?:string}> Pattern =>
	 *   answer.
	 */
	abstract public function endpoints(): array;

	/**
	 * Adds the routes; called on `rest_api_init`.
	 */
	public function routes(): void {
		foreach ( $this->endpoints() as $pattern => $endpoint ) {
			$schema = $endpoint['schema'] ?? null;
			unset( $endpoint['schema'] );
			$route = array( $endpoint + array( 'permission_callback' => '__return_true' ) );
			if ( null !== $schema ) {
				$route['schema'] = self::schema( $schema );
			}
			register_rest_route( self::NAMESPACE, $pattern, $route );
		}
	}

	/**
	 * Runs an answer under limits, and marks it as nobody's to keep.
	 *
	 * @param list<string> $limits Names of limits.
	 * @param callable     $answer Gives data, a response or an error.
	 */
	protected function guarded( array $limits, callable $answer ): WP_REST_Response {
		try {
			foreach ( $limits as $limit ) {
				$this->limits->take( $limit );
			}
			$result = $answer();
		} catch ( RateLimitedException | DatabaseError $thrown ) {
			$result = ThrownErrors::error( $thrown );
		}
		$response = $result instanceof WP_Error ? rest_convert_error_to_response( $result ) : rest_ensure_response( $result );
		$retry    = $result instanceof WP_Error ? (int) ( $result->get_error_data()['retry_after'] ?? 0 ) : 0;
		if ( $retry > 0 ) {
			$response->header( 'Retry-After', (string) $retry );
		}
		$this->never_keep( $response );
		return $response;
	}

	/**
	 * Tells caches of every kind to leave the answer alone.
	 */
	protected function never_keep( WP_REST_Response $response ): void {
		if ( ! defined( 'DONOTCACHEPAGE' ) ) {
			define( 'DONOTCACHEPAGE', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
		}
		$response->header( 'Cache-Control', 'private, no-store, max-age=0' );
		$response->header( 'Vary', 'Accept' );
		$response->header( 'X-Robots-Tag', 'noindex' );
	}

	/**
	 * An error in the one envelope.
	 *
	 * @param array<string,mixed> $data More for programs.
	 */
	protected function error( string $code, string $message, int $status, array $data = array() ): WP_Error {
		return new WP_Error( $code, $message, array( 'status' => $status ) + $data );
	}

	/**
	 * Arguments that most routes take.
	 *
	 * @return array<string,array<string,mixed>>
	 */
	protected function picture_args(): array {
		$id = array(
			'type'     => 'integer',
			'minimum'  => 1,
			'required' => true,
		);
		return array(
			'attachment_id' => $id + array( 'description' => 'The picture.' ),
			'post_id'       => $id + array( 'description' => 'The published post that shows it.' ),
		);
	}

	/**
	 * Nobody buys what is not there.
	 */
	protected function unknown_picture(): WP_Error {
		return $this->error( ErrorCode::PICTURE_NOT_FOUND, __( 'This picture is not for sale here.', 'sell-my-images' ), 404 );
	}

	/**
	 * A number from a request.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	protected function number( WP_REST_Request $request, string $name ): int {
		return (int) $request->get_param( $name );
	}
}
