<?php
/**
 * Where a job leads.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Capabilities;
use SellMyImages\Jobs\Job;

/**
 * `_links` of jobs. Posts and pictures were fetched for all jobs of a page at once (JobPresenter), so a link costs no query; of those that
 * were deleted, or have no route, or that the reader may not read, there is none.
 */
final class JobLinks {

	private readonly string $root;

	/** @var list<string> What the reader may do with a job. */
	private readonly array $methods;

	/** For one answer: what is the same for all of its jobs is found out once. */
	public function __construct() {
		$this->root    = rest_url();
		$this->methods = current_user_can( Capabilities::MANAGE ) ? array( 'GET', 'PATCH' ) : array( 'GET' );
	}

	/** @return array<string,array<string,mixed>> Relation => href and more. */
	public function of( Job $job ): array {
		$jobs  = $this->root . 'smi/v1/jobs';
		$links = array(
			// Without the hints WordPress would look for the route of each job to make them.
			'self'       => array( 'href' => "$jobs/$job->job_id", 'targetHints' => array( 'allow' => $this->methods ) ),
			'collection' => array( 'href' => $jobs ),
			'post'       => $this->post( $job->post_id ),
			'attachment' => $this->post( (int) $job->attachment_id ),
		);

		return array_filter( $links );
	}

	/** @return array<string,mixed>|null */
	private function post( int $id ): ?array {
		$post  = $id > 0 && false !== wp_cache_get( $id, 'posts' ) ? get_post( $id ) : null;
		$route = null === $post ? '' : rest_get_route_for_post( $post );
		if ( null === $post || '' === $route || ! self::may_read( $post ) ) {
			return null;
		}

		return array( 'href' => $this->root . ltrim( $route, '/' ), 'embeddable' => true, 'id' => $id );
	}

	/**
	 * Whether an attachment may be read is asked of its parent. One that is not at hand would be a query for each job: then the route that
	 * is linked answers for itself.
	 */
	private static function may_read( \WP_Post $post ): bool {
		$parent = 'inherit' === $post->post_status ? $post->post_parent : 0;
		$is_far = $parent > 0 && false === wp_cache_get( $parent, 'posts' );

		return $is_far || current_user_can( 'read_post', $post->ID );
	}
}
