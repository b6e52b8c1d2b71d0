<?php
/**
 * The first version of today's layout.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install\Versions;

use SellMyImages\Install\OlderFacts;
use SellMyImages\Install\UpgradeStep;
use SellMyImages\Jobs\Counting\CounterProgress;

/**
 * Rows of the older layout learn their facts, and are counted. Such a table has no number: it is known by what it lacks.
 */
final class Version1 extends Version {

	/** Columns that hold facts of each row. One of the others comes back with its default, and says as much. */
	private const FACTS = array( 'facet', 'version', 'email_domain', 'download_generation', 'payment_action_done_at' );

	/** @param array<string,UpgradeStep> $steps By name, in order. */
	public function __construct( array $steps, private readonly CounterProgress $progress, private readonly OlderFacts $facts ) {
		parent::__construct( $steps );
	}

	public function number(): int {
		return 1;
	}

	public function is_due( int $from, array $missing ): bool {
		return array() !== array_intersect( self::FACTS, $missing['jobs'] ?? array() );
	}

	/** What only the older table tells is noted. And from the columns' first moment on, jobs are left to the count to come. */
	public function prepare(): void {
		$this->facts->note();
		$this->progress->start();
	}
}
