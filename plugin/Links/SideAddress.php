<?php
/**
 * Addresses that work where a plugin closed the REST API.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Links;

/** A site's front page, asked for a route; Storefront\SideDoor answers. */
final class SideAddress {

	/** The parameter that names the route, such as `?smi-api=/smi/v1/download/{token}`. */
	public const API = 'smi-api';

	public const NAMESPACE = '/smi/v1';

	/** The address that gives a file. */
	public static function download_url( string $token ): string {
		return add_query_arg( self::API, self::NAMESPACE . "/download/$token", home_url( '/' ) );
	}
}
