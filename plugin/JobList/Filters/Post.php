<?php
/**
 * By post.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\Jobs\Counting\Counters;

/**
 * Bought from this post.
 */
final class Post extends RowFilter {

	private function __construct( private readonly int $id ) {
	}

	public static function params(): array {
		return array( 'post_id' );
	}

	public static function parse( Params $params ): ?self {
		$id = $params->number( 'post_id' );

		return null === $id ? null : new self( $id );
	}

	public function column(): string {
		return 'post_id';
	}

	public function condition(): Condition {
		return new Condition( 'post_id = %d', $this->id );
	}

	public function index(): string {
		return 'k_post';
	}

	public function dimension( JobCounts $counts ): array {
		return array( Counters::DIM_POST, $this->id );
	}
}
