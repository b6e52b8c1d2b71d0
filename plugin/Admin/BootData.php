<?php
/**
 * What the screens know before they ask anything.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Bridge\BridgeStatus;
use SellMyImages\Settings\Settings;
use SellMyImages\Support\Host;

/**
 * `window.smiJobs`, and the first answers of the API, so that the first rows need no request of their own.
 */
final class BootData {

	public function __construct(
		private readonly Settings $settings,
		private readonly BridgeStatus $bridge
	) {}

	/**
	 * JavaScript to run before a screen's own.
	 *
	 * @param bool $is_preloading Whether to bring the first page of jobs along.
	 */
	public function script( bool $is_preloading ): string {
		$data = $this->data();
		if ( $is_preloading ) {
			$data['answers'] = (object) $this->first_answers();
		}

		return 'window.smiJobs = ' . $this->json( $data ) . ';';
	}

	/**
	 * @return array<string,mixed>
	 */
	public function data(): array {
		return array(
			'caps'        => array(
				'view'     => current_user_can( 'smi_view_jobs' ),
				'manage'   => current_user_can( 'smi_manage_jobs' ),
				'refund'   => current_user_can( 'smi_refund_jobs' ),
				'export'   => current_user_can( 'smi_export_jobs' ),
				'settings' => current_user_can( 'manage_options' ),
			),
			'timezone'    => '+00:00' === wp_timezone_string() ? 'UTC' : wp_timezone_string(),
			'dateFormat'  => get_option( 'date_format' ) . ' ' . get_option( 'time_format' ),
			'currency'    => $this->settings->currency(),
			'siteName'    => wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ),
			'adminUrl'    => admin_url(),
			'settingsUrl' => admin_url( 'admin.php?page=' . Menu::SETTINGS ),
			'loginUrl'    => wp_login_url(),
			'jobsUrl'     => admin_url( 'admin.php?page=' . Menu::JOBS ),
			'siteEnv'     => wp_get_environment_type(),
			'testMode'    => false === $this->bridge->livemode(),
		);
	}

	/**
	 * They only save time: whatever is wrong with them, the screen asks again and says what it hears.
	 *
	 * @return array<string,mixed>
	 */
	private function first_answers(): array {
		try {
			return array_reduce( $this->first_requests(), 'rest_preload_api_request', array() );
		} catch ( \Throwable $error ) {
			Host::log( 'Sell My Images: the first rows did not come with the page. ' . $error->getMessage() );

			return array();
		}
	}

	/** @return list<string> Paths of the REST API, for the address that this page was opened with. */
	private function first_requests(): array {
		// Only read; each value is checked by FirstRequests and again by the API.
		// phpcs:ignore WordPress.Security.NonceVerification, WordPress.Security.ValidatedSanitizedInput
		$address = array_filter( wp_unslash( $_GET ), 'is_string' );

		return ( new FirstRequests( $address, $this->kept_per_page(), wp_timezone(), time() ) )->paths();
	}

	/** How many jobs this user has on a page: core keeps the preferences of its screens in the user's meta. */
	private function kept_per_page(): int {
		global $wpdb;
		$kept = get_user_meta( get_current_user_id(), $wpdb->get_blog_prefix() . 'persisted_preferences', true );
		$view = is_array( $kept ) ? ( $kept['smi/jobs']['view'] ?? array() ) : array();

		return is_array( $view ) ? (int) ( $view['perPage'] ?? 0 ) : 0;
	}

	private function json( mixed $data ): string {
		return (string) wp_json_encode( $data, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES );
	}
}
