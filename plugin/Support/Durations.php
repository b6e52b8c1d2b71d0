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
		'LEASE_MARGIN'         => 30,
		'SITE_LEASE'           => 60,
		'SITE_SLICE'           => 2,
		'SYNC_FAST'            => 1,
		'SYNC_SLOW'            => 15,
		'SYNC_FAST_FOR'        => 600,
		'BRIDGE_SILENT'        => 300,
		'CLOCK_SKEW'           => 300,
		'CHECKOUT_OPEN'        => 1500,
		'SESSION_EXPIRES'      => 3600,
		'SESSION_POLL'         => 300,
		'PAYMENT_POLL'         => 900,
		'PAYMENT_ACTION_AGAIN' => 300,
		'PAID_NOT_STARTED'     => 600,
		'PAID_TOO_OLD'         => 604800,
		'QUEUED_TOO_LONG'      => 3600,
		'STUCK_PROCESSING'     => 3600,
		'SUBMIT_UNKNOWN'       => 1800,
		'ATTEMPT_FIRST_LOOK'   => 5,
		'ATTEMPT_POLL'         => 30,
		'SUBMIT_AGAIN'         => 30,
		'ATTEMPT_GIVE_UP'      => 10800,
		'RETRY_FIRST'          => 10,
		'RETRY_SECOND'         => 60,
		'REFUND_POLL'          => 3600,
		'UPSCALER_PROBE'       => 300,
		'RECONCILE'            => 3600,
		'RECONCILE_OBJECTS'    => 86400,
		'SWEEP'                => 60,
		'PURGE'                => 86400,
		'COMMAND_BACKOFF'      => 5,
		'COMMAND_BACKOFF_MAX'  => 300,
		'KEEP_COMMANDS'        => 604800,
		'KEEP_EVENTS'          => 3024000,
		'KEEP_ABANDONED'       => 7776000,
		'RATE_CHECKOUTS'       => 600,
		'RATE_READS'           => 60,
		'EMAIL_RETRIES'        => 86400,
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
		$override = defined( "SMI_TIME_$name" ) ? constant( "SMI_TIME_$name" ) : getenv( "SMI_TIME_$name" );

		return is_numeric( $override ) ? max( 0, (int) $override ) : $default;
	}
}
