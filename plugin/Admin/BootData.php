<?php
/**
 * What the screens know before they ask anything.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Channel\BridgeStatus;
use SellMyImages\Settings\Settings;

/**
 * `window.smiJobs`, and the first answers of the API, so that the first rows need no request of their own.
 */
final class BootData {

	/** Exactly what the Jobs screen asks for first: another order of parameters would be another request. */
	private const FIRST_REQUESTS = array(
		'/smi/v1/jobs?per_page=20&page=1&orderby=created_at&order=desc',
		'/smi/v1/jobs/stats',
	);

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
		$script = 'window.smiJobs = ' . $this->json( $this->data() ) . ';';
		if ( $is_preloading && ! $this->is_deep_link() ) {
			$answers = array_reduce( self::FIRST_REQUESTS, 'rest_preload_api_request', array() );
			$script .= 'wp.apiFetch.use( wp.apiFetch.createPreloadingMiddleware( ' . $this->json( $answers ) . ' ) );';
		}
		return $script;
	}

	/**
	 * The data.
	 *
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
			'jobsUrl'     => admin_url( 'admin.php?page=' . Menu::JOBS ),
			'siteEnv'     => wp_get_environment_type(),
			'testMode'    => false === $this->bridge->livemode(),
		);
	}

	/**
	 * A saved view or filter asks for other rows at once; preloading the plain list would be work for nothing.
	 */
	private function is_deep_link(): bool {
		return array() !== array_diff( array_keys( $_GET ), array( 'page', 'job' ) ); // phpcs:ignore WordPress.Security.NonceVerification
	}

	private function json( mixed $data ): string {
		return (string) wp_json_encode( $data, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES );
	}
}
