<?php
/**
 * Site Health: can the shop sell?
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Upkeep\Cron;

/**
 * Tests under Tools > Site Health: the bridge, the providers, WP-Cron, the uploads folder, the tables, and whether visitors reach the shop.
 */
final class SiteHealth {

	/** Seconds after which an event that should come every minute is not coming: quiet sites have few visitors to start WP-Cron. */
	private const CRON_LATE = 900;

	public function __construct(
		private readonly BridgeStatus $bridge,
		private readonly VisitorHealth $visitors,
		private readonly TablesHealth $tables,
		private readonly ProvidersHealth $providers
	) {}

	public function register(): void {
		add_filter( 'site_status_tests', array( $this, 'tests' ) );
	}

	/**
	 * Adds the tests.
	 *
	 * @param mixed $tests Tests that are there, or what another filter made of them.
	 */
	public function tests( mixed $tests ): mixed {
		if ( ! is_array( $tests ) ) {
			return $tests;
		}
		$ours = array(
			'smi_bridge'  => array( __( 'Sell My Images: bridge', 'sell-my-images' ), array( $this, 'bridge' ) ),
			'smi_cron'    => array( __( 'Sell My Images: WP-Cron', 'sell-my-images' ), array( $this, 'cron' ) ),
			'smi_uploads' => array( __( 'Sell My Images: uploads', 'sell-my-images' ), array( $this, 'uploads' ) ),
			'smi_tables'  => array( __( 'Sell My Images: tables', 'sell-my-images' ), array( $this, 'tables_are_right' ) ),
		);
		foreach ( $ours + $this->providers->tests() + $this->visitors->tests() as $name => list( $label, $test ) ) {
			$tests['direct'][ $name ] = array(
				'label' => $label,
				'test'  => $test,
			);
		}
		return $tests;
	}

	/**
	 * Is the bridge there?
	 *
	 * @return array<string,mixed>
	 */
	public function bridge(): array {
		if ( ! $this->bridge->is_paired() ) {
			return $this->result(
				'smi_bridge',
				'recommended',
				__( 'Sell My Images is not connected to a bridge yet', 'sell-my-images' ),
				__(
					'The bridge talks to the payment provider and to the upscaler. Until it is connected, no buttons are shown and nothing can be bought.',
					'sell-my-images'
				),
				true
			);
		}
		if ( $this->bridge->is_silent() ) {
			return $this->result(
				'smi_bridge',
				'critical',
				__( 'The bridge of Sell My Images has not been heard from for more than 5 minutes', 'sell-my-images' ),
				__(
					'Nothing is lost: orders wait and go on as soon as it is back. New orders are not taken until then. Please look whether the bridge is running.',
					'sell-my-images'
				),
				true
			);
		}
		return $this->result(
			'smi_bridge',
			'good',
			__( 'The bridge of Sell My Images is connected', 'sell-my-images' ),
			__( 'It was heard from within the last 5 minutes.', 'sell-my-images' )
		);
	}

	/**
	 * Does somebody come by to do what waits: e-mails, checks, tidying? The bridge does, and WP-Cron; one is enough.
	 *
	 * @return array<string,mixed>
	 */
	public function cron(): array {
		if ( ! $this->bridge->is_silent() ) {
			return $this->result(
				'smi_cron',
				'good',
				__( 'Sell My Images does what waits', 'sell-my-images' ),
				__( 'The bridge comes by and has e-mails sent and orders looked after. It needs no WP-Cron for that.', 'sell-my-images' )
			);
		}
		$next = wp_next_scheduled( Cron::EVENT );
		if ( false !== $next && $next > time() - self::CRON_LATE ) {
			return $this->result(
				'smi_cron',
				'good',
				__( 'Sell My Images does what waits', 'sell-my-images' ),
				__( 'The bridge is away, and WP-Cron sends e-mails and looks after orders meanwhile.', 'sell-my-images' )
			);
		}
		return $this->result(
			'smi_cron',
			'recommended',
			__( 'Nobody does what waits in Sell My Images', 'sell-my-images' ),
			__(
				'The bridge is away and WP-Cron does not run, so that e-mails to buyers wait. Nothing is lost: they are sent as soon as one of the two is back. Start the bridge, or let your host call wp-cron.php every minute.',
				'sell-my-images'
			)
		);
	}

	/**
	 * Can finished pictures be stored?
	 *
	 * @return array<string,mixed>
	 */
	public function uploads(): array {
		$uploads = wp_upload_dir();
		if ( false === $uploads['error'] && wp_is_writable( $uploads['basedir'] ) ) {
			return $this->result(
				'smi_uploads',
				'good',
				__( 'Sell My Images can store finished pictures', 'sell-my-images' ),
				__( 'The uploads folder is writable.', 'sell-my-images' )
			);
		}
		return $this->result(
			'smi_uploads',
			'critical',
			__( 'Sell My Images cannot store finished pictures', 'sell-my-images' ),
			__(
				'The uploads folder is not writable, so that finished pictures have no place. Please ask your host to correct its permissions; paid orders wait until then.',
				'sell-my-images'
			)
		);
	}

	/**
	 * Are the tables there, and up to date?
	 *
	 * @return array<string,mixed>
	 */
	public function tables_are_right(): array {
		$result = $this->tables->result();
		return $this->result( 'smi_tables', $result['status'], $result['label'], $result['words'] );
	}

	/**
	 * @param 'good'|'recommended'|'critical' $status How bad it is.
	 * @return array<string,mixed>
	 */
	private function result( string $test, string $status, string $label, string $words, bool $has_link = false ): array {
		return HealthResult::make( $test, $status, $label, $words, $has_link );
	}
}
