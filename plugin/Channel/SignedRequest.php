<?php
/**
 * Who may use the bridge's routes.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Channel;

use SellMyImages\Bridge\CallingKey;
use SellMyImages\Bridge\KeyRing;
use SellMyImages\Errors\ErrorCode;
use WP_Error;
use WP_REST_Request;

/**
 * The permission callback of /bridge/…: a valid signature, for this very route and query, and a body that arrived whole.
 */
final class SignedRequest {

	/** Bytes of a message; a hundred snapshots of 4 kB fit five times. */
	private const LARGEST_MESSAGE = 2097152;

	/** Bytes of a piece of a file. */
	private const LARGEST_PIECE = 33554432;

	/**
	 * @param KeyRing    $keys   Valid keys.
	 * @param CallingKey $caller Whose message it is, from then on.
	 */
	public function __construct( private readonly KeyRing $keys, private readonly CallingKey $caller ) {}

	/**
	 * Whether the request comes from a paired bridge.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return true|WP_Error
	 */
	public function check( WP_REST_Request $request ): bool|WP_Error {
		$too_large = $this->size_fault( $request );
		if ( null !== $too_large ) {
			return $too_large;
		}
		$headers = array();
		foreach ( array( 'content-digest', 'smi-route', 'signature-input', 'signature' ) as $name ) {
			$headers[ $name ] = trim( (string) $request->get_header( $name ) );
		}
		$used   = '';
		$secret = null;
		$fault  = MessageSignature::fault(
			$request->get_method(),
			(string) $request->get_body(),
			$headers,
			function ( string $id ) use ( &$used, &$secret ): ?string {
				$used   = $id;
				$secret = $this->keys->secret( $id );
				return $secret;
			},
			time()
		);
		if ( null === $fault && ! hash_equals( self::route( $request ), $headers['smi-route'] ) ) {
			$fault = 'route';
		}
		if ( null !== $fault ) {
			return $this->refusal( $fault );
		}
		$this->keys->used( $used );
		$this->caller->is( (string) $secret );
		return true;
	}

	/**
	 * The id of the key that signed.
	 *
	 * @param WP_REST_Request $request A checked request.
	 */
	public static function key_id( WP_REST_Request $request ): string {
		return 1 === preg_match( '/;keyid="([^"]+)"/', (string) $request->get_header( 'signature-input' ), $found ) ? $found[1] : '';
	}

	/**
	 * What SMI-Route must say: the matched route, and its query sorted by name.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	public static function route( WP_REST_Request $request ): string {
		$query = array_diff_key( $request->get_query_params(), array( 'rest_route' => true ) );
		ksort( $query, SORT_STRING );
		$pairs = array();
		foreach ( $query as $name => $value ) {
			$pairs[] = rawurlencode( (string) $name ) . '=' . rawurlencode( is_scalar( $value ) ? (string) $value : '' );
		}
		return $request->get_route() . ( array() === $pairs ? '' : '?' . implode( '&', $pairs ) );
	}

	/**
	 * Whether the body is too large for us, or was dropped on the way in.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	private function size_fault( WP_REST_Request $request ): ?WP_Error {
		$bytes = strlen( (string) $request->get_body() );
		$most  = str_ends_with( $request->get_route(), '/file' ) ? self::LARGEST_PIECE : self::LARGEST_MESSAGE;
		// PHP hands over an empty body when it was larger than post_max_size.
		$dropped = 0 === $bytes && (int) $request->get_header( 'content-length' ) > 0;
		if ( $bytes <= $most && ! $dropped ) {
			return null;
		}
		return new WP_Error(
			ErrorCode::CHANNEL_TOO_LARGE,
			__( 'The message is larger than this site takes. Nothing was stored. Send it in smaller pieces.', 'sell-my-images' ),
			array( 'status' => 413 )
		);
	}

	/**
	 * The 401, with the site's time, because a wrong clock is the commonest cause.
	 *
	 * @param string $fault MessageSignature::fault(), or `route`.
	 */
	private function refusal( string $fault ): WP_Error {
		$messages = array(
			'missing'     => __( 'The request is not signed. This route is for the connected bridge only.', 'sell-my-images' ),
			'malformed'   => __(
				'The signature has another form than this site expects. Check that the bridge and the plugin have versions that fit each other.',
				'sell-my-images'
			),
			'key_unknown' => __(
				'The site does not know this connection key; it may have been removed. Make a new connection string in Sell My Images > Settings and give it to the bridge.',
				'sell-my-images'
			),
			'expired'     => __(
				'The signature is too old or lies in the future. Compare the clocks of the bridge and of this site.',
				'sell-my-images'
			),
			'digest'      => __(
				'The body is not the one that was signed. Something between the bridge and this site changed it.',
				'sell-my-images'
			),
			'mismatch'    => __(
				'The signature is wrong. Either the connection string is not the right one, or something on the way changed the request.',
				'sell-my-images'
			),
			'route'       => __(
				'The request was signed for another address. Something between the bridge and this site rewrote it.',
				'sell-my-images'
			),
		);
		return new WP_Error(
			"smi_signature_$fault",
			$messages[ $fault ] ?? $messages['mismatch'],
			array(
				'status' => 401,
				'time'   => gmdate( 'Y-m-d\TH:i:s\Z' ),
			)
		);
	}
}
