<?php
/**
 * By status.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\Jobs\JobStatus;

/**
 * Most tabs are one.
 */
final class Status implements FacetFilter {

	/** @param non-empty-list<JobStatus> $cases Any of these. */
	private function __construct( private readonly array $cases ) {
	}

	public static function params(): array {
		return array( 'status' );
	}

	public static function parse( Params $params ): ?self {
		$cases = $params->cases( 'status', JobStatus::class );

		return array() === $cases ? null : new self( $cases );
	}

	public function takes( array $parts ): bool {
		return in_array( $parts['status'], $this->cases, true );
	}

	public function is_of_tabs(): bool {
		return true;
	}
}
