<?php
/**
 * WordPress's own clock.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

/**
 * Runs a slice of site commands every minute, where WP-Cron works. Nothing relies on it alone.
 */
final class Cron {

	public const EVENT    = 'smi_work';
	public const SCHEDULE = 'smi_minute';

	/** Seconds that one cron request works. */
	private const SLICE = 2.0;

	/**
	 * Hooked in on every request, so it makes nothing before there is something to do.
	 *
	 * @param \Closure(): SiteWorker $worker Does the work.
	 */
	public function __construct( private readonly \Closure $worker ) {}

	/** Adds the hooks. */
	public function register(): void {
		// phpcs:ignore WordPress.WP.CronInterval.CronSchedulesInterval -- one short indexed query when nothing is due.
		add_filter( 'cron_schedules', array( $this, 'add_schedule' ) );
		add_action( 'init', array( $this, 'ensure' ) );
		add_action( self::EVENT, array( $this, 'run' ) );
	}

	/**
	 * Adds "every minute".
	 *
	 * @param mixed $schedules WordPress's, or what another filter made of them.
	 */
	public function add_schedule( mixed $schedules ): mixed {
		if ( ! is_array( $schedules ) ) {
			return $schedules;
		}
		$schedules[ self::SCHEDULE ] = array(
			'interval' => MINUTE_IN_SECONDS,
			// Plugins ask for schedules before languages may be loaded.
			'display'  => did_action( 'init' ) > 0 ? __( 'Every minute', 'sell-my-images' ) : 'Every minute',
		);
		return $schedules;
	}

	/** Books the event of this site, once. */
	public function ensure(): void {
		if ( false === wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time() + MINUTE_IN_SECONDS, self::SCHEDULE, self::EVENT );
		}
	}

	/** The event. Those of other plugins come after it, so nothing may be thrown: what was not done is due in a minute. */
	public function run(): void {
		try {
			( $this->worker )()->run_slice( self::SLICE );
		} catch ( \Throwable $error ) {
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- nobody is looking.
			error_log( 'Sell My Images: nothing could be done now, and will be tried again in a minute. ' . $error->getMessage() );
		}
	}
}
