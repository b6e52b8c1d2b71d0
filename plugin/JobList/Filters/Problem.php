<?php
/**
 * By what needs the owner.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\Jobs\Attention;

/**
 * By reason, or by any: one tab.
 */
final class Problem implements FacetFilter {

	/** @param non-empty-list<Attention> $cases Any of these. */
	private function __construct( private readonly array $cases ) {
	}

	public static function params(): array {
		return array( 'attention' );
	}

	public static function parse( Params $params ): ?self {
		$cases = in_array( 'any', $params->many( 'attention' ), true )
			? Attention::cases()
			: $params->cases( 'attention', Attention::class );

		return array() === $cases ? null : new self( $cases );
	}

	public function takes( array $parts ): bool {
		return in_array( $parts['attention'], $this->cases, true );
	}

	public function is_of_tabs(): bool {
		return true;
	}
}
