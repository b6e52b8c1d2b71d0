<?php
/**
 * What was found of an older table's time zone and currency, and what is asked, in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * In the language of who reads it.
 */
final class OlderWords {

	/**
	 * @param OlderFinding $found What was found.
	 * @param int          $rows  How many rows it is about.
	 * @return list<string> Sentences: what is to be done to them, and why; what is not known is left out.
	 */
	public static function found( OlderFinding $found, int $rows ): array {
		$words  = array();
		$number = number_format_i18n( $rows );
		if ( null !== $found->events ) {
			$words[] = array() === $found->moved()
				/* translators: %s: a number. */
				? sprintf( __( 'Older orders: %s. Their times are in UTC and stay as they are.', 'sell-my-images' ), $number )
				: sprintf(
					/* translators: 1: a number, 2: time zones, each with the names of columns. */
					__( 'Older orders: %1$s. Their times are to be put into UTC, from %2$s.', 'sell-my-images' ),
					$number,
					self::zones( $found )
				);
			$words[] = self::why_zone( $found->zone_why );
		}
		if ( null !== $found->currency ) {
			if ( '' !== $found->currency ) {
				$words[] = sprintf(
					/* translators: 1: a number, 2: code of a currency. */
					__( 'Older orders: %1$s. Their amounts are taken for %2$s.', 'sell-my-images' ),
					$number,
					$found->currency
				);
			}
			$words[] = self::why_currency( $found->currency_why );
		}

		return $words;
	}

	/** @return list<string> Sentences: what older rows are put right by, or were, and why. */
	public static function used( OlderFinding $used ): array {
		$words   = array();
		$words[] = array() === $used->moved()
			? __( 'The times of older orders were in UTC and stayed as they were.', 'sell-my-images' )
			/* translators: %s: time zones, each with the names of columns. */
			: sprintf( __( 'The times of older orders were put into UTC, from %s.', 'sell-my-images' ), self::zones( $used ) );
		$words[] = self::why_zone( $used->zone_why );
		if ( '' !== (string) $used->currency ) {
			/* translators: %s: code of a currency. */
			$words[] = sprintf( __( 'The amounts of older orders were taken for %s.', 'sell-my-images' ), $used->currency );
		}
		$words[] = self::why_currency( $used->currency_why );

		return $words;
	}

	/**
	 * @param array<string,string> $questions Of OlderFinding.
	 * @return string What is asked, why, and how it is answered.
	 */
	public static function asked( array $questions ): string {
		$words = array(
			__( 'Your shop is open and all orders are there.', 'sell-my-images' ),
			__(
				'About orders that an older version of the plugin took, something has to be told by you, for guessing could falsify your accounts.',
				'sell-my-images'
			),
		);
		if ( isset( $questions['timezone'] ) ) {
			$words[] = self::why_zone( $questions['timezone'] );
			$words[] = __( 'Until you tell it, their times may be some hours off.', 'sell-my-images' );
		}
		if ( isset( $questions['currency'] ) ) {
			$words[] = self::why_currency( $questions['currency'] );
			$words[] = __( 'Until you tell it, their amounts are shown in US dollars.', 'sell-my-images' );
		}
		$words[] = sprintf(
			/* translators: %s: a command. */
			__(
				'Answer in the notice above any page of the administration, or by “%s” with your own zone and currency.',
				'sell-my-images'
			),
			'wp smi upgrade --timezone=Europe/Berlin --currency=EUR'
		);
		$words[] = __( 'The rest is done by itself.', 'sell-my-images' );

		return implode( ' ', $words );
	}

	public static function no_such_zone(): string {
		return self::unchanged(
			__( 'There is no such time zone. Write a name such as Europe/Berlin, or an offset such as +02:00.', 'sell-my-images' )
		);
	}

	public static function no_such_currency(): string {
		return self::unchanged( __( 'There is no such currency to sell in. Write its code, such as EUR.', 'sell-my-images' ) );
	}

	public static function too_late(): string {
		return self::unchanged(
			__( 'The older orders were put right before this answer came, so it cannot be taken any more.', 'sell-my-images' ),
			__( 'What they were put right by stands under Site Health, Info.', 'sell-my-images' ),
			__( 'To do it once more, restore the table from a backup of before the update.', 'sell-my-images' )
		);
	}

	private static function unchanged( string ...$sentences ): string {
		return implode( ' ', array( ...$sentences, __( 'Nothing was changed.', 'sell-my-images' ) ) );
	}

	/** Such as `America/New_York: created_at, paid_at; UTC: updated_at`. */
	private static function zones( OlderFinding $found ): string {
		$zones = array();
		foreach ( $found->moved() as $column ) {
			$zones[ $found->zone( $column ) ][] = $column;
		}

		$parts = array();
		foreach ( $zones as $zone => $columns ) {
			$parts[] = "$zone: " . implode( ', ', $columns );
		}

		return implode( '; ', $parts );
	}

	private static function why_zone( string $why ): string {
		return match ( $why ) {
			OlderFacts::ANSWERED => __( 'That is the time zone you told.', 'sell-my-images' ),
			OlderFacts::NOTHING => __( 'No time has to be moved.', 'sell-my-images' ),
			OlderEvidence::FITS => __( 'Found in the orders: only so do payments follow their orders by minutes.', 'sell-my-images' ),
			OlderEvidence::SAME => __( 'The site’s clock, the database’s and UTC are one for them.', 'sell-my-images' ),
			OlderEvidence::SEVERAL => __(
				'The times of the older orders fit more than one time zone, so theirs has to be told.',
				'sell-my-images'
			),
			OlderEvidence::FEW => __( 'There are too few older orders to find their time zone, so it has to be told.', 'sell-my-images' ),
			default => __(
				'The times of the older orders fit neither the site’s time zone nor the database’s nor UTC, so theirs has to be told.',
				'sell-my-images'
			),
		};
	}

	private static function why_currency( string $why ): string {
		return match ( $why ) {
			OlderFacts::ANSWERED => __( 'That is the currency you told.', 'sell-my-images' ),
			OlderFacts::NOTHING => __( 'No older order has an amount.', 'sell-my-images' ),
			OlderFacts::IN_ROWS => __( 'Each older order says its own currency.', 'sell-my-images' ),
			OlderCurrency::SETTINGS => __( 'The shop’s settings say so.', 'sell-my-images' ),
			OlderCurrency::PUBLISHED => __( 'The version that took them sold in US dollars only.', 'sell-my-images' ),
			OlderCurrency::MANY => __(
				'The settings name more than one currency, so that of the older orders has to be told.',
				'sell-my-images'
			),
			default => __( 'Nothing says in which currency the older orders were paid, so it has to be told.', 'sell-my-images' ),
		};
	}
}
