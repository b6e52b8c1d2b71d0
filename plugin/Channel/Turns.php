<?php
/**
 * POST and DELETE /bridge/attempts/{uuid}/begin
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Errors\ActionRefused;
use SellMyImages\Upscaling\SubmitTurns;
use WP_Error;
use WP_REST_Request;

/**
 * Reads who wants to send what. DELETE has its pair in the query where something on the way drops its body: the signature covers both, and
 * `X-HTTP-Method-Override: DELETE` of a POST is signed as the DELETE that it stands for.
 */
final class Turns {

	/**
	 * @param SubmitTurns $turns Judges it.
	 */
	public function __construct( private readonly SubmitTurns $turns ) {}

	/**
	 * Begins a submit, just before the call.
	 *
	 * @param WP_REST_Request $request Signed.
	 * @return array<string,mixed>|WP_Error Of begin-response.schema.json.
	 * @throws ActionRefused 404 or 409.
	 */
	public function begin( WP_REST_Request $request ): array|WP_Error {
		$pair = Bodies::read( $request, 'begin-request' );
		return is_wp_error( $pair )
			? $pair
			: $this->turns->begin( self::attempt( $request ), (int) $pair['lease_no'], (string) $pair['turn'] );
	}

	/**
	 * Takes a turn back that was not used.
	 *
	 * @param WP_REST_Request $request Signed.
	 * @return array<string,mixed>|WP_Error Of begin-response.schema.json.
	 * @throws ActionRefused 404 or 409.
	 */
	public function give_back( WP_REST_Request $request ): array|WP_Error {
		$pair = '' === (string) $request->get_body()
			? Bodies::check( self::query( $request ), 'begin-request' )
			: Bodies::read( $request, 'begin-request' );
		return is_wp_error( $pair )
			? $pair
			: $this->turns->give_back( self::attempt( $request ), (int) $pair['lease_no'], (string) $pair['turn'] );
	}

	/**
	 * The attempt's UUID.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	private static function attempt( WP_REST_Request $request ): string {
		return strtolower( (string) ( $request->get_url_params()['uuid'] ?? '' ) );
	}

	/**
	 * The pair as the query has it, where every number is a text.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string,mixed>
	 */
	private static function query( WP_REST_Request $request ): array {
		$query = array_intersect_key( $request->get_query_params(), array( 'lease_no' => true, 'turn' => true ) );
		$lease = $query['lease_no'] ?? '';
		return is_string( $lease ) && ctype_digit( $lease ) ? array( 'lease_no' => (int) $lease ) + $query : $query;
	}
}
