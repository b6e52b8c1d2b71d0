<?php
/**
 * The version with Schema::COLUMNS_OF_4.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Versions;

use SellMyImages\Install\Schema;

/**
 * Its steps stand in Wiring/CoreServices.php, in versions().
 */
final class Version4 extends Version {

	public function number(): int {
		return 4;
	}

	/** Also where an older table came out of a backup: its rows are those of before. */
	public function is_due( int $from, array $missing ): bool {
		return parent::is_due( $from, $missing )
			|| array() !== array_intersect( array_keys( Schema::COLUMNS_OF_4['jobs'] ), $missing['jobs'] ?? array() );
	}
}
