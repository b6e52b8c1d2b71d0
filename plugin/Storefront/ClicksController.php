<?php
/**
 * POST /clicks
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Rest\Contract;
use SellMyImages\Visitors\PublicRoute;
use SellMyImages\Visitors\RateLimiter;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Counts a click on a Buy button.
 */
final class ClicksController extends PublicRoute {

	public function __construct(
		RateLimiter $limits,
		private readonly Offers $offers,
		private readonly ClickRepository $clicks
	) {
		parent::__construct( $limits );
	}

	public function endpoints(): array {
		$endpoint = array(
			'methods'  => 'POST',
			'callback' => array( $this, 'create' ),
			'args'     => Contract::args( 'click-request' ),
			'schema'   => 'click-request',
		);
		return array( '/clicks' => $endpoint );
	}

	/**
	 * Counts it; 404 for a picture that nobody could have clicked on.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function create( WP_REST_Request $request ): WP_REST_Response {
		return $this->guarded(
			array( 'read' ),
			function () use ( $request ) {
				$attachment_id = $this->number( $request, 'attachment_id' );
				$post_id       = $this->number( $request, 'post_id' );
				if ( ! $this->offers->is_clickable( $attachment_id, $post_id ) ) {
					return $this->unknown_picture();
				}
				$this->clicks->add( $attachment_id, $post_id );
				return new WP_REST_Response( null, 204 );
			}
		);
	}
}
