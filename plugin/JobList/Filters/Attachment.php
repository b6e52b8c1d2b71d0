<?php
/**
 * By picture.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\JobCounts;
use SellMyImages\Jobs\Counting\Counters;

/**
 * This attachment of the media library.
 */
final class Attachment extends RowFilter {

	private function __construct( private readonly int $id ) {
	}

	public static function params(): array {
		return array( 'attachment_id' );
	}

	public static function parse( Params $params ): ?self {
		$id = $params->number( 'attachment_id' );

		return null === $id ? null : new self( $id );
	}

	public function column(): string {
		return 'attachment_id';
	}

	public function condition(): Condition {
		return new Condition( 'attachment_id = %d', $this->id );
	}

	public function index(): string {
		return 'k_att';
	}

	public function dimension( JobCounts $counts ): array {
		return array( Counters::DIM_ATTACHMENT, $this->id );
	}
}
