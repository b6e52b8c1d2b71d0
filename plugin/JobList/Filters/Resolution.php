<?php
/**
 * By size.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\JobList\Query\Condition;

/**
 * 4x or 8x: so many jobs have each that no index would help.
 */
final class Resolution extends RowFilter {

	private function __construct( private readonly string $resolution ) {
	}

	public static function params(): array {
		return array( 'resolution' );
	}

	public static function parse( Params $params ): ?self {
		$resolution = $params->lower( 'resolution' );

		return null === $resolution ? null : new self( $resolution );
	}

	public function column(): string {
		return 'resolution';
	}

	public function condition(): Condition {
		return new Condition( 'resolution = %s', $this->resolution );
	}
}
