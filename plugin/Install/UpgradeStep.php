<?php
/**
 * One step of carrying an older table over.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * Does a small part at a time; a part that was cut off may be done again.
 */
interface UpgradeStep {

	/**
	 * @param int $at Where to go on; 0 at first.
	 * @return int|null Where to go on the next time; null when the step is done.
	 */
	public function run( int $at ): ?int;
}
