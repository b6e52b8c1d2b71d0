<?php
/**
 * GET and POST /reconciliations, GET and DELETE /reconciliations/{id}.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Capabilities;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Reconciliation\Run;
use SellMyImages\Reconciliation\Runs;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\Controller;
use SellMyImages\Support\Uuid;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * What the shop knows of its payments against what Stripe has, when somebody asks.
 */
final class ReconciliationsController extends Controller {

	private const ROUTE = '/reconciliations';

	public function __construct(
		private readonly Runs $runs,
		private readonly ReconciliationStart $start,
		private readonly ReconciliationPresenter $presenter,
	) {}

	public function routes(): void {
		$this->route(
			self::ROUTE,
			array(
				'GET'  => fn(): WP_REST_Response => $this->list(),
				'POST' => fn( WP_REST_Request $request ): WP_REST_Response => $this->begin( $request ),
			),
			Contract::args( 'reconciliation-request' )
		);
		$this->route(
			self::ROUTE . '/(?P<id>' . Uuid::PATTERN . ')',
			array(
				'GET'    => fn( WP_REST_Request $request ) => $this->answer( $this->runs->find( self::id( $request ) ) ),
				'DELETE' => fn( WP_REST_Request $request ) => $this->answer( $this->runs->stop( self::id( $request ) ) ),
			)
		);
	}

	/**
	 * @param array<string,\Closure>            $methods HTTP method => what answers.
	 * @param array<string,array<string,mixed>> $args    Of POST.
	 */
	private function route( string $path, array $methods, array $args = array() ): void {
		$handlers = array();
		foreach ( $methods as $method => $answer ) {
			$handlers[] = array(
				'methods'             => $method,
				'callback'            => $answer,
				'permission_callback' => self::may( Capabilities::MANAGE ),
				'args'                => 'POST' === $method ? $args : array(),
			);
		}
		register_rest_route( self::NAMESPACE, $path, $handlers + array( 'schema' => self::schema( 'reconciliation' ) ) );
	}

	/** The last ones, the newest first. */
	private function list(): WP_REST_Response {
		return new WP_REST_Response( array_map( array( $this->presenter, 'present' ), $this->runs->all() ) );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Body: reconciliation-request.schema.json. */
	private function begin( WP_REST_Request $request ): WP_REST_Response {
		$since            = $request['since'];
		[ $run, $is_new ] = $this->start->begin( (bool) $request['dry_run'], null === $since ? null : (string) $since );
		$response         = new WP_REST_Response(
			array(
				'is_new'         => $is_new,
				'reconciliation' => $this->presenter->present( $run ),
				'message'        => $is_new
					? __( 'Stripe is being looked through. It goes on when nobody looks.', 'sell-my-images' )
					: __( 'Stripe is being looked through already; this is how that stands.', 'sell-my-images' ),
			),
			$is_new ? 202 : 200
		);
		$response->header( 'Location', rest_url( self::NAMESPACE . self::ROUTE . '/' . $run->id() ) );

		return $response;
	}

	/** @param WP_REST_Request<array<string,mixed>> $request With the id. */
	private static function id( WP_REST_Request $request ): string {
		return strtolower( (string) $request['id'] );
	}

	private function answer( ?Run $run ): WP_REST_Response|WP_Error {
		return null === $run
			? new WP_Error(
				ErrorCode::RECONCILIATION_NOT_FOUND,
				__( 'There is no such look through Stripe. Only the last five are kept.', 'sell-my-images' ),
				array( 'status' => 404 )
			)
			: new WP_REST_Response( $this->presenter->present( $run ) );
	}
}
