<?php
/**
 * Something only a person can put right.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * Thrown before anything was changed by whoever throws it.
 */
final class UpgradeBlocked extends \RuntimeException {

	/** The server has no InnoDB. */
	public const ENGINE = 'engine';

	/** Rows that share what may be there only once. */
	public const DUPLICATES = 'duplicates';

	/** Texts that are no amounts, numbers or times. */
	public const VALUES = 'values';

	/** In which time zone or currency older orders were written; the rest goes on meanwhile. */
	public const OLDER_FACTS = 'older_facts';

	/**
	 * @param string               $reason One of the above.
	 * @param array<string,string> $facts  table, columns, examples, wanted; or what is asked.
	 */
	public function __construct( public readonly string $reason, public readonly array $facts = array() ) {
		parent::__construct( $reason . ( array() === $facts ? '' : ': ' . implode( ' / ', $facts ) ) );
	}
}
