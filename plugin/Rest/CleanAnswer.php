<?php
/**
 * Nothing stands before an answer of ours.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use WP_REST_Request;

/**
 * A file that was saved with a byte order mark, or a notice that PHP prints, makes of JSON what not every program can read. As long as it
 * waits in the output buffer it can be taken away; where a server has none, it is gone already.
 */
final class CleanAnswer {

	public function register(): void {
		add_filter( 'rest_pre_serve_request', array( $this, 'before_it_is_sent' ), PHP_INT_MIN, 3 );
	}

	/**
	 * @param mixed                                $served  Whether somebody has sent an answer.
	 * @param mixed                                $result  The answer.
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 */
	public function before_it_is_sent( mixed $served, mixed $result, WP_REST_Request $request ): mixed {
		if ( true !== $served && str_starts_with( $request->get_route(), '/smi/v1/' ) ) {
			self::clear();
		}

		return $served;
	}

	public static function clear(): void {
		if ( (int) ob_get_length() > 0 && ! headers_sent() ) {
			ob_clean();
		}
	}
}
