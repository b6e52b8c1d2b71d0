<?php
/**
 * What needs the owner, from the rows.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Attention;

use SellMyImages\Actions\JobFacts;
use SellMyImages\Actions\JobFactsReader;
use SellMyImages\Jobs\AttentionSource;

/** Two queries for any number of jobs. */
final class AttentionReader implements AttentionSource {

	public function __construct( private readonly JobFactsReader $facts ) {
	}

	public function for_jobs( array $jobs ): array {
		return array_map( static fn( JobFacts $facts ): array => AttentionRules::all( $facts ), $this->facts->for_jobs( $jobs ) );
	}
}
