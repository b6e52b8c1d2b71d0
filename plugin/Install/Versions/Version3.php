<?php
/**
 * The version with the sum of lost disputes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Versions;

use SellMyImages\Install\UpgradeStep;
use SellMyImages\Jobs\Counting\LostProgress;

/**
 * Counters of earlier versions lack that sum; all others go on meanwhile.
 */
final class Version3 extends Version {

	/** Seconds until the last request that began under an earlier version is over; it would count past a mark that it does not know. */
	private const OLD_REQUESTS = 120;

	/** @param array<string,UpgradeStep> $steps By name, in order. */
	public function __construct( array $steps, private readonly LostProgress $progress ) {
		parent::__construct( $steps );
	}

	public function number(): int {
		return 3;
	}

	public function is_due( int $from, array $missing ): bool {
		return in_array( 'lost', $missing['counts_day'] ?? array(), true );
	}

	/** From the column's first moment on nobody may count a job that the recount will. */
	public function prepare(): void {
		$this->progress->start();
	}

	public function wait(): int {
		return self::OLD_REQUESTS;
	}
}
