<?php
/**
 * A filter on a part of the facet.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\JobList\Filters;

use SellMyImages\Jobs\Facet;

/**
 * It needs no SQL of its own: all of them together are a set of facets, which every counter and every list knows.
 */
interface FacetFilter extends Filter {

	/**
	 * @param array{status:\SellMyImages\Jobs\JobStatus,payment_status:\SellMyImages\Jobs\PaymentStatus,
	 *   attention:?\SellMyImages\Jobs\Attention} $parts Of
	 *   Facet::decode().
	 */
	public function takes( array $parts ): bool;

	/** Whether the tabs of the screen choose it, so that what they count must go without. */
	public function is_of_tabs(): bool;
}
