<?php
/**
 * Lets the bridge in where the REST API is closed to visitors.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

/**
 * Plugins that close the REST API refuse whoever is not logged in, before any route is asked. The bridge is nobody's user: it signs each
 * request, and its routes ask for the signature (SignedRequest). Shut out it would bring no payment and no image, although buyers come in
 * by the side door.
 */
final class BridgeAdmission {

	private const ROUTES = '/smi/v1/bridge/';

	/** Called when one of our routes is asked for. */
	public function register(): void {
		add_filter( 'rest_authentication_errors', array( $this, 'admit' ), PHP_INT_MAX );
	}

	/**
	 * @param mixed $result A WP_Error where somebody refused; true, null: nobody did.
	 * @return mixed Null for a signed request to the bridge's routes; as it came for all others.
	 */
	public function admit( mixed $result ): mixed {
		$route = (string) ( $GLOBALS['wp']->query_vars['rest_route'] ?? '' );
		if ( ! $result instanceof \WP_Error || ! self::is_signed() || ! str_starts_with( $route, self::ROUTES ) ) {
			return $result;
		}
		// The signature counts, and nobody's cookie beside it.
		wp_set_current_user( 0 );

		return null;
	}

	/** Only whether: the route looks whether it is right. */
	private static function is_signed(): bool {
		return isset( $_SERVER['HTTP_SIGNATURE'], $_SERVER['HTTP_SIGNATURE_INPUT'], $_SERVER['HTTP_SMI_ROUTE'] );
	}
}
