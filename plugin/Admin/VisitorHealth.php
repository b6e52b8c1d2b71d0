<?php
/**
 * Site Health: do visitors reach the shop?
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

use SellMyImages\Links\SideAddress;
use SellMyImages\Support\Redaction;

/**
 * Asks as a visitor would: without a cookie, over the network.
 */
final class VisitorHealth {

	/** A picture that is not there: asking for it changes nothing. */
	private const NOBODYS = array( 'attachment_id' => 2147483647, 'post_id' => 2147483647 );

	/** Seconds. Three questions at most; nobody waits longer for Site Health. */
	private const PATIENCE = 5;

	/** @param \Closure(): bool $is_alike Whether all visitors look like one. */
	public function __construct( private readonly \Closure $is_alike ) {}

	/** @return array<string,array{0:string,1:callable}> Name => label and test. */
	public function tests(): array {
		return array(
			'smi_rest'     => array( __( 'Sell My Images: visitors', 'sell-my-images' ), array( $this, 'rest' ) ),
			'smi_names'    => array( __( 'Sell My Images: address of the site', 'sell-my-images' ), array( $this, 'names' ) ),
			'smi_visitors' => array( __( 'Sell My Images: visitors behind a proxy', 'sell-my-images' ), array( $this, 'visitors' ) ),
		);
	}

	/**
	 * May visitors use our part of the REST API?
	 *
	 * @return array<string,mixed>
	 */
	public function rest(): array {
		$answer = $this->ask( add_query_arg( self::NOBODYS, rest_url( 'smi/v1/offers' ) ) );
		if ( $answer instanceof \WP_Error ) {
			$words = sprintf(
				/* translators: %s: an error in English, such as a time-out. */
				__(
					'The site could not call itself (%s), so it is not known whether visitors can. If buying works in a private window of your browser, all is well.',
					'sell-my-images'
				),
				Redaction::text( $answer->get_error_message() )
			);
			return HealthResult::make(
				'smi_rest',
				'recommended',
				__( 'Sell My Images cannot tell whether visitors reach the shop', 'sell-my-images' ),
				$words
			);
		}
		if ( $this->is_ours( $answer ) ) {
			return HealthResult::make(
				'smi_rest',
				'good',
				__( 'Visitors reach the shop of Sell My Images', 'sell-my-images' ),
				__( 'They may use its part of the REST API.', 'sell-my-images' )
			);
		}
		return $this->closed( (int) wp_remote_retrieve_response_code( $answer ) );
	}

	/**
	 * Does the site go by one name?
	 *
	 * @return array<string,mixed>
	 */
	public function names(): array {
		$home = $this->origin( (string) get_option( 'home' ) );
		$site = $this->origin( (string) get_option( 'siteurl' ) );
		if ( $home !== $site ) {
			$words = sprintf(
				/* translators: 1: address of the site, 2: address of WordPress. */
				__(
					'The settings of WordPress name %1$s as the address of the site and %2$s as that of WordPress. Cookies of one do not count at the other. Nothing is lost, but members may not be known to the shop. Make both begin in the same way, under Settings > General.',
					'sell-my-images'
				),
				$home,
				$site
			);
			return HealthResult::make( 'smi_names', 'recommended', __( 'The site has two addresses', 'sell-my-images' ), $words );
		}
		foreach ( $this->other_names( $home ) as $other ) {
			if ( $this->is_this_site( $this->ask( "$other/" ) ) ) {
				$words = sprintf(
					/* translators: 1: another address of the site, 2: its address. */
					__(
						'The site also answers at %1$s and does not lead visitors on to %2$s. Buyers come back from paying to the second; who came from the first may have to log in again. Nothing is lost. Ask your host to redirect the first to the second.',
						'sell-my-images'
					),
					$other,
					$home
				);
				return HealthResult::make( 'smi_names', 'recommended', __( 'The site answers under two names', 'sell-my-images' ), $words );
			}
		}
		return HealthResult::make(
			'smi_names',
			'good',
			__( 'The site goes by one name', 'sell-my-images' ),
			__( 'Buyers come back to where they came from.', 'sell-my-images' )
		);
	}

