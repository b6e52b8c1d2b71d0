<?php
/**
 * GET /offers
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Bridge\Interest;
use SellMyImages\Visitors\PublicRoute;
use SellMyImages\Visitors\RateLimiter;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Says what can be bought of a picture.
 */
final class OffersController extends PublicRoute {

	public function __construct(
		RateLimiter $limits,
		private readonly Offers $offers,
		private readonly Interest $interest
	) {
		parent::__construct( $limits );
	}

	public function endpoints(): array {
		$endpoint = array(
			'methods'  => 'GET',
			'callback' => array( $this, 'get' ),
			'args'     => $this->picture_args(),
			'schema'   => 'offers',
		);
		return array( '/offers' => $endpoint );
	}

	/**
	 * The offers.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function get( WP_REST_Request $request ): WP_REST_Response {
		return $this->guarded(
			array( 'read' ),
			function () use ( $request ) {
				$attachment_id = $this->number( $request, 'attachment_id' );
				$offers        = $this->offers->of( $attachment_id, $this->number( $request, 'post_id' ) );
				if ( null === $offers ) {
					return $this->unknown_picture();
				}
				// Somebody looks at prices: the bridge should be quick for a while.
				$this->interest->touch();
				return array(
					'attachment_id' => $attachment_id,
					'currency'      => $this->offers->currency(),
					'offers'        => array_map( static fn( Offer $offer ): array => $offer->to_rest(), $offers ),
				);
			}
		);
	}
}
