<?php
/**
 * What the times of older orders say about the clocks that wrote them.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

/**
 * PHP wrote by the site's clock, or in UTC, and the database by its own. Two things tell them apart: buyers pay within minutes, and
 * what the database dates whenever a row is changed (ON UPDATE) is dated at the moment of the last event that PHP dated.
 */
final class OlderEvidence {

	/** Why: only one clock fits; all clocks are one; several fit; none does; too few orders. */
	public const FITS    = 'fits';
	public const SAME    = 'same';
	public const SEVERAL = 'several';
	public const NONE    = 'none';
	public const FEW     = 'few';

	/** Columns of the rows. */
	public const COLUMNS = array( 'created_at', 'updated_at', ...self::EVENTS, 'download_expires_at' );

	private const EVENTS = array( 'paid_at', 'processing_started_at', 'completed_at', 'failed_at', 'refunded_at' );

	/** A time as the database writes it, and not a date of zeros. */
	private const TIME = '/^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d/';

	/** Rows that make it more than chance. */
	private const ENOUGH = 3;

	/** Seconds within which most buyers pay, those within which a row is changed at an event, and what two clocks may differ by. */
	private const SOON    = 1800;
	private const AT_ONCE = 600;
	private const SLACK   = 60;

	/** "Most". */
	private const MOST = 0.6;

	/** Share of the rows that may contradict: somebody corrected them by hand. */
	private const FALSE_ROWS = 0.2;

	/** @var array<string,list<array<string,int>>> Zone => the rows' times in seconds since 1970; what is no time is left out. */
	private array $read = array();

	/**
	 * @param list<array<string,string|null>> $rows     COLUMNS as they were written, and `{column}_unix` as the database understands them.
	 * @param string                          $database The database's zone.
	 * @param bool                            $is_dated Whether the database dated updated_at.
	 */
	public function __construct( private readonly array $rows, private readonly string $database, private readonly bool $is_dated ) {
	}

	/**
	 * @param list<string> $created Zones that created_at may be in.
	 * @param list<string> $events  Zones that the other times may be in.
	 * @return array{string,string|null,string|null} Why; the zones of created_at and of the others, null where they have to be told.
	 */
	public function decide( array $created, array $events ): array {
		$fit  = array();
		$all  = array();
		$says = false;
		foreach ( $created as $one ) {
			foreach ( $events as $other ) {
				$all    = $this->with( $all, array( $one, $other ) );
				$proofs = $this->proofs( $one, $other, $created, $events );
				$says   = $says || array() !== $proofs;
				if ( ! in_array( false, $proofs, true ) && ! $this->is_impossible( $one, $other ) ) {
					$fit = $this->with( $fit, array( $one, $other ) );
				}
			}
		}

		return match ( true ) {
			array() === $fit => array( self::NONE, null, null ),
			1 === count( $all ) => array( self::SAME, ...$fit[0] ),
			! $says => array( self::FEW, null, null ),
			1 === count( $fit ) => array( self::FITS, ...$fit[0] ),
			default => array( self::SEVERAL, null, null ),
		};
	}

	/**
	 * In which zone the end of a link is: so many hours after the image was made.
	 *
	 * @param string $events Zone of completed_at.
	 * @param int    $hours  How long links were good for.
	 * @return string UTC unless most rows say otherwise: that is PHP's own clock in WordPress.
	 */
	public function link_zone( string $events, int $hours ): string {
		foreach ( array_unique( array( OlderTimes::UTC, $events, $this->database ) ) as $zone ) {
			$fit = 0;
			$of  = 0;
			foreach ( $this->times( $events ) as $number => $row ) {
				$made = $row['completed_at'] ?? null;
				$ends = $this->times( $zone )[ $number ]['download_expires_at'] ?? null;
				if ( null !== $made && null !== $ends ) {
					++$of;
					$fit += abs( $ends - $made - $hours * HOUR_IN_SECONDS ) <= self::AT_ONCE ? 1 : 0;
				}
			}
			if ( $of >= self::ENOUGH && $fit >= self::MOST * $of ) {
				return $zone;
			}
		}

		return OlderTimes::UTC;
	}

	/**
	 * What speaks for this pair, or against it; what has nothing to say is left out.
	 *
	 * @param list<string> $all_created Zones that created_at may be in.
	 * @param list<string> $all_events  Zones that the other times may be in.
	 * @return list<bool>
	 */
	private function proofs( string $created, string $events, array $all_created, array $all_events ): array {
		$proofs = array();
		$waits  = $this->waits( $created, $events );
		if ( count( $waits ) >= self::ENOUGH ) {
			$soon     = array_filter( $waits, static fn( int $wait ): bool => $wait >= -self::SLACK && $wait <= self::SOON );
			$proofs[] = count( $soon ) >= self::MOST * count( $waits );
		}
		$dated = array( array( $events, $all_events, true ), array( $created, $all_created, false ) );
		foreach ( $this->is_dated ? $dated : array() as list( $zone, $zones, $is_event ) ) {
			$most = max( 0, ...array_map( fn( string $one ): int => $this->changed_at_once( $one, $is_event ), $zones ) );
			if ( $most >= self::ENOUGH ) {
				$proofs[] = $this->changed_at_once( $zone, $is_event ) >= $most / 2;
			}
		}

		return $proofs;
	}

