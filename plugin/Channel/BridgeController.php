<?php
/**
 * The bridge's routes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Database\DatabaseError;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\ThrownErrors;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Uuid;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * POST /bridge/hello, /bridge/sync, /bridge/attempts/{uuid}/file and /bridge/jobs/{job_id}/payment-completed; POST and DELETE
 * /bridge/attempts/{uuid}/begin.
 *
 * A database that is away answers 503: the bridge keeps what it has and comes again.
 */
final class BridgeController extends Controller {

	/**
	 * @param SignedRequest $signed  Who may.
	 * @param Hello         $hello   Answers hello.
	 * @param Sync          $sync    Answers sync.
	 * @param Uploads       $uploads Takes files.
	 * @param Turns         $turns   Begins submits.
	 * @param Contact       $contact What a contact after a silence means.
	 * @param \Closure      $retry   `fn( string $job_id, string $attempt, string $command, int $lease_no, string $reason ): array`.
	 */
	public function __construct(
		private readonly SignedRequest $signed,
		private readonly Hello $hello,
		private readonly Sync $sync,
		private readonly Uploads $uploads,
		private readonly Turns $turns,
		private readonly Contact $contact,
		private readonly \Closure $retry,
	) {}

	/** Adds the routes. */
	public function routes(): void {
		$this->route( '/bridge/hello', fn( WP_REST_Request $request ) => $this->hello( $request ) );
		$this->route( '/bridge/sync', fn( WP_REST_Request $request ) => $this->sync( $request ) );
		$this->route(
			'/bridge/attempts/(?P<uuid>' . Uuid::PATTERN . ')/file',
			fn( WP_REST_Request $request ) => $this->uploads->take( $request )
		);
		$begin = '/bridge/attempts/(?P<uuid>' . Uuid::PATTERN . ')/begin';
		$this->route( $begin, fn( WP_REST_Request $request ) => $this->turns->begin( $request ) );
		$this->route( $begin, fn( WP_REST_Request $request ) => $this->turns->give_back( $request ), 'DELETE' );
		$this->route(
			'/bridge/jobs/(?P<job_id>' . Uuid::PATTERN . ')/payment-completed',
			fn( WP_REST_Request $request ) => $this->payment_completed( $request )
		);
	}

	/**
	 * One signed route.
	 *
	 * @param string   $path   Below the namespace.
	 * @param \Closure $answer Gives an array or WP_Error.
	 * @param string   $method Of HTTP.
	 */
	private function route( string $path, \Closure $answer, string $method = 'POST' ): void {
		register_rest_route(
			self::NAMESPACE,
			$path,
			array(
				'methods'             => $method,
				'callback'            => fn( WP_REST_Request $request ): WP_REST_Response|WP_Error => $this->answered( $request, $answer ),
				'permission_callback' => array( $this->signed, 'check' ),
				'show_in_index'       => false,
			)
		);
	}

	/**
	 * Says hello.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string,mixed>|WP_Error
	 */
	private function hello( WP_REST_Request $request ): array|WP_Error {
		$message = Bodies::read( $request, 'hello-request' );
		return is_wp_error( $message ) ? $message : $this->hello->answer( $message, SignedRequest::key_id( $request ) );
	}

	/**
	 * Hints and reports in, commands out.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string,mixed>|WP_Error
	 */
	private function sync( WP_REST_Request $request ): array|WP_Error {
		$message = Bodies::read( $request, 'sync-request' );
		return is_wp_error( $message ) ? $message : $this->sync->answer( $message );
	}

	/**
	 * Fires the action again after a passing fault.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string,mixed>|WP_Error
	 */
	private function payment_completed( WP_REST_Request $request ): array|WP_Error {
		$message = Bodies::read( $request, 'payment-completed-request' );
		if ( is_wp_error( $message ) ) {
			return $message;
		}
		return ( $this->retry )(
			strtolower( (string) $request['job_id'] ),
			(string) $message['attempt'],
			(string) $message['command'],
			(int) $message['lease_no'],
			(string) $message['reason']
		);
	}

	/**
	 * The answer in the envelope, whatever happens.
	 *
	 * @param WP_REST_Request $request The request.
	 * @param \Closure        $answer  Gives an array or WP_Error.
	 */
	private function answered( WP_REST_Request $request, \Closure $answer ): WP_REST_Response|WP_Error {
		try {
			$this->contact->note();
			$result = Actor::during( 'bridge', fn() => $answer( $request ) );
		} catch ( ActionRefused $refused ) {
			return new WP_Error( $refused->error_code, $refused->getMessage(), $this->data( $refused ) );
		} catch ( DatabaseError $error ) {
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- a failure nobody is looking at.
			error_log( 'Sell My Images: the database refused while the bridge called; it will come again. ' . $error->getMessage() );
			return new WP_Error(
				ErrorCode::CHANNEL_BUSY,
				__( 'The site cannot store anything at the moment. Nothing was lost: send it again.', 'sell-my-images' ),
				array( 'status' => 503, 'retry_after' => ThrownErrors::RETRY_AFTER )
			);
		}
		return is_wp_error( $result ) ? $result : new WP_REST_Response( $result );
	}

	/**
	 * The data of a refusal; its details also beside the status, where an upload looks for its offset.
	 *
	 * @param ActionRefused $refused The refusal.
	 * @return array<string,mixed>
	 */
	private function data( ActionRefused $refused ): array {
		$data = array( 'status' => $refused->status ) + $refused->details;
		return array() === $refused->details ? $data : $data + array( 'details' => $refused->details );
	}
}
