<?php
/**
 * The keys that tables lack.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Install\Layout\Layout;
use SellMyImages\Install\Layout\TableChanges;
use SellMyImages\Support\Host;

/**
 * Builds all of a table in one ALTER, smi_jobs first: one reading of the table instead of fifteen.
 */
final class MissingKeys implements UpgradeStep {

	public function __construct(
		private readonly Schema $schema,
		private readonly Layout $layout,
		private readonly TableChanges $changes
	) {
	}

	/** @param int $at Number of the table. */
	public function run( int $at ): ?int {
		$table = array_keys( $this->schema->definitions() )[ $at ] ?? null;
		if ( null === $table ) {
			return null;
		}
		// Half a minute for a million rows; when PHP is cut off, the server still finishes, and the next run finds the keys.
		Host::go_on_alone();
		$this->changes->build_keys( $this->layout->compare_one( $table ) );

		return $at + 1;
	}
}
