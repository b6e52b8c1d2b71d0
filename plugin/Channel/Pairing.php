<?php
/**
 * One string that connects a bridge.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\KeyRing;

/**
 * Makes connection strings.
 *
 * Grammar: `scheme "://" key-id ":" secret "@" host [":" port] path "?rest=" rest`
 * — the site's home URL with a closing slash, the key as its user and password, and as `rest` the URL-encoded path and
 * query of the REST root on the same host: `%2Fwp-json%2F` with pretty permalinks, `%2F%3Frest_route%3D%2F` with plain
 * ones. A route is called at that root with the route (without its first slash) put behind it, and its own query added
 * with `?` or `&`. The key's id and secret hold no character that a URL would encode; the secret's text, as it stands,
 * is the HMAC key.
 */
final class Pairing {

	/**
	 * @param KeyRing $keys The keys.
	 */
	public function __construct( private readonly KeyRing $keys ) {}

	/**
	 * Makes a key and the string that carries it. It can not be shown again.
	 *
	 * @param string $label What the owner calls the bridge.
	 * @throws \SellMyImages\Errors\ActionRefused When two keys are in use.
	 */
	public function create_connection_string( string $label ): string {
		$key = $this->keys->create( $label );
		return $this->connection_string( $key['id'], $key['secret'] );
	}

	/**
	 * The string for a key.
	 *
	 * @param string $id     The key's id.
	 * @param string $secret Its secret.
	 */
	public function connection_string( string $id, string $secret ): string {
		$home = (array) wp_parse_url( home_url( '/' ) );
		$rest = (array) wp_parse_url( rest_url() );
		$root = ( $rest['path'] ?? '/' ) . ( isset( $rest['query'] ) ? '?' . $rest['query'] : '' );
		$port = isset( $home['port'] ) ? ':' . $home['port'] : '';
		return ( $home['scheme'] ?? 'https' ) . "://$id:$secret@" . ( $home['host'] ?? '' ) . $port . ( $home['path'] ?? '/' ) . '?rest='
			. rawurlencode( $root );
	}
}
