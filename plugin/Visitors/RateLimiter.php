<?php
/**
 * Limits of the public routes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

use SellMyImages\Hooks\Listeners;
use SellMyImages\Rest\RateLimitedException;

/**
 * What a stranger does counts against the stranger; who holds a secret (a download link, an order's key) is counted by it, wherever they
 * ask from. Only orders that could really be paid count as sales, so that a flood of nonsense closes nothing.
 */
final class RateLimiter {

	/** Name => [ how many, in seconds ]. */
	private const LIMITS = array(
		// Orders of an address, whatever becomes of them. Cheap to refuse.
		'checkout_tried' => array( 120, 600 ),
		// Sales that an address starts.
		'checkout'       => array( 20, 600 ),
		// Sales that all start; above it, an address has those of the next line.
		'checkout_site'  => array( 300, 600 ),
		'checkout_busy'  => array( 3, 600 ),
		// Prices and clicks of an address, and its tries at secrets.
		'read'           => array( 240, 60 ),
		// Looks at one order, requests for one file.
		'status'         => array( 120, 60 ),
		'download'       => array( 120, 60 ),
	);

	public function __construct(
		private readonly RateLimitRepository $counts,
		private readonly ClientAddress $address,
		private readonly VisitorSample $visitors
	) {}

	/**
	 * Counts one request of a visitor.
	 *
	 * @param string $name A name of LIMITS.
	 * @throws RateLimitedException When there were too many.
	 */
	public function take( string $name ): void {
		$this->visitors->note();
		$this->count( $name, $this->address->hash() );
	}

	/**
	 * Counts one request of whoever holds a secret.
	 *
	 * @param string $name   `status` or `download`.
	 * @param string $secret Known to be right.
	 * @throws RateLimitedException When there were too many.
	 */
	public function take_with( string $name, string $secret ): void {
		$this->count( $name, substr( hash_hmac( 'sha256', $secret, wp_salt( 'nonce' ) ), 0, 32 ) );
	}

	/**
	 * Counts a sale that is about to start. A rush may be strangers who want the shop shut, or a good day: whoever has not bought yet
	 * still can.
	 *
	 * @throws RateLimitedException When this address started too many.
	 */
	public function take_sale(): void {
		$this->take( 'checkout' );
		try {
			$this->count( 'checkout_site', '' );
		} catch ( RateLimitedException ) {
			$this->count( 'checkout_busy', $this->address->hash() );
		}
	}

	/**
	 * @param string $who Whose requests; empty: everybody's.
	 * @throws RateLimitedException When there were too many.
	 */
	private function count( string $name, string $who ): void {
		list( $limit, $seconds ) = self::LIMITS[ $name ];

		/**
		 * Filters how many requests are allowed in a window; 0 switches the limit off.
		 *
		 * @since 0.1.0
		 *
		 * @param int    $limit   How many.
		 * @param string $name    checkout_tried, checkout, checkout_site, checkout_busy, read, status or download.
		 * @param int    $seconds Length of the window.
		 */
		$limit = Listeners::apply_filters( 'smi_rate_limit', $limit, $name, $seconds );
		if ( $limit < 1 ) {
			return;
		}
		list( $count, $wait ) = $this->counts->hit( '' === $who ? $name : "$name:$who", $seconds );
		if ( $count > $limit ) {
			throw new RateLimitedException( $wait );
		}
	}
}
