<?php
/**
 * What a handler has to know before a report's transaction.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Commands;

/**
 * For a CommandHandler that has to ask WordPress something: its answers pass filters, which may call out.
 */
interface BeforeReport {

	/** @param Report $report Of any kind of command: not yet checked, and perhaps never applied. */
	public function before_report( Report $report ): void;
}
