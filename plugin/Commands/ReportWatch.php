<?php
/**
 * Who hears of every report.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * For what no single command is about: whether a provider takes the bridge's key.
 */
interface ReportWatch {

	/**
	 * A report under the present lease was applied; inside its transaction.
	 *
	 * @param CommandKind $kind   What was to be done.
	 * @param Report      $report What the bridge says.
	 */
	public function saw( CommandKind $kind, Report $report ): void;
}
