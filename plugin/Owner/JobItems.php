<?php
/**
 * Jobs as items of the REST API.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Jobs\Job;
use SellMyImages\Rest\ItemType;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Wherever a job is answered, it is this item: what the presenters say, and what other code adds. Its type for register_rest_field() is
 * `smi_job`, in lists and in detail.
 */
final class JobItems {

	public const TYPE = 'smi_job';

	public function __construct( private readonly JobPresenter $rows, private readonly JobDetailPresenter $details ) {
	}

	/**
	 * @param list<Job>                            $jobs      A page.
	 * @param WP_REST_Request<array<string,mixed>> $request   The request.
	 * @param bool                                 $is_nested Whether they stand inside of something else.
	 * @return list<array<string,mixed>>
	 */
	public function rows( array $jobs, WP_REST_Request $request, bool $is_nested = false ): array {
		$type  = self::row_type();
		$rows  = $this->rows->many( $jobs );
		$links = array_map( array( new JobLinks(), 'of' ), $jobs ); // While the posts are at hand: other code may empty the cache.
		$items = array();
		foreach ( $rows as $at => $data ) {
			$item    = $type->item( $data, $links[ $at ], $request, $is_nested );
			$items[] = $this->as_part( self::filtered( $item, $jobs[ $at ], $request ) );
		}

		return $items;
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request   The request.
	 * @param bool                                 $is_nested Whether it stands inside of something else.
	 */
	public function detail( Job $job, WP_REST_Request $request, bool $is_nested = false ): WP_REST_Response {
		$data = $this->details->present( $job );
		$item = self::detail_type()->item( $data, ( new JobLinks() )->of( $job ), $request, $is_nested );

		return self::filtered( $item, $job, $request );
	}

	/** @return array<string,mixed> The item with its links, as a part of another answer. */
	public function as_part( WP_REST_Response $item ): array {
		return self::row_type()->prepare_response_for_collection( $item );
	}

	public static function row_type(): ItemType {
		return new ItemType( self::TYPE, 'job' );
	}

	public static function detail_type(): ItemType {
		return new ItemType( self::TYPE, 'job-detail' );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private static function filtered( WP_REST_Response $item, Job $job, WP_REST_Request $request ): WP_REST_Response {
		/**
		 * Filters a job as the REST API answers it: in lists, in detail, and after an action on it. The Jobs screen gets the same.
		 *
		 * @since 0.2.0
		 *
		 * @param \WP_REST_Response      $response Its data are the item.
		 * @param \SellMyImages\Jobs\Job $job      The job, to read.
		 * @param \WP_REST_Request       $request  The request.
		 */
		return Listeners::filter_by_rule( 'smi_rest_prepare_job', $item, ItemType::read( ... ), $job, $request );
	}
}
