<?php
/**
 * A way of writing jobs down.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * Lines are written without the break behind the last one, which Export adds when all are there: a file that does not end in a line break
 * is not whole.
 */
interface Format {

	public function content_type(): string;

	/** Of the file's name. */
	public function ending(): string;

	public function line_break(): string;

	/** What stands above the jobs; '' for nothing. */
	public function head(): string;

	/**
	 * @param list<array<string,string|null>> $rows At least one, of Rows.
	 */
	public function lines( array $rows ): string;

	/**
	 * What stands in the last line of a file that could not be finished.
	 *
	 * @param string $message What happened, for a person.
	 * @param int    $jobs    How many are in the file.
	 */
	public function apology( string $message, int $jobs ): string;
}
