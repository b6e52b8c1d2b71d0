<?php
/**
 * How the REST API says no.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Rest;

use SellMyImages\Errors\ErrorCode;

/**
 * One envelope: {code, message, data: {status, details?, params?}}.
 */
final class RestError {

	/** 401 for visitors, 403 for users without the right. */
	public static function forbidden(): \WP_Error {
		$message = is_user_logged_in()
			? __( 'Your account may not do this. An administrator of the site can give it the right.', 'sell-my-images' )
			: __( 'Please log in first.', 'sell-my-images' );

		return new \WP_Error( 'rest_forbidden', $message, array( 'status' => rest_authorization_required_code() ) );
	}

	public static function job_not_found(): \WP_Error {
		return new \WP_Error(
			ErrorCode::JOB_NOT_FOUND,
			__( 'No job has this number. It may have been typed wrong.', 'sell-my-images' ),
			array( 'status' => 404 )
		);
	}

	/**
	 * As WordPress itself answers bad input.
	 *
	 * @param array<string,string> $params Parameter => what is wrong with it.
	 */
	public static function invalid( array $params ): \WP_Error {
		return new \WP_Error(
			'rest_invalid_param',
			/* translators: %s: names of parameters. */
			sprintf( __( 'Invalid parameter(s): %s', 'sell-my-images' ), implode( ', ', array_keys( $params ) ) ),
			array(
				'status' => 400,
				'params' => $params,
			)
		);
	}
}
