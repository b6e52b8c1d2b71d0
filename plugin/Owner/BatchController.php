<?php
/**
 * POST /jobs/batch, GET, POST and DELETE /jobs/batch/{id}.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Actions\ActionSet;
use SellMyImages\Batches\Batch;
use SellMyImages\Batches\Batches;
use SellMyImages\Batches\BatchRepository;
use SellMyImages\Batches\BatchRequest;
use SellMyImages\Capabilities;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Hooks\CallbackFailed;
use SellMyImages\Hooks\Listeners;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\IdempotencyKey;
use SellMyImages\Rest\ItemType;
use SellMyImages\Rest\RestError;
use SellMyImages\Support\Uuid;
use SellMyImages\Upkeep\SiteWorker;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * The owner's actions on many jobs.
 */
final class BatchController extends Controller {

	private const ROUTE = '/jobs/batch/(?P<id>' . Uuid::PATTERN . ')';

	/** Seconds of work that a POST does itself. */
	private const SLICE = 2.0;

	public function __construct(
		private readonly ActionSet $actions,
		private readonly Batches $service,
		private readonly BatchRepository $batches,
		private readonly BatchPresenter $presenter,
		private readonly SiteWorker $worker
	) {
	}

	public function routes(): void {
		$this->route(
			'/jobs/batch',
			array( 'POST' => 'create' ),
			Contract::args( 'batch-request' ),
			fn( WP_REST_Request $request ): bool => $this->may_create( $request['action'] )
		);
		$this->route(
			self::ROUTE,
			array( 'GET' => 'progress', 'POST' => 'go_on', 'DELETE' => 'cancel' ),
			Contract::args( 'batch-query' ),
			static fn(): bool => current_user_can( Capabilities::MANAGE ) || current_user_can( Capabilities::REFUND )
		);
	}

