<?php
/**
 * GET /jobs, /jobs/{job_id} and /jobs/stats.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Capabilities;
use SellMyImages\JobList\InvalidFilter;
use SellMyImages\JobList\JobFilters;
use SellMyImages\JobList\JobPage;
use SellMyImages\JobList\JobQuery;
use SellMyImages\JobList\Query\Sort;
use SellMyImages\JobList\Report\SiteDays;
use SellMyImages\JobList\StatsQuery;
use SellMyImages\Jobs\Counting\CounterRows;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\Controller;
use SellMyImages\Rest\RestError;
use SellMyImages\Support\Times;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Reading jobs.
 */
final class JobsController extends Controller {

	/** Parameters that choose a page, not jobs. */
	private const PAGING = array( 'orderby', 'order', 'page', 'per_page', 'cursor', 'context' );

	/**
	 * @param callable(): list<array{code:string,data:array<string,mixed>}> $notices What the owner should know of the shop.
	 */
	public function __construct(
		private readonly JobQuery $query,
		private readonly StatsQuery $stats,
		private readonly JobRepository $jobs,
		private readonly JobItems $items,
		private $notices
	) {
	}

	public function register(): void {
		parent::register();
		add_filter(
			'rest_exposed_cors_headers',
			static fn( mixed $headers ): array => array_merge(
				(array) $headers,
				array( 'X-SMI-Total-Relation', 'X-SMI-Next-Cursor', 'ETag' )
			)
		);
	}

	public function routes(): void {
		$added   = JobParams::added();
		$filters = array_diff_key( Contract::args( 'jobs-query' ), array_flip( self::PAGING ) );
		$rows    = array( JobItems::row_type(), 'get_item_schema' );
		$this->route( '/jobs', $rows, array( $this, 'list' ), Contract::args( 'jobs-query' ) + $added );
		$stats = self::schema( 'stats' );
		$this->route( '/jobs/stats', $stats, array( $this, 'numbers' ), $filters + Contract::args( 'stats-query' ) + $added );
		$detail = array( JobItems::detail_type(), 'get_item_schema' );
		$this->route( '/jobs/' . self::JOB, $detail, array( $this, 'get' ), array() );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Of jobs-query.schema.json. */
	public function list( WP_REST_Request $request ): WP_REST_Response {
		$cursor   = (string) ( $request['cursor'] ?? '' );
		$sort     = new Sort( (string) $request['orderby'], (string) $request['order'] );
		$meant    = JobFilters::from_params( JobParams::meant( $request->get_params(), $request ) );
		$from     = '' === $cursor ? null : $cursor;
		$page     = $this->query->page( $meant, $sort, (int) $request['per_page'], (int) $request['page'], $from );
		$response = new WP_REST_Response( $this->items->rows( $page->jobs, $request ) );
		$this->add_headers( $response, $page, $request );

		return $response;
	}

	/** @param WP_REST_Request<array<string,mixed>> $request With job_id. */
	public function get( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$job = $this->jobs->find( strtolower( (string) $request['job_id'] ) );
		if ( null === $job ) {
			return RestError::job_not_found();
		}
		$item     = $this->items->detail( $job, $request );
		$tag      = EntityTag::of_job( $job, $this->items->as_part( $item ) );
		$is_known = EntityTag::is_in( (string) $request->get_header( 'if_none_match' ), $tag );
		$response = $is_known ? new WP_REST_Response( null, 304 ) : $item;
		$response->header( 'ETag', $tag );

		return $response;
	}

	/** @param WP_REST_Request<array<string,mixed>> $request Filters of jobs-query.schema.json, and report. */
	public function numbers( WP_REST_Request $request ): WP_REST_Response {
		$filters = JobFilters::from_params( JobParams::meant( $request->get_params(), $request ) );
		$body    = array(
			'counts'  => $this->stats->counts( $filters ),
			'notices' => ( $this->notices )(),
			'time'    => Times::iso( Times::now() ),
		);
		if ( isset( $request['rows'] ) ) {
			$body['rows'] = $this->rows( (array) $request['rows'], (string) ( $request['rows_since'] ?? '' ), $request );
		}
		if ( $request['report'] ) {
			$zone                   = $this->stats->report_zone( $filters );
			$body['report']         = $this->stats->report( $filters, $zone );
			$body['report_zone']    = SiteDays::are_utc( $zone ) ? 'UTC' : $zone->getName();
			$body['waiting_bounds'] = CounterRows::WAITING;
		}

		return new WP_REST_Response( $body );
	}

	/**
	 * What a screen that shows these jobs asks again and again.
	 *
	 * @param array<mixed>                         $ids     Of jobs.
	 * @param string                               $since   Only those changed after this time; empty: all.
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 * @return list<array<string,mixed>>
	 * @throws InvalidFilter When the time means nothing.
	 */
	private function rows( array $ids, string $since, WP_REST_Request $request ): array {
		if ( array() === $ids ) {
			return array();
		}
		$filters = JobFilters::from_params( array( 'include' => $ids, 'modified_after' => $since ) );

		return $this->items->rows( $this->query->page( $filters, new Sort(), 100 )->jobs, $request, true );
	}

	/**
	 * @param callable(): array<string,mixed>   $schema What is answered.
	 * @param array<string,array<string,mixed>> $args   Of the route.
	 */
	private function route( string $path, callable $schema, callable $callback, array $args ): void {
		register_rest_route(
			self::NAMESPACE,
			$path,
			array(
				array(
					'methods'             => 'GET',
					'callback'            => $callback,
					'permission_callback' => self::may( Capabilities::VIEW ),
					'args'                => $args,
				),
				'schema' => $schema,
			)
		);
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private function add_headers( WP_REST_Response $response, JobPage $found, WP_REST_Request $request ): void {
		$per_page = (int) $request['per_page'];
		$pages    = (int) ceil( $found->total / $per_page );
		$page     = (int) $request['page'];
		$response->header( 'X-WP-Total', (string) $found->total );
		$response->header( 'X-WP-TotalPages', (string) $pages );
		if ( $found->is_floor ) {
			$response->header( 'X-SMI-Total-Relation', 'gte' );
		}
		if ( null !== $found->next ) {
			$response->header( 'X-SMI-Next-Cursor', $found->next );
		}
		if ( isset( $request['cursor'] ) ) {
			return;
		}
		$address = add_query_arg( urlencode_deep( $request->get_query_params() ), rest_url( $request->get_route() ) );
		if ( $page > 1 ) {
			$response->link_header( 'prev', add_query_arg( 'page', (string) max( 1, min( $page - 1, $pages ) ), $address ) );
		}
		if ( $page < $pages || ( $found->is_floor && count( $found->jobs ) === $per_page ) ) {
			$response->link_header( 'next', add_query_arg( 'page', (string) ( $page + 1 ), $address ) );
		}
	}
}
