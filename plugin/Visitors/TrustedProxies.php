<?php
/**
 * Whose word about a visitor's address counts.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Visitors;

use SellMyImages\Settings\Settings;

/**
 * The setting `trusted_proxies`: addresses, ranges, and two words for those whose addresses nobody knows by heart.
 */
final class TrustedProxies {

	public const CLOUDFLARE = 'cloudflare';

	/** "This server's proxy": whatever reaches PHP from the machine itself or from its private network. */
	public const SERVER = 'server';

	private const PRIVATE_RANGES = array(
		'127.0.0.0/8',
		'10.0.0.0/8',
		'172.16.0.0/12',
		'192.168.0.0/16',
		'169.254.0.0/16',
		'::1',
		'fc00::/7',
		'fe80::/10',
	);

	public function __construct( private readonly Settings $settings ) {}

	/** Whether an address may say who is behind it. */
	public function includes( string $address ): bool {
		foreach ( $this->all() as $entry ) {
			$is_in = match ( $entry ) {
				self::CLOUDFLARE => Cloudflare::has( $address ),
				self::SERVER     => self::is_local( $address ),
				default          => IpAddress::is_in( $address, $entry ),
			};
			if ( $is_in ) {
				return true;
			}
		}
		return false;
	}

	/** Whether Cloudflare is trusted, and this is it. */
	public function is_cloudflare( string $address ): bool {
		return in_array( self::CLOUDFLARE, $this->all(), true ) && Cloudflare::has( $address );
	}

	/** @return list<string> The setting. */
	public function all(): array {
		return $this->settings->trusted_proxies();
	}

	/** Whether an address is of this machine or its private network. A Unix socket has none, or `unix:`. */
	public static function is_local( string $address ): bool {
		return 'unix:' === $address || IpAddress::is_in_any( $address, self::PRIVATE_RANGES );
	}

	/** Whether something may stand in the setting. */
	public static function is_entry( string $text ): bool {
		return in_array( $text, array( self::CLOUDFLARE, self::SERVER ), true ) || IpAddress::is_range( $text );
	}
}
