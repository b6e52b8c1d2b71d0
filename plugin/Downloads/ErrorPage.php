<?php
/**
 * A dead download link, said to a person.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Downloads;

use WP_REST_Request;
use WP_REST_Response;

/**
 * Browsers that ask for HTML get a small page with the same words; programs keep the JSON.
 */
final class ErrorPage {

	/**
	 * Answers with a page, if that is what was asked for.
	 *
	 * @param WP_REST_Response                     $response The error.
	 * @param WP_REST_Request<array<string,mixed>> $request  The request.
	 * @return bool Whether it did.
	 */
	public function serve( WP_REST_Response $response, WP_REST_Request $request ): bool {
		$data = $response->get_data();
		if (
			! is_array( $data )
			|| ! isset( $data['message'] )
			|| ! str_contains( (string) $request->get_header( 'accept' ), 'text/html' )
		) {
			return false;
		}
		if ( ! headers_sent() ) {
			header( 'Content-Type: text/html; charset=UTF-8' );
		}
		if ( 'HEAD' !== $request->get_method() ) {
			echo $this->html( (string) $data['message'] ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		}
		return true;
	}

	private function html( string $message ): string {
		return sprintf(
			'<!DOCTYPE html><html %s><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>%s</title><style>body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em;color:#1e1e1e}</style></head><body><main><h1>%s</h1><p>%s</p><p><a href="%s">%s</a></p></main></body></html>',
			get_language_attributes(),
			esc_html__( 'Download', 'sell-my-images' ),
			esc_html__( 'This download does not work', 'sell-my-images' ),
			esc_html( $message ),
			esc_url( home_url( '/' ) ),
			esc_html( (string) get_option( 'blogname' ) )
		);
	}
}
