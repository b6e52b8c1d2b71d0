<?php
/**
 * The owner's settings.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Settings;

use SellMyImages\Database\Beforehand;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Support\Money;

/**
 * One autoloaded option; everything in it has a default, so nothing breaks when it is missing.
 */
final class Settings {

	public const OPTION = 'smi_settings';

	public const DEFAULTS = array(
		'currency'                 => 'USD',
		'prices'                   => array(
			'4x' => '4.90',
			'8x' => '9.90',
		),
		'link_lifetime_days'       => 7,
		'credit_price'             => '0.04',
		'input_type'               => 'universal',
		'revoke_link_on_refund'    => true,
		'upscaler_block_hours'     => 24,
		'sell_featured_images'     => true,
		'sell_all_images'          => true,
		'email_from_name'          => '',
		'keep_abandoned_days'      => 90,
		'keep_events_days'         => 35,
		'keep_commands_days'       => 7,
		'delete_data_on_uninstall' => false,
		'trusted_proxies'          => array(),
	);

	/** @param StoredOptions|null $options Null only where nothing is sold or saved, as while uninstalling. */
	public function __construct( private readonly ?StoredOptions $options = null ) {
	}

	/** @return array<string,mixed> All, defaults included; the shape of settings.schema.json. */
	public function all(): array {
		return self::complete( Beforehand::ask( self::OPTION, fn(): mixed => $this->stored() ) );
	}

	/** @param array<string,mixed> $changes Validated by SettingsRules. */
	public function save( array $changes ): void {
		$changes = array_intersect_key( $changes, self::DEFAULTS );
		$change  = static fn( mixed $stored ): array => array_replace( self::complete( $stored ), $changes );
		null === $this->options
			? update_option( self::OPTION, $change( $this->stored() ), true )
			: $this->options->change( self::OPTION, $change, true );
	}

	/**
	 * Asked for under guard first: defaults in place of settings that could not be read would sell at other prices. Then as WordPress and
	 * its filters have it.
	 */
	private function stored(): mixed {
		$this->options?->get( self::OPTION );

		return get_option( self::OPTION, array() );
	}

	/** @return array<string,mixed> */
	private static function complete( mixed $stored ): array {
		$stored = is_array( $stored ) ? array_intersect_key( $stored, self::DEFAULTS ) : array();
		$all    = array_replace( self::DEFAULTS, $stored );
		if ( is_array( $stored['prices'] ?? null ) ) {
			$all['prices'] = array_replace( self::DEFAULTS['prices'], array_intersect_key( $stored['prices'], self::DEFAULTS['prices'] ) );
		}

		return $all;
	}

	/** ISO code, upper case. */
	public function currency(): string {
		return strtoupper( (string) $this->all()['currency'] );
	}

	/** In minor units; 0 when this resolution is not sold. */
	public function price_minor( string $resolution ): int {
		$price = $this->all()['prices'][ $resolution ] ?? null;
		if ( null === $price || '' === $price ) {
			return 0;
		}
		try {
			return Money::to_minor( (string) $price, $this->currency() );
		} catch ( \InvalidArgumentException ) {
			return 0;
		}
	}

	/** 0: links never end. */
	public function link_lifetime_days(): int {
		return (int) $this->all()['link_lifetime_days'];
	}

	/** 0: links never end. */
	public function link_lifetime_seconds(): int {
		return $this->link_lifetime_days() * DAY_IN_SECONDS;
	}

	/** What one credit of the upscaler costs, in the shop's currency. */
	public function credit_price(): string {
		return (string) $this->all()['credit_price'];
	}

	/** @return string realism, anime or universal. */
	public function input_type(): string {
		return (string) $this->all()['input_type'];
	}

	public function revoke_link_on_refund(): bool {
		return (bool) $this->all()['revoke_link_on_refund'];
	}

	/** How long jobs wait for an upscaler's account to work again before they fail. */
	public function upscaler_block_hours(): int {
		return (int) $this->all()['upscaler_block_hours'];
	}

	public function sell_featured_images(): bool {
		return (bool) $this->all()['sell_featured_images'];
	}

	/** False: only pictures whose block asks for a button. */
	public function sell_all_images(): bool {
		return (bool) $this->all()['sell_all_images'];
	}

	/** Empty: the site's name. */
	public function email_from_name(): string {
		return (string) $this->all()['email_from_name'];
	}

	public function keep_abandoned_days(): int {
		return (int) $this->all()['keep_abandoned_days'];
	}

	public function keep_events_days(): int {
		return (int) $this->all()['keep_events_days'];
	}

	public function keep_commands_days(): int {
		return (int) $this->all()['keep_commands_days'];
	}

	/** @return list<string> Addresses, ranges, `cloudflare` and `server`: whose word about a visitor's address counts. */
	public function trusted_proxies(): array {
		$entries = $this->all()['trusted_proxies'];

		return is_array( $entries ) ? array_values( array_filter( $entries, 'is_string' ) ) : array();
	}

	public function delete_data_on_uninstall(): bool {
		return (bool) $this->all()['delete_data_on_uninstall'];
	}
}
