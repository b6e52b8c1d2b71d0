<?php
/**
 * A filter of the list.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

/**
 * A value that knows its own parameters. A new one extends RowFilter, in a file of its own, and gets a line in JobFilters::ALL.
 */
interface Filter {

	/** @return non-empty-list<string> Parameters that it reads, as jobs-filter.schema.json names them. */
	public static function params(): array;

	/**
	 * @return self|null Null: nothing is asked of it.
	 * @throws \SellMyImages\JobList\InvalidFilter When a value means nothing.
	 */
	public static function parse( Params $params ): ?self;
}
