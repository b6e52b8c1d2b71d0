<?php
/**
 * Somebody else changed the job meanwhile.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * The compare-and-set on a job's version found another version. Nothing was changed.
 */
final class StaleJob extends \RuntimeException {

	public function __construct( public readonly string $job_id ) {
		parent::__construct( 'The job has changed since it was read.' );
	}
}
