<?php
/**
 * The header under which a request is done once.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Errors\ErrorCode;
use WP_REST_Request;

final class IdempotencyKey {

	private const LONGEST = 191;

	/**
	 * @param WP_REST_Request<array<string,mixed>> $request The request.
	 * @return string|null Null where there is none.
	 * @throws ActionRefused When it is too long to be kept.
	 */
	public static function of( WP_REST_Request $request ): ?string {
		$key = trim( (string) $request->get_header( 'idempotency_key' ) );
		if ( strlen( $key ) > self::LONGEST ) {
			$details = array( 'params' => array( 'Idempotency-Key' => 'too long' ) );
			throw new ActionRefused(
				ErrorCode::IDEMPOTENCY_KEY_TOO_LONG,
				__( 'Nothing was done: Idempotency-Key may have at most 191 characters.', 'sell-my-images' ),
				400,
				$details
			);
		}

		return '' === $key ? null : $key;
	}
}
