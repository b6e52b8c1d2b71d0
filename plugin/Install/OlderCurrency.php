<?php
/**
 * In which currency an older version sold.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Support\Money;

/**
 * Its tables did not say. The versions that were published sold in US dollars alone and left options that no later version has;
 * others may have had a setting.
 */
final class OlderCurrency {

	/** Why: settings name one; it is the published versions'; they contradict each other; nothing says so. */
	public const SETTINGS  = 'settings';
	public const PUBLISHED = 'published';
	public const MANY      = 'many';
	public const UNKNOWN   = 'unknown';

	/** What the published versions sold in. */
	private const OF_PUBLISHED = 'USD';

	/** Options of theirs. */
	private const PUBLISHED_OPTIONS = array(
		'smi_markup_percentage',
		'smi_stripe_test_mode',
		'smi_stripe_webhook_secret',
		'smi_upsampler_api_key',
		'smi_download_expiry_hours',
	);

	/** Names under which an older version may have kept its settings. */
	private const NAMES = array( 'smi\_%', 'sell\_my\_images%', 'sell-my-images%', 'sellmyimages%' );

	public function __construct( private readonly Connection $db ) {
	}

	/** @return array{string,string|null} Why, and the code; null where it has to be told. */
	public function find(): array {
		$options = $this->options();
		$named   = array_filter( array_map( array( self::class, 'code_in' ), $options ) );
		$is_old  = array() !== array_intersect( self::PUBLISHED_OPTIONS, array_keys( $options ) );
		$found   = array_values( array_unique( array_values( $named + ( $is_old ? array( '' => self::OF_PUBLISHED ) : array() ) ) ) );

		return match ( count( $found ) ) {
			0 => array( self::UNKNOWN, null ),
			1 => array( array() === $named ? self::PUBLISHED : self::SETTINGS, $found[0] ),
			default => array( self::MANY, null ),
		};
	}

	/**
	 * What today's version keeps by default is none of the owner's, and is not stored.
	 *
	 * @return array<string,mixed> Option => value, of settings, of what is named after a currency, and of the published versions.
	 */
	private function options(): array {
		$where   = implode( ' OR ', array_fill( 0, count( self::NAMES ), 'option_name LIKE %s' ) );
		$sql     = 'SELECT option_name, option_value FROM ' . $this->db->core_table( 'options' ) . " WHERE $where";
		$options = array();
		foreach ( $this->db->rows( $sql, ...self::NAMES ) as $row ) {
			$name  = (string) $row['option_name'];
			$value = self::decoded( (string) $row['option_value'] );
			if ( is_array( $value ) || str_contains( $name, 'currency' ) || in_array( $name, self::PUBLISHED_OPTIONS, true ) ) {
				$options[ $name ] = $value;
			}
		}

		return array_diff_key( $options, array( OlderFacts::OPTION => true ) );
	}

	/** No object is made of what somebody else stored, and half a value is no settings. */
	private static function decoded( string $value ): mixed {
		// phpcs:ignore WordPress.PHP -- see above.
		return is_serialized( $value ) ? @unserialize( $value, array( 'allowed_classes' => false ) ) : $value;
	}

	/** @param mixed $value Of an option: a code, or settings that hold one. */
	private static function code_in( mixed $value ): ?string {
		$code = is_array( $value ) ? $value['currency'] ?? $value['currency_code'] ?? null : $value;

		return is_string( $code ) && 3 === strlen( $code ) && Money::is_sold_in( $code ) ? strtoupper( $code ) : null;
	}
}
