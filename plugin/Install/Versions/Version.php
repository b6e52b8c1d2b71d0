<?php
/**
 * One version of the tables.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Versions;

use SellMyImages\Install\UpgradeStep;

/**
 * What rows written before it lack. Its columns and keys need nobody: what Schema says of today is added wherever it is missing.
 */
abstract class Version {

	/** @param array<string,UpgradeStep> $steps By name, in order. A name is one step, whichever version wants it. */
	public function __construct( private readonly array $steps ) {
	}

	abstract public function number(): int;

	/**
	 * @param int                        $from    Version of the tables before; 0 where nobody knows.
	 * @param array<string,list<string>> $missing Table => columns that it lacks.
	 */
	public function is_due( int $from, array $missing ): bool {
		return $from < $this->number();
	}

	/** Done before any column is there; may be done twice. */
	public function prepare(): void {
	}

	/** Seconds to wait before the first step. */
	public function wait(): int {
		return 0;
	}

	/** @return array<string,UpgradeStep> */
	public function steps(): array {
		return $this->steps;
	}
}