	/** Nobody pays before the order, and no order is of tomorrow. */
	private function is_impossible( string $created, string $events ): bool {
		$waits  = $this->waits( $created, $events );
		$before = count( array_filter( $waits, static fn( int $wait ): bool => $wait < -self::SLACK ) );
		// Beyond what any clock explains a row is wrong by itself.
		$orders = array_column( $this->times( $created ), 'created_at' );
		$orders = array_filter( $orders, static fn( int $at ): bool => $at < time() + DAY_IN_SECONDS );

		return $before > self::FALSE_ROWS * count( $waits ) || max( array( 0, ...$orders ) ) > time() + self::SLACK;
	}

	/** @return list<int> Seconds from orders to payments. */
	private function waits( string $created, string $events ): array {
		$waits = array();
		foreach ( $this->times( $events ) as $number => $row ) {
			$ordered = $this->times( $created )[ $number ]['created_at'] ?? null;
			if ( null !== $ordered && isset( $row['paid_at'] ) ) {
				$waits[] = $row['paid_at'] - $ordered;
			}
		}

		return $waits;
	}

	/**
	 * How many rows were changed last when their last event was, or, of those without events, when they were ordered.
	 *
	 * @param string $zone     Of the events, or of the orders.
	 * @param bool   $is_event Which of the two.
	 */
	private function changed_at_once( string $zone, bool $is_event ): int {
		$fit = 0;
		foreach ( $this->times( $zone ) as $number => $row ) {
			$event   = self::last_event( $row );
			$order   = null === $event ? $row['created_at'] ?? null : null;
			$at      = $is_event ? $event : $order;
			$changed = $this->times( $this->database )[ $number ]['updated_at'] ?? null;
			$fit    += null !== $at && null !== $changed && $changed >= $at - self::SLACK && $changed <= $at + self::AT_ONCE ? 1 : 0;
		}

		return $fit;
	}

	/** @param array<string,int> $row Of times(). */
	private static function last_event( array $row ): ?int {
		$times = array_intersect_key( $row, array_flip( self::EVENTS ) );

		return array() === $times ? null : max( $times );
	}

	/**
	 * Adds a pair, unless one is there that means the same in these rows: a server in Berlin and a site in Berlin.
	 *
	 * @param list<array{string,string}> $pairs Pairs.
	 * @param array{string,string}       $pair  One more.
	 * @return list<array{string,string}>
	 */
	private function with( array $pairs, array $pair ): array {
		foreach ( $pairs as $other ) {
			if ( $this->meaning( $pair ) === $this->meaning( $other ) ) {
				return $pairs;
			}
		}

		return array( ...$pairs, $pair );
	}

	/**
	 * @param array{string,string} $pair Zones of created_at and of the others.
	 * @return array{list<int|null>,list<array<string,int>>}
	 */
	private function meaning( array $pair ): array {
		$others = array_flip( $this->is_dated ? self::EVENTS : array( 'updated_at', ...self::EVENTS ) );

		return array(
			array_map( static fn( array $row ): ?int => $row['created_at'] ?? null, $this->times( $pair[0] ) ),
			array_map( static fn( array $row ): array => array_intersect_key( $row, $others ), $this->times( $pair[1] ) ),
		);
	}

	/** @return list<array<string,int>> Of each row, if it was written in this zone. */
	private function times( string $zone ): array {
		return $this->read[ $zone ] ??= array_map( static fn( array $row ): array => self::seconds( $row, $zone ), $this->rows );
	}

	/**
	 * @param array<string,string|null> $row A row.
	 * @return array<string,int> Seconds since 1970.
	 */
	private static function seconds( array $row, string $zone ): array {
		$is_known = null !== OlderTimes::zone( $zone );
		$seconds  = array();
		foreach ( self::COLUMNS as $column ) {
			$time = (string) ( $row[ $column ] ?? '' );
			$unix = $row[ "{$column}_unix" ] ?? null;
			if ( 1 === preg_match( self::TIME, $time ) && ( $is_known || null !== $unix ) ) {
				$seconds[ $column ] = $is_known ? OlderTimes::unix( substr( $time, 0, 19 ), $zone ) : (int) $unix;
			}
		}

		return $seconds;
	}
}
