<?php
/**
 * Answers that are no JSON.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

/**
 * A route answers with headers as usual, and what is behind them is streamed in place of JSON, by WordPress's own filter for that. A route
 * that is called from within, as by `_embed` or a batch, so never sends anything.
 */
final class StreamedAnswers {

	/** @var \WeakMap<WP_REST_Response,\Closure(WP_REST_Server,bool):void> What sends the rest. */
	private \WeakMap $streams;

	public function __construct() {
		$this->streams = new \WeakMap();
	}

	public function register(): void {
		add_filter( 'rest_pre_serve_request', array( $this, 'serve' ), 20, 4 );
	}

	/**
	 * @param array<string,string>                $headers Of the answer.
	 * @param \Closure(WP_REST_Server,bool): void $send    Sends what WordPress has not: more headers, and the content unless it is false.
	 */
	public function answer( int $status, array $headers, \Closure $send ): WP_REST_Response {
		$response = new WP_REST_Response( array(), $status );
		$response->set_headers( $headers );
		$this->streams[ $response ] = $send;

		return $response;
	}

	/**
	 * @param bool|mixed                           $served  Whether somebody already answered.
	 * @param mixed                                $result  The response.
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 * @param WP_REST_Server                       $server  The server.
	 */
	public function serve( mixed $served, mixed $result, WP_REST_Request $request, WP_REST_Server $server ): mixed {
		$send = ! $served && $result instanceof WP_REST_Response ? $this->streams[ $result ] ?? null : null;
		if ( null === $send ) {
			return $served;
		}
		$send( $server, 'HEAD' !== $request->get_method() );

		return true;
	}
}
