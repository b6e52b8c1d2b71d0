<?php
/**
 * POST /checkouts, GET /checkouts/{job_id}
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Bridge\Interest;
use SellMyImages\Channel\BridgePush;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Errors\ErrorCode;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Payments\Checkouts;
use SellMyImages\Rest\Contract;
use SellMyImages\Rest\RestError;
use SellMyImages\Support\Locales;
use SellMyImages\Visitors\PublicRoute;
use SellMyImages\Visitors\RateLimiter;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Starts a sale, and tells its buyer how it goes.
 */
final class CheckoutsController extends PublicRoute {

	public function __construct(
		RateLimiter $limits,
		private readonly Offers $offers,
		private readonly Shop $shop,
		private readonly Checkouts $checkouts,
		private readonly BridgePush $push,
		private readonly Interest $interest,
		private readonly JobRepository $jobs,
		private readonly LinkTokens $links,
		private readonly CheckoutStatus $status
	) {
		parent::__construct( $limits );
	}

	public function endpoints(): array {
		$key = array(
			'type'      => 'string',
			'required'  => true,
			'maxLength' => 200,
		);
		return array(
			'/checkouts' => array(
				'methods'  => 'POST',
				'callback' => array( $this, 'create' ),
				'args'     => Contract::args( 'checkout-request' ),
				'schema'   => 'checkout-created',
			),
			'/checkouts/' . self::JOB => array(
				'methods'  => 'GET',
				'callback' => array( $this, 'get' ),
				'args'     => array( 'key' => $key ),
				'schema'   => 'checkout-status',
			),
		);
	}

	/**
	 * Starts a sale.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function create( WP_REST_Request $request ): WP_REST_Response {
		return $this->guarded(
			array( 'checkout_tried' ),
			function () use ( $request ) {
				$order = $this->order( $request );
				if ( $order instanceof WP_Error ) {
					return $order;
				}
				$closed = $this->shop->closed_because();
				if ( null !== $closed ) {
					return $this->unavailable( $closed );
				}
				$this->limits->take_sale();
				return $this->open( $order );
			}
		);
	}

	/**
	 * How a sale goes. A wrong key and an unknown job look the same.
	 *
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function get( WP_REST_Request $request ): WP_REST_Response {
		return $this->guarded(
			array(),
			function () use ( $request ) {
				$job = $this->jobs->find( strtolower( (string) $request['job_id'] ) );
				if ( ! $this->links->is_buyer( $job, (string) $request['key'] ) || null === $job ) {
					$this->limits->take( 'read' );
					return $this->error(
						ErrorCode::CHECKOUT_NOT_FOUND,
						__( 'We cannot find this order. Please check that the address is complete.', 'sell-my-images' ),
						404
					);
				}
				$this->limits->take_with( 'status', $job->job_id );
				if ( ! $job->is_payment_under_way ) {
					$this->interest->touch();
				}
				return $this->status->of( $job );
			}
		);
	}

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 * @return Order|WP_Error
	 */
	private function order( WP_REST_Request $request ): Order|WP_Error {
		$post_id = $this->number( $request, 'post_id' );
		$picture = $this->offers->picture( $this->number( $request, 'attachment_id' ), $post_id );
		if ( null === $picture ) {
			return $this->unknown_picture();
		}
		$offer = $this->offers->offer( $picture, (string) $request['resolution'], $post_id );
		if ( null === $offer ) {
			$message = __( 'This picture cannot be made in that size. Please choose another one.', 'sell-my-images' );
			return RestError::invalid( array( 'resolution' => $message ) );
		}
		if ( ! $offer->is_at( $request['price'], $request['currency'] ) ) {
			return $this->other_price( $offer );
		}
		return new Order(
			$picture,
			$offer,
			$post_id,
			strtolower( trim( (string) $request['email'] ) ),
			Locales::of_request( (string) $request['locale'] )
		);
	}

	/**
	 * The job is committed first, so that it survives whatever happens to the push.
	 */
	private function open( Order $order ): WP_REST_Response {
		$this->interest->touch();
		// The payment page is told what is bought in the page's language, which need not be this request's.
		$opened = Locales::during( $order->locale, fn(): array => $this->checkouts->open( $order->to_checkout() ) );
		try {
			$this->push->push( $opened['command'] );
		} catch ( DatabaseError $error ) {
			// The order is there, and the bridge's next call does the same.
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- the buyer's answer is right without it.
			error_log( 'Sell My Images: a checkout waits for the next call of the bridge. ' . $error->getMessage() );
		}
		$job  = $this->jobs->find( $opened['job']->job_id ) ?? $opened['job'];
		$url  = (string) $job->checkout_url;
		$data = array(
			'job_id' => $job->job_id,
			'key'    => $opened['key'],
		);
		return new WP_REST_Response( '' === $url ? $data : $data + array( 'checkout_url' => $url ), '' === $url ? 202 : 201 );
	}

	/** The buyer saw another price than would be asked now: nothing is sold before this one was seen. */
	private function other_price( Offer $offer ): WP_Error {
		$details = array( 'resolution' => $offer->resolution, 'price' => $offer->to_rest()['price'], 'currency' => $offer->currency );

		return $this->error(
			ErrorCode::CHECKOUT_PRICE_CHANGED,
			__( 'The price has just changed. Nothing was charged; please look at the new price and decide again.', 'sell-my-images' ),
			409,
			array( 'details' => $details )
		);
	}

	private function unavailable( string $reason ): WP_Error {
		return $this->error(
			ErrorCode::CHECKOUT_UNAVAILABLE,
			__( 'Pictures cannot be bought just now. Nothing was charged; please try again in a few minutes.', 'sell-my-images' ),
			503,
			array(
				'details'     => array( 'reason' => $reason ),
				'retry_after' => 300,
			)
		);
	}
}
