<?php
/**
 * The owner's actions on one job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Actions\Action;
use SellMyImages\Actions\ActionRequest;
use SellMyImages\Actions\ActionSet;
use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\IdempotencyKey;
use WP_REST_Request;
use WP_REST_Response;

/**
 * A route below /jobs/{job_id} for each action. What is refused is thrown: Rest\ThrownErrors answers.
 */
final class JobActionsController extends Controller {

	public function __construct(
		private readonly ActionSet $actions,
		private readonly JobRepository $jobs,
		private readonly BridgeStatus $bridge,
		private readonly JobItems $items
	) {
	}

	public function routes(): void {
		foreach ( $this->actions->all() as $action ) {
			$route  = $action->route();
			$schema = self::schema( 'action-result' );
			register_rest_route(
				self::NAMESPACE,
				'/jobs/' . self::JOB . $route->path,
				array(
					array(
						'methods'             => $route->method,
						'callback'            => fn( WP_REST_Request $request ): WP_REST_Response => $this->run( $action, $request ),
						'permission_callback' => self::may( $route->capability ),
						'args'                => self::args( $action ),
					),
					// The job's own address shows what a job is.
				) + ( '' === $route->path ? array() : array( 'schema' => $schema ) )
			);
		}
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request Body: of the action's contract; PATCH: If-Match holds the version seen.
	 * @throws JobNotFound   When there is no such job.
	 * @throws ActionRefused When it cannot be done.
	 */
	private function run( Action $action, WP_REST_Request $request ): WP_REST_Response {
		$job_id  = strtolower( (string) $request['job_id'] );
		$seen    = 'PATCH' === $action->route()->method ? $this->version_seen( $request, $this->known( $job_id ) ) : null;
		$params  = array_intersect_key( $request->get_params(), self::args( $action ) );
		$result  = $this->actions->run(
			$action->name(),
			$job_id,
			new ActionRequest( $params, IdempotencyKey::of( $request ), version: $seen )
		);
		$silent  = $result->needs_bridge && $this->bridge->is_silent();
		$message = $action->message();
		if ( $silent ) {
			$message .= ' ' . __( 'The bridge is not reachable now: it is kept and done as soon as the bridge is back.', 'sell-my-images' );
		}
		$job      = $this->known( $job_id );
		$body     = $this->items->as_part( $this->items->detail( $job, $request, true ) );
		$answer   = array( 'job' => $body, 'message' => $message, 'queued' => $result->is_queued || $silent ) + $result->answer();
		$response = new WP_REST_Response( $answer, $action->route()->status );
		$response->header( 'ETag', EntityTag::of_job( $job, $body ) );

		return $response;
	}

	/** @return array<string,array<string,mixed>> Parameters of the body. */
	private static function args( Action $action ): array {
		$contract = $action->route()->contract;

		return null === $contract ? array() : Contract::args( $contract );
	}

	private function known( string $job_id ): Job {
		return $this->jobs->find( $job_id ) ?? throw new JobNotFound( $job_id );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private function version_seen( WP_REST_Request $request, Job $job ): ?int {
		$header = trim( (string) $request->get_header( 'if_match' ) );
		if ( '' === $header || '*' === $header ) {
			return null;
		}
		$versions = EntityTag::versions( $header );
		if ( array() === $versions ) {
			$message = __( 'Nothing was done: If-Match must hold the ETag of the job.', 'sell-my-images' );
			throw new ActionRefused( ErrorCode::JOB_CHANGED, $message, 412, array( 'version' => $job->version ) );
		}

		return in_array( $job->version, $versions, true ) ? $job->version : $versions[0];
	}
}
