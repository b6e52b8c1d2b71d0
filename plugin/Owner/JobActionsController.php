<?php
/**
 * The owner's actions on one job.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Actions\Actions;
use SellMyImages\Actions\Refusals;
use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Capabilities;
use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\RefusalWords;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobNotFound;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\RestError;
use SellMyImages\Support\Money;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * PATCH, retry, refunds, download-token, email and refresh of /jobs/{job_id}.
 */
final class JobActionsController {

	private const ROUTE = '/jobs/(?P<job_id>[0-9a-fA-F-]{36})';

	/** @param callable(Job): array<string,mixed> $present Makes job-detail.schema.json. */
	public function __construct(
		private readonly Actions $actions,
		private readonly JobRepository $jobs,
		private readonly BridgeStatus $bridge,
		private $present
	) {
	}

	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'routes' ) );
	}

	public function routes(): void {
		$this->route( 'PATCH', '', 'job-status-change', Capabilities::MANAGE, array( $this, 'set_status' ) );
		$this->route( 'POST', '/retry', 'retry-request', Capabilities::MANAGE, array( $this, 'retry' ) );
		$this->route( 'POST', '/refunds', 'refund-request', Capabilities::REFUND, array( $this, 'refund' ) );
		$this->route( 'POST', '/download-token', 'download-token-request', Capabilities::MANAGE, array( $this, 'new_link' ) );
		$this->route( 'POST', '/email', null, Capabilities::MANAGE, array( $this, 'send_email' ) );
		$this->route( 'POST', '/refresh', null, Capabilities::MANAGE, array( $this, 'refresh' ) );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Body: job-status-change.schema.json; If-Match holds the version seen. */
	public function set_status( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$status = JobStatus::from( (string) $request['status'] );

		return $this->answer(
			$request,
			function ( string $job_id ) use ( $request, $status ): array {
				$this->actions->set_status( $job_id, $status, (string) ( $request['reason'] ?? '' ), $this->version_seen( $request, $job_id ) );

				return array( 'message' => __( 'The status is changed. No money was moved.', 'sell-my-images' ), 'queued' => false );
			}
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Body: retry-request.schema.json. */
	public function retry( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		return $this->answer(
			$request,
			function ( string $job_id ) use ( $request ): array {
				$this->actions->retry(
					$job_id,
					array(
						'force'                => (bool) $request['force'],
						'acknowledge_refunded' => (bool) $request['acknowledge_refunded'],
						'attempt'              => isset( $request['attempt'] ) ? (string) $request['attempt'] : null,
						'idempotency_key'      => $this->idempotency_key( $request ),
					)
				);

				return array( 'message' => $this->when( __( 'The image is being made again.', 'sell-my-images' ) ), 'queued' => $this->bridge->is_silent() );
			}
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Body: refund-request.schema.json. */
	public function refund( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		return $this->answer(
			$request,
			function ( string $job_id ) use ( $request ): array {
				$refund = $this->actions->refund( $job_id, $this->amount( $request, $job_id ), $request['reason'], $request['note'], $this->idempotency_key( $request ) );

				return array(
					'message' => $this->when( __( 'The refund is on its way to Stripe.', 'sell-my-images' ) ),
					'queued'  => $this->bridge->is_silent(),
					'refund'  => $refund->to_rest(),
				);
			},
			202
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Body: download-token-request.schema.json. */
	public function new_link( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		return $this->answer(
			$request,
			fn( string $job_id ): array => array(
				'download_url' => $this->actions->new_link( $job_id, (bool) $request['notify'] ),
				'message'      => __( 'There is a new download link; the old one no longer works.', 'sell-my-images' ),
				'queued'       => false,
			)
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request No body. */
	public function send_email( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		return $this->answer(
			$request,
			function ( string $job_id ): array {
				$this->actions->send_email( $job_id );

				return array( 'message' => __( 'The e-mail is on its way.', 'sell-my-images' ), 'queued' => true );
			},
			202
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request No body. */
	public function refresh( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		return $this->answer(
			$request,
			function ( string $job_id ): array {
				$this->actions->refresh( $job_id );

				return array( 'message' => $this->when( __( 'Stripe and the upscaler are being asked now.', 'sell-my-images' ) ), 'queued' => true );
			},
			202
		);
	}

	private function route( string $method, string $path, ?string $contract, string $capability, callable $callback ): void {
		register_rest_route(
			'smi/v1',
			self::ROUTE . $path,
			array(
				array(
					'methods'             => $method,
					'callback'            => $callback,
					'permission_callback' => static fn() => current_user_can( $capability ) ? true : RestError::forbidden(),
					'args'                => null === $contract ? array() : Contract::args( $contract ),
				),
				'schema' => static fn(): array => Contract::load( 'action-result' ),
			)
		);
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>>    $request The request.
	 * @param callable(string): array<string,mixed> $work    Does it; gives message, queued and more.
	 */
	private function answer( WP_REST_Request $request, callable $work, int $status = 200 ): WP_REST_Response|WP_Error {
		$job_id = strtolower( (string) $request['job_id'] );
		try {
			$this->known( $job_id );
			$result = $work( $job_id );
		} catch ( JobNotFound ) {
			return new WP_Error( 'smi_job_not_found', __( 'No job has this number. It may have been typed wrong.', 'sell-my-images' ), array( 'status' => 404 ) );
		} catch ( ActionRefused $refused ) {
			$params = $refused->details['params'] ?? null;

			return new WP_Error( $refused->error_code, $refused->getMessage(), array( 'status' => $refused->status, 'details' => $refused->details ) + ( null === $params ? array() : array( 'params' => $params ) ) );
		}
		$job      = $this->known( $job_id );
		$body     = ( $this->present )( $job );
		$response = new WP_REST_Response( array( 'job' => $body ) + $result, $status );
		$response->header( 'ETag', EntityTag::of_job( $job, $body ) );

		return $response;
	}

	private function known( string $job_id ): Job {
		return $this->jobs->find( $job_id ) ?? throw new JobNotFound( $job_id );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private function version_seen( WP_REST_Request $request, string $job_id ): ?int {
		$header = trim( (string) $request->get_header( 'if_match' ) );
		if ( '' === $header || '*' === $header ) {
			return null;
		}
		$versions = EntityTag::versions( $header );
		$now      = $this->known( $job_id )->version;
		if ( array() === $versions ) {
			throw new ActionRefused( 'smi_job_changed', __( 'Nothing was done: If-Match must hold the ETag of the job.', 'sell-my-images' ), 412, array( 'version' => $now ) );
		}

		return in_array( $now, $versions, true ) ? $now : $versions[0];
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private function idempotency_key( WP_REST_Request $request ): ?string {
		$key = trim( (string) $request->get_header( 'idempotency_key' ) );
		if ( strlen( $key ) > 191 ) {
			throw new ActionRefused( 'smi_idempotency_key_too_long', __( 'Nothing was done: Idempotency-Key may have at most 191 characters.', 'sell-my-images' ), 400, array( 'params' => array( 'Idempotency-Key' => 'too long' ) ) );
		}

		return '' === $key ? null : $key;
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private function amount( WP_REST_Request $request, string $job_id ): ?int {
		if ( ! isset( $request['amount'] ) ) {
			return null;
		}
		$currency = $this->known( $job_id )->currency;
		try {
			return Money::to_minor( (string) $request['amount'], $currency );
		} catch ( \InvalidArgumentException ) {
			$args  = Refusals::not_money( $currency );
			$words = RefusalWords::of( 'smi_refund_amount', $args );
			throw ActionRefused::because( 'smi_refund_amount', $args, 400, array( 'params' => array( 'amount' => $words ) ) );
		}
	}

	private function when( string $message ): string {
		return $this->bridge->is_silent() ? $message . ' ' . __( 'The bridge is not reachable now: it is kept and done as soon as the bridge is back.', 'sell-my-images' ) : $message;
	}
}
