<?php
/**
 * Limits of the public routes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Hooks\Listeners;

/**
 * Per address: 20 checkouts in 10 minutes and 240 reads a minute. For the whole site: 300 checkouts in 10 minutes.
 */
class RateLimiter {

	/** Name => [ how many, in seconds, per address? ] */
	private const LIMITS = array(
		'checkout'      => array( 20, 600, true ),
		'checkout_site' => array( 300, 600, false ),
		'read'          => array( 240, 60, true ),
	);

	public function __construct(
		private readonly RateLimitRepository $counts,
		private readonly ClientAddress $address
	) {}

	/**
	 * Counts one request against a limit.
	 *
	 * @param string $name checkout, checkout_site or read.
	 * @throws RateLimitedException When there were too many.
	 */
	public function take( string $name ): void {
		list( $limit, $seconds, $per_address ) = self::LIMITS[ $name ];

		/**
		 * Filters how many requests are allowed in a window; 0 switches the limit off.
		 *
		 * @param int    $limit   How many.
		 * @param string $name    checkout, checkout_site or read.
		 * @param int    $seconds Length of the window.
		 */
		$limit = Listeners::apply_filters( 'smi_rate_limit', $limit, $name, $seconds );
		if ( $limit < 1 ) {
			return;
		}
		list( $count, $wait ) = $this->counts->hit( $per_address ? $name . ':' . $this->address->hash() : $name, $seconds );
		if ( $count > $limit ) {
			throw new RateLimitedException( $wait );
		}
	}
}
