<?php
/**
 * The REST API while tables are not there.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Errors\ErrorCode;
use WP_Error;
use WP_REST_Request;

/**
 * 503 with Retry-After (which Rest\ThrownErrors makes of it), in words. The bridge's own calls, once their signature is checked, bring the
 * tables up to date.
 */
final class UpgradeGate {

	public const CODE = ErrorCode::UPGRADE_PENDING;

	/** Seconds after which to ask again. */
	private const RETRY_AFTER = 30;

	/** Routes that need no table. */
	private const ALWAYS_OPEN = array( '/smi/v1/settings', '/smi/v1/connection' );

	/** Routes under which the tables are brought up to date. */
	private const BRIDGE = array( '/smi/v1/bridge/hello', '/smi/v1/bridge/sync' );

	public function __construct( private readonly Installer $installer, private readonly UpgradeState $state ) {
	}

	public function register(): void {
		add_filter( 'rest_request_before_callbacks', array( $this, 'hold_back' ), 5, 3 );
		add_filter( 'rest_dispatch_request', array( $this, 'install_for_bridge' ), 10, 2 );
	}

	/**
	 * @param mixed                                $response Null, or what somebody else answered.
	 * @param mixed                                $handler  Of the route.
	 * @param WP_REST_Request<array<string,mixed>> $request  The request.
	 */
	public function hold_back( mixed $response, mixed $handler, WP_REST_Request $request ): mixed {
		$needs_tables = self::is_ours( $request ) && ! in_array( $request->get_route(), self::BRIDGE, true )
			&& array() === array_filter(
				self::ALWAYS_OPEN,
				static fn( string $route ): bool => str_starts_with( $request->get_route(), $route )
			);

		return null === $response && $needs_tables && ! $this->state->is_usable() ? self::error() : $response;
	}

	/**
	 * @param mixed                                $result  Null, or what somebody else answered.
	 * @param WP_REST_Request<array<string,mixed>> $request The request, permitted.
	 */
	public function install_for_bridge( mixed $result, WP_REST_Request $request ): mixed {
		$is_bridge = null === $result && in_array( $request->get_route(), self::BRIDGE, true );

		return $is_bridge && ! $this->installer->install_if_needed() ? self::error() : $result;
	}

	private static function error(): WP_Error {
		$words = __(
			'The shop is being brought up to date and is not ready yet. Nothing was lost, and nothing was charged. Please try again in a minute.',
			'sell-my-images'
		);

		return new WP_Error( self::CODE, $words, array( 'status' => 503, 'retry_after' => self::RETRY_AFTER ) );
	}

	/** @param WP_REST_Request<array<string,mixed>> $request The request. */
	private static function is_ours( WP_REST_Request $request ): bool {
		return str_starts_with( $request->get_route(), '/smi/v1/' );
	}
}
