<?php
/**
 * Every duration that the plugin waits for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Support;

/**
 * Seconds by name. In a local environment `SMI_TIME_<NAME>`, as a constant or in the process's environment, overrides one.
 */
final class Durations {

	/** Name => seconds. */
	public const DEFAULTS = array(
		'LEASE'                => 180,
		'SYNC_FAST'            => 1,
		'SYNC_SLOW'            => 15,
		'SYNC_FAST_FOR'        => 600,
		'BRIDGE_SILENT'        => 300,
		'CHECKOUT_LIFE'        => 3600,
		'CHECKOUT_POLL'        => 300,
		'CHECKOUT_UNMADE'      => 1500,
		'PAYMENT_POLL'         => 900,
		'FEE_REFUSED_POLL'     => 86400,
		'FEE_GIVEN_UP'         => 2592000,
		'PAYMENT_ACTION_AGAIN' => 300,
		'PAID_NOT_STARTED'     => 600,
		'START_TOO_LATE'       => 604800,
		'QUEUED_TOO_LONG'      => 3600,
		'STUCK_PROCESSING'     => 3600,
		'SUBMIT_UNKNOWN'       => 1800,
		'SUBMIT_LIMITED'       => 30,
		'ATTEMPT_FIRST_LOOK'   => 5,
		'ATTEMPT_POLL'         => 30,
		'REFUND_UNSENT'        => 900,
		'RETRY_FIRST'          => 10,
		'RETRY_SECOND'         => 60,
		'UPSCALER_PROBE'       => 300,
		'PAYMENTS_TOLD'        => 300,
		'UPSCALER_SILENT'      => 900,
		'RECONCILE_OBJECTS'    => 86400,
		'RECONCILE_EVENTS'     => 180,
		'SWEEP'                => 60,
		'PURGE'                => 86400,
	);

	/**
	 * @param string $name A key of DEFAULTS.
	 * @return int Seconds.
	 * @throws \LogicException For a name that is not there.
	 */
	public static function seconds( string $name ): int {
		$default = self::DEFAULTS[ $name ] ?? throw new \LogicException( "Unknown duration: $name" );
		if ( 'local' !== wp_get_environment_type() ) {
			return $default;
		}
		$override = defined( "SMI_TIME_$name" ) ? constant( "SMI_TIME_$name" ) : Host::environment( "SMI_TIME_$name" );

		return is_numeric( $override ) ? max( 0, (int) $override ) : $default;
	}
}