	/** @param mixed $action As it was sent: permission is asked before the contract. */
	private function may_create( mixed $action ): bool {
		$known = is_string( $action ) ? $this->actions->find( $action ) : null;

		return current_user_can( $known?->route()->capability ?? Capabilities::MANAGE );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Body: batch-request.schema.json. */
	public function create( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		try {
			$asked = $this->asked( $request );
			if ( $asked->is_dry_run ) {
				return new WP_REST_Response( $this->service->preview( $asked )->to_rest() );
			}
			if ( null === $asked->expect ) {
				$message = __(
					'Nothing was done. Ask with dry_run first, and send back what it says as expect: so that nothing happens that you have not seen.',
					'sell-my-images'
				);

				return new WP_Error(
					ErrorCode::BATCH_WITHOUT_EXPECT,
					$message,
					array( 'status' => 400, 'params' => array( 'expect' => $message ) )
				);
			}
			$batch = $this->service->start( $asked, IdempotencyKey::of( $request ) );
		} catch ( CallbackFailed ) {
			return new WP_Error( ErrorCode::BATCH_FILTER_FAILED, self::filter_failed(), array( 'status' => 409 ) );
		}
		$this->worker->tick();
		$response = $this->item( $this->presenter->present( $batch )[0], $batch, $request );
		$response->set_status( 202 );
		$response->header( 'Location', rest_url( "smi/v1/jobs/batch/$batch->uuid" ) );

		return $response;
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request Body: batch-request.schema.json.
	 * @throws InvalidFilter  Naming the parameter.
	 * @throws CallbackFailed Where other code has a say in which jobs match, and failed.
	 */
	private function asked( WP_REST_Request $request ): BatchRequest {
		$body  = self::body( $request );
		$asked = BatchRequest::from_body( $body, $this->actions );
		if ( ! isset( $body['filter'] ) ) {
			return $asked;
		}
		$meant = JobParams::meant( (array) $body['filter'], $request, true );

		return BatchRequest::from_body( array( 'filter' => $meant ) + $body, $this->actions );
	}

	private static function filter_failed(): string {
		return __(
			'Nothing was done: another plugin has a say in which jobs match, and failed. Tools → Site Health names it.',
			'sell-my-images'
		)
			. ' ' . __( 'Select the jobs one by one, or have that plugin mended.', 'sell-my-images' );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Of batch-query.schema.json. */
	public function progress( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$this->worker->tick();

		return $this->answer( $request );
	}

	/**
	 * Does a slice of the work and says how it stands: for a screen that looks on, so that the work needs neither cron nor bridge. A GET
	 * asks for nothing.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request Of batch-query.schema.json.
	 */
	public function go_on( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$batch = $this->find( $request );
		if ( null !== $batch ) {
			$this->worker->run_one( CommandKind::BatchItem, $batch->uuid, self::SLICE );
		}

		return $this->answer( $request );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Of batch-query.schema.json. */
	public function cancel( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$batch = $this->find( $request );
		if ( null !== $batch ) {
			$this->service->cancel( $batch );
		}

		return $this->answer( $request );
	}

	/**
	 * @param array<string,string>              $methods HTTP method => method of this class.
	 * @param array<string,array<string,mixed>> $args    Of the route.
	 */
	private function route( string $path, array $methods, array $args, callable $may ): void {
		$handlers = array();
		foreach ( $methods as $method => $callback ) {
			$handlers[] = array(
				'methods'             => $method,
				'callback'            => array( $this, $callback ),
				'permission_callback' => static fn( WP_REST_Request $request ): bool|WP_Error => $may( $request )
					? true
					: RestError::forbidden(),
				'args'                => $args,
			);
		}
		register_rest_route( self::NAMESPACE, $path, $handlers + array( 'schema' => array( self::type(), 'get_item_schema' ) ) );
	}

	private static function type(): ItemType {
		return new ItemType( 'smi_batch', 'batch' );
	}

	/**
	 * @param array<string,mixed>                  $data    Of batch.schema.json.
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	private function item( array $data, Batch $batch, WP_REST_Request $request ): WP_REST_Response {
		$jobs  = rest_url( 'smi/v1/jobs' );
		$links = array(
			'self' => array( 'href' => "$jobs/batch/$batch->uuid", 'targetHints' => array( 'allow' => array( 'GET', 'POST', 'DELETE' ) ) ),
			'up'   => array( 'href' => $jobs ),
		);

		/**
		 * Filters a batch as the REST API answers it.
		 *
		 * @since 0.2.0
		 *
		 * @param \WP_REST_Response            $response Its data are the item.
		 * @param \SellMyImages\Batches\Batch $batch    The batch, to read.
		 * @param \WP_REST_Request             $request  The request.
		 */
		return Listeners::filter_by_rule(
			'smi_rest_prepare_batch',
			self::type()->item( $data, $links, $request ),
			ItemType::read( ... ),
			$batch,
			$request
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request With the id. */
	private function find( WP_REST_Request $request ): ?Batch {
		return $this->batches->find( strtolower( (string) $request['id'] ) );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Of batch-query.schema.json. */
	private function answer( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$batch = $this->find( $request );
		if ( null === $batch ) {
			return new WP_Error(
				ErrorCode::BATCH_NOT_FOUND,
				__(
					'No batch has this number. Batches that ended more than 90 days ago are forgotten; what they did stands in the log of each job.',
					'sell-my-images'
				),
				array( 'status' => 404 )
			);
		}
		$per_page         = (int) $request['per_page'];
		[ $body, $total ] = $this->presenter->present(
			$batch,
			array_values( (array) ( $request['item_state'] ?? array() ) ),
			(int) $request['page'],
			$per_page
		);
		$response         = $this->item( $body, $batch, $request );
		$response->header( 'X-WP-Total', (string) $total );
		$response->header( 'X-WP-TotalPages', (string) (int) ceil( $total / $per_page ) );

		return $response;
	}

	/**
	 * WordPress does not look at names it does not know; here a mistyped one could mean other jobs than were meant.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 * @return array<string,mixed>
	 */
	private static function body( WP_REST_Request $request ): array {
		$args = Contract::args( 'batch-request' );
		foreach ( array_diff_key( (array) $request->get_json_params(), $args ) as $name => $ignored ) {
			throw new InvalidFilter( (string) $name, __( 'There is no such parameter.', 'sell-my-images' ) );
		}

		return array_intersect_key( $request->get_params(), $args );
	}
}
