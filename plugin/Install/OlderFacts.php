<?php
/**
 * In which time zone and currency an older table was written.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Support\Money;

/**
 * Found, with the reason, or null where it has to be asked: an assumption would move every sale by hours, or make euros dollars.
 * To be asked before the first new row is written, for rows of today are in UTC.
 */
final class OlderFacts {

	/** Option: the owner's answers, `timezone` and `currency`. They go before what is found. */
	public const OPTION = 'smi_older_facts';

	/** How many of the latest paid jobs are looked at. */
	private const LOOK_AT = 500;

	/** Seconds within which most buyers pay, and the share of them that is "most". */
	private const SOON = 1800;
	private const MOST = 0.8;

	/** Names under which an older version may have kept its settings. */
	private const OLDER_OPTIONS = array( 'smi\_%', 'sell\_my\_images%', 'sell-my-images%', 'sellmyimages%' );

	public function __construct( private readonly Connection $db ) {
	}

	/** @return array{created:string|null,events:string|null,currency:string|null,why:list<string>} Zones as OlderTimes takes them; null: ask. */
	public function find(): array {
		$answers              = (array) get_option( self::OPTION, array() );
		[ $zones, $zone_why ] = isset( $answers['timezone'] )
			? array( array( (string) $answers['timezone'], (string) $answers['timezone'] ), __( 'The time zone of the older orders is the one that was answered.', 'sell-my-images' ) )
			: $this->zones();
		[ $currency, $why ]   = isset( $answers['currency'] )
			? array( (string) $answers['currency'], __( 'The currency of the older orders is the one that was answered.', 'sell-my-images' ) )
			: $this->currency();

		return array( 'created' => $zones[0] ?? null, 'events' => $zones[1] ?? null, 'currency' => $currency, 'why' => array( $zone_why, $why ) );
	}

	/**
	 * Keeps what the owner says.
	 *
	 * @param string|null $timezone A name such as Europe/Berlin, or an offset; null: not answered.
	 * @param string|null $currency ISO 4217; null: not answered.
	 * @throws \InvalidArgumentException With a sentence for the owner.
	 */
	public static function answer( ?string $timezone, ?string $currency ): void {
		$answers = (array) get_option( self::OPTION, array() );
		if ( null !== $timezone ) {
			$answers['timezone'] = OlderTimes::zone( $timezone )?->getName() ?? throw new \InvalidArgumentException( __( 'There is no such time zone. Write a name such as Europe/Berlin, or an offset such as +02:00.', 'sell-my-images' ) );
		}
		if ( null !== $currency ) {
			$answers['currency'] = Money::is_sold_in( $currency ) ? strtoupper( $currency ) : throw new \InvalidArgumentException( __( 'There is no such currency to sell in. Write its code, such as EUR.', 'sell-my-images' ) );
		}
		update_option( self::OPTION, $answers, false );
	}

	/**
	 * The order's row was dated by the database, or by PHP; its payment by PHP. Payments that follow their orders by minutes tell which zones they were in.
	 *
	 * @return array{0:array{string,string}|null,1:string} Of created_at and updated_at, and of all other times; and the reason.
	 */
	private function zones(): array {
		$rows   = $this->paid_rows();
		$fit    = array();
		foreach ( OlderTimes::ZONES as $created ) {
			foreach ( OlderTimes::ZONES as $events ) {
				if ( self::fits( $rows, $created, $events ) ) {
					$fit[] = array( $created, $events );
				}
			}
		}
		$first = $fit[0] ?? null;
		foreach ( $fit as $other ) {
			if ( null !== $first && ! self::are_the_same( $rows, $first, $other ) ) {
				return array( null, __( 'The times of the older orders fit more than one time zone, so it has to be told which they are in.', 'sell-my-images' ) );
			}
		}

		return null === $first
			? array( null, __( 'Too little is known of the older orders to find their time zone, so it has to be told.', 'sell-my-images' ) )
			: array( $first, __( 'The time zone of the older orders was found: most payments follow their orders by minutes in this one alone.', 'sell-my-images' ) );
	}

