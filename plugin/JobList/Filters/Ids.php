<?php
/**
 * By identifier.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Condition;
use SellMyImages\JobList\Query\Plan;
use SellMyImages\JobList\Query\Question;

/**
 * These jobs only: at most a hundred, so that nothing finds them sooner.
 */
final class Ids extends RowFilter {

	/** @param non-empty-list<string> $ids In lower case. */
	private function __construct( public readonly array $ids ) {
	}

	public static function params(): array {
		return array( 'include' );
	}

	public static function parse( Params $params ): ?self {
		$ids = array_map( 'strtolower', $params->many( 'include' ) );

		return array() === $ids ? null : new self( $ids );
	}

	public function column(): string {
		return 'job_id';
	}

	public function condition(): Condition {
		return new Condition( 'job_id IN (%s)', $this->ids );
	}

	public function plan( Question $question ): Plan {
		return $question->along( 'job_id' );
	}

	public function index(): ?string {
		return null;
	}
}
