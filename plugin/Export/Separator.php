<?php
/**
 * What stands between the cells of a table.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Export;

/**
 * A spreadsheet expects the one of its country: where a comma stands in decimals, the semicolon.
 */
enum Separator: string {
	case Comma     = 'comma';
	case Semicolon = 'semicolon';
	case Tab       = 'tab';

	public function sign(): string {
		return match ( $this ) {
			self::Comma => ',',
			self::Semicolon => ';',
			self::Tab => "\t",
		};
	}

	public function content_type(): string {
		return self::Tab === $this ? 'text/tab-separated-values; charset=utf-8' : 'text/csv; charset=utf-8';
	}

	/** Of the file's name. */
	public function ending(): string {
		return self::Tab === $this ? 'tsv' : 'csv';
	}
}