	/**
	 * Can visitors be told apart?
	 *
	 * @return array<string,mixed>
	 */
	public function visitors(): array {
		if ( ( $this->is_alike )() ) {
			return HealthResult::make(
				'smi_visitors',
				'recommended',
				__( 'To Sell My Images all visitors look like one', 'sell-my-images' ),
				__(
					'They come through a proxy that is not named in the settings, so they share the limits that keep strangers from shutting the shop: on a good day buyers are told to wait. Nothing is lost. Name the proxy under “Visitors behind a proxy”.',
					'sell-my-images'
				),
				true
			);
		}
		return HealthResult::make(
			'smi_visitors',
			'good',
			__( 'Sell My Images can tell visitors apart', 'sell-my-images' ),
			__( 'Nothing was seen in the last day that speaks against it.', 'sell-my-images' )
		);
	}

	/** @return array<string,mixed> */
	private function closed( int $status ): array {
		$door = $this->ask( add_query_arg( self::NOBODYS + array( SideAddress::API => 'offers' ), home_url( '/' ) ) );
		if ( ! $door instanceof \WP_Error && $this->is_ours( $door ) ) {
			$words = sprintf(
				/* translators: %d: HTTP status such as 401. */
				__(
					'Another plugin or the server answers visitors with %d there. The shop works all the same: buttons, return page and downloads ask at the address of the site instead, one request more for each page. To spare it, let visitors use smi/v1.',
					'sell-my-images'
				),
				$status
			);
			return HealthResult::make(
				'smi_rest',
				'recommended',
				__( 'The REST API of Sell My Images is closed to visitors', 'sell-my-images' ),
				$words
			);
		}
		$words = sprintf(
			/* translators: %d: HTTP status such as 401. */
			__(
				'Neither its part of the REST API (%d) nor the address of the site answers them, so nobody can buy and nobody can download what was bought. Paid orders are not lost. Look for a plugin that closes the site or its REST API to visitors, and let them use smi/v1.',
				'sell-my-images'
			),
			$status
		);
		return HealthResult::make(
			'smi_rest',
			'critical',
			__( 'Visitors do not reach the shop of Sell My Images', 'sell-my-images' ),
			$words
		);
	}

	/** @return array<string,mixed>|\WP_Error */
	private function ask( string $url ): array|\WP_Error {
		return wp_remote_get(
			$url,
			array(
				'timeout'     => self::PATIENCE,
				'redirection' => 0,
				'cookies'     => array(),
				'headers'     => array( 'Cache-Control' => 'no-cache' ),
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WordPress's own.
				'sslverify'   => apply_filters( 'https_local_ssl_verify', false, $url ),
			)
		);
	}

	/** @param array<string,mixed> $answer Of ask(). */
	private function is_ours( array $answer ): bool {
		// A byte order mark in a file of another plugin is no reason to say that visitors are kept out: their browsers do not mind.
		$data = json_decode( ltrim( wp_remote_retrieve_body( $answer ), "\xEF\xBB\xBF" ), true );
		return is_array( $data ) && ( isset( $data['offers'] ) || str_starts_with( (string) ( $data['code'] ?? '' ), 'smi_' ) );
	}

	/**
	 * A page that was shown, and that names our address: a host's parking page does not.
	 *
	 * @param array<string,mixed>|\WP_Error $answer Of ask().
	 */
	private function is_this_site( array|\WP_Error $answer ): bool {
		return ! $answer instanceof \WP_Error
			&& 200 === wp_remote_retrieve_response_code( $answer )
			&& str_contains( wp_remote_retrieve_body( $answer ), home_url( '/' ) );
	}

	/**
	 * With and without `www.`, and without encryption where there is one. Not for addresses in numbers and for this machine.
	 *
	 * @return list<string>
	 */
	private function other_names( string $home ): array {
		$host = (string) wp_parse_url( $home, PHP_URL_HOST );
		if ( ! str_contains( $host, '.' ) || false !== filter_var( $host, FILTER_VALIDATE_IP ) ) {
			return array();
		}
		$names = array(
			str_starts_with( $host, 'www.' ) ? str_replace( '://www.', '://', $home ) : str_replace( '://', '://www.', $home ),
		);
		return str_starts_with( $home, 'https://' ) && null === wp_parse_url( $home, PHP_URL_PORT )
			? array( ...$names, 'http://' . $host )
			: $names;
	}

	/** Scheme, host and port. */
	private function origin( string $url ): string {
		$port = wp_parse_url( $url, PHP_URL_PORT );
		return strtolower(
			wp_parse_url( $url, PHP_URL_SCHEME ) . '://' . wp_parse_url( $url, PHP_URL_HOST ) . ( null === $port ? '' : ":$port" )
		);
	}
}