	/** @return list<array<string,string|null>> The times of orders and payments, as they were written, and as seconds since 1970 by the database's own zone. */
	private function paid_rows(): array {
		if ( $this->db->is_sqlite() ) {
			return array(); // It knows no zone of its own, and no older version ran on it.
		}

		return $this->db->rows(
			"SELECT created_at, paid_at, UNIX_TIMESTAMP(created_at) AS created_unix, UNIX_TIMESTAMP(paid_at) AS paid_unix
			FROM {jobs} WHERE paid_at > '1970-01-02' AND created_at > '1970-01-02' ORDER BY id DESC LIMIT %d",
			self::LOOK_AT
		);
	}

	/** @param list<array<string,string|null>> $rows Of paid_rows(). */
	private static function fits( array $rows, string $created, string $events ): bool {
		$soon = 0;
		foreach ( $rows as $row ) {
			$waited = self::unix( $row, 'paid', $events ) - self::unix( $row, 'created', $created );
			$soon  += $waited >= -60 && $waited <= self::SOON ? 1 : 0;
		}

		return array() !== $rows && $soon >= self::MOST * count( $rows ) && ! self::is_in_the_future( $rows, $created );
	}

	/** @param list<array<string,string|null>> $rows Of paid_rows(). */
	private static function is_in_the_future( array $rows, string $created ): bool {
		foreach ( $rows as $row ) {
			if ( self::unix( $row, 'created', $created ) > time() + MINUTE_IN_SECONDS ) {
				return true;
			}
		}

		return false;
	}

	/**
	 * Two names of one zone, as far as these rows go: a server in Berlin and a site in Berlin.
	 *
	 * @param list<array<string,string|null>> $rows  Of paid_rows().
	 * @param array{string,string}            $one   Zones of created_at and of the other times.
	 * @param array{string,string}            $other Others.
	 */
	private static function are_the_same( array $rows, array $one, array $other ): bool {
		foreach ( $rows as $row ) {
			if ( self::unix( $row, 'created', $one[0] ) !== self::unix( $row, 'created', $other[0] ) || self::unix( $row, 'paid', $one[1] ) !== self::unix( $row, 'paid', $other[1] ) ) {
				return false;
			}
		}

		return true;
	}

	/** @param array<string,string|null> $row Of paid_rows(). */
	private static function unix( array $row, string $which, string $zone ): int {
		return OlderTimes::DATABASE === $zone ? (int) $row[ "{$which}_unix" ] : OlderTimes::unix( (string) $row[ "{$which}_at" ], $zone );
	}

	/** @return array{0:string|null,1:string} And the reason. */
	private function currency(): array {
		$found = array_values( array_unique( array_filter( array_map( array( self::class, 'currency_in' ), $this->older_options() ) ) ) );
		if ( 1 === count( $found ) ) {
			/* translators: %s: code of a currency. */
			return array( $found[0], sprintf( __( 'The currency of the older orders is %s: the shop’s settings say so.', 'sell-my-images' ), $found[0] ) );
		}

		return array( null, array() === $found ? __( 'Nothing says in which currency the older orders were paid, so it has to be told.', 'sell-my-images' ) : __( 'The settings name more than one currency, so it has to be told in which the older orders were paid.', 'sell-my-images' ) );
	}

	/** @return array<string,mixed> Option => value; what this version keeps by default is none of the owner's. */
	private function older_options(): array {
		$where   = implode( ' OR ', array_fill( 0, count( self::OLDER_OPTIONS ), 'option_name LIKE %s' ) );
		$options = array();
		foreach ( $this->db->rows( 'SELECT option_name, option_value FROM ' . $this->db->core_table( 'options' ) . " WHERE $where", ...self::OLDER_OPTIONS ) as $row ) {
			$is_named = str_contains( (string) $row['option_name'], 'currency' );
			$value    = maybe_unserialize( (string) $row['option_value'] );
			if ( self::OPTION !== $row['option_name'] && ( $is_named || is_array( $value ) ) ) {
				$options[ (string) $row['option_name'] ] = $value;
			}
		}

		return $options;
	}

	/** @param mixed $value Of an option: a code, or settings that hold one. */
	private static function currency_in( mixed $value ): ?string {
		$code = is_array( $value ) ? $value['currency'] ?? $value['currency_code'] ?? null : $value;

		return is_string( $code ) && 3 === strlen( $code ) && Money::is_sold_in( $code ) ? strtoupper( $code ) : null;
	}
}
