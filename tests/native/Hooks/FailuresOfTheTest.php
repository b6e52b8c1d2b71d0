<?php
/**
 * What went wrong by the test's own doing.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Hooks;

use SellMyImages\Hooks\Failure;
use SellMyImages\Hooks\Failures;

trait FailuresOfTheTest {

	/** @return list<Failure> The latest first, without those of the hostile neighbour. */
	protected function failures(): array {
		return array_values( array_filter( Failures::all(), static fn( Failure $one ): bool => ! str_contains( $one->who, 'hostile.php' ) ) );
	}
}
