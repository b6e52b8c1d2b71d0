<?php
/**
 * No job has this identifier.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

final class JobNotFound extends \RuntimeException {

	public function __construct( public readonly string $job_id ) {
		parent::__construct( 'No job has this number.' );
	}
}
