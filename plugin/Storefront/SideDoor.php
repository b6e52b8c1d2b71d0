<?php
/**
 * The buyer's routes where the REST API is closed to visitors.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Downloads\DownloadController;
use SellMyImages\Links\SideAddress;
use SellMyImages\Rest\BodyRules;
use SellMyImages\Rest\CleanAnswer;
use SellMyImages\Rest\ThrownErrors;
use SellMyImages\Visitors\PublicRoute;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

/**
 * Some plugins answer every visitor's REST request with 401, and what was paid for could not be fetched any more. So the same answers are
 * given at the site's own address: `/?smi-api={route}`, which links to files say, and which the buyer's script
 * falls back to.
 */
final class SideDoor {

	/** @param \Closure(): list<PublicRoute> $routes Who answers. */
	public function __construct(
		private readonly DownloadController $downloads,
		private readonly \Closure $routes,
		private readonly BodyRules $rules
	) {}

	/**
	 * Hooks in. Before `template_redirect`, where sites in preparation or for members send visitors away.
	 */
	public function register(): void {
		add_action( 'wp_loaded', array( $this, 'open' ), 0 );
	}

	/**
	 * Which route this request asks for; null where it asks for none.
	 *
	 * @param array<string,mixed> $query The address's parameters.
	 */
	public static function path( array $query ): ?string {
		$path = $query[ SideAddress::API ] ?? null;
		if ( ! is_string( $path ) ) {
			return null;
		}
		$path = '/' . ltrim( $path, '/' );
		return str_starts_with( $path, SideAddress::NAMESPACE . '/' ) ? substr( $path, strlen( SideAddress::NAMESPACE ) ) : $path;
	}

	/**
	 * Answers, if asked, and ends the request.
	 */
	public function open(): void {
		// phpcs:ignore WordPress.Security.NonceVerification -- public routes.
		$path = is_admin() ? null : self::path( wp_unslash( $_GET ) );
		if ( null === $path ) {
			return;
		}
		$request  = $this->request( $path );
		$response = $this->answer( $path, $request );
		$this->send( $response, $request );
		exit;
	}

	/**
	 * The answer that the REST API would give, without asking those who close it.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function answer( string $path, WP_REST_Request $request ): WP_REST_Response {
		try {
			$result = $this->dispatch( $path, $request );
		} catch ( \Throwable $thrown ) {
			$result = ThrownErrors::error( $thrown );
		}
		if ( $result instanceof WP_REST_Response ) {
			return $result;
		}
		$response = rest_convert_error_to_response( $result );
		$seconds  = (int) ( $result->get_error_data()['retry_after'] ?? 0 );
		if ( $seconds > 0 ) {
			$response->header( 'Retry-After', (string) $seconds );
		}
		return $response;
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	private function dispatch( string $path, WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$method = 'HEAD' === $request->get_method() ? 'GET' : $request->get_method();
		foreach ( array( $this->downloads, ...( $this->routes )() ) as $route ) {
			foreach ( $route->endpoints() as $pattern => $endpoint ) {
				if ( $method === $endpoint['methods'] && 1 === preg_match( "@^$pattern$@i", $path, $found ) ) {
					$request->set_url_params( array_filter( $found, 'is_string', ARRAY_FILTER_USE_KEY ) );
					return $this->call( $endpoint, $request );
				}
			}
		}
		$words = __( 'There is nothing at this address. Please check that it is complete.', 'sell-my-images' );
		return new WP_Error( 'rest_no_route', $words, array( 'status' => 404 ) );
	}

	/**
	 * @param array<string,mixed>                  $endpoint Of PublicRoute::endpoints().
	 * @param WP_REST_Request<array<string,mixed>> $request  The request.
	 */
	private function call( array $endpoint, WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$request->set_attributes( $endpoint + array( 'validate_callback' => array( $this->rules, 'refuse_null' ) ) );
		$wrong = $this->rules->refuse_what_is_no_object( null, new WP_REST_Server(), $request );
		$valid = null === $wrong ? $request->has_valid_params() : $wrong;
		$valid = is_wp_error( $valid ) ? $valid : $request->sanitize_params();
		return is_wp_error( $valid ) ? $valid : $endpoint['callback']( $request );
	}

	/**
	 * @return WP_REST_Request<array<string,mixed>>
	 */
	private function request( string $path ): WP_REST_Request {
		// phpcs:disable WordPress.Security.NonceVerification, WordPress.Security.ValidatedSanitizedInput -- checked by the routes' own rules.
		$request = new WP_REST_Request( strtoupper( (string) ( $_SERVER['REQUEST_METHOD'] ?? 'GET' ) ), SideAddress::NAMESPACE . $path );
		$request->set_query_params( wp_unslash( $_GET ) );
		$request->set_body_params( wp_unslash( $_POST ) );
		$request->set_headers( ( new WP_REST_Server() )->get_headers( wp_unslash( $_SERVER ) ) );
		// phpcs:enable
		$request->set_body( WP_REST_Server::get_raw_data() );
		return $request;
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	private function send( WP_REST_Response $response, WP_REST_Request $request ): void {
		CleanAnswer::clear();
		$this->send_headers( $response );
		if (
			$this->downloads->serve( false, $response, $request )
			|| 'HEAD' === $request->get_method()
			|| 204 === $response->get_status()
		) {
			return;
		}
		echo wp_json_encode( $response->get_data() ); // phpcs:ignore WordPress.Security.EscapeOutput -- JSON, by its type.
	}

	private function send_headers( WP_REST_Response $response ): void {
		if ( headers_sent() ) {
			return;
		}
		nocache_headers();
		status_header( $response->get_status() );
		header( 'Content-Type: application/json; charset=UTF-8' );
		header( 'X-Content-Type-Options: nosniff' );
		foreach ( $response->get_headers() as $name => $value ) {
			header( "$name: $value" );
		}
	}
}
