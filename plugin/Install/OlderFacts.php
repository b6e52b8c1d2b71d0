<?php
/**
 * In which time zone and currency an older table was written.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\StoredOptions;
use SellMyImages\Install\Layout\Found;
use SellMyImages\Support\Money;

/**
 * Found in the rows and settings, or asked: an assumption would move every sale by hours, or make euros dollars. What is used is kept
 * before the first row is put right, and holds for all of them.
 */
final class OlderFacts {

	/**
	 * Option: the owner's answers, `timezone` and `currency`, which go before what is found; `table`, what only the table told as it was;
	 * `used`, what the rows are put right by.
	 */
	public const OPTION = 'smi_older_facts';

	/** Why, besides those of OlderEvidence and OlderCurrency: the owner said so; the rows say it themselves; there is nothing to know. */
	public const ANSWERED = 'answered';
	public const IN_ROWS  = 'in_rows';
	public const NOTHING  = 'nothing';

	public function __construct(
		private readonly Connection $db,
		private readonly StoredOptions $options,
		private readonly Session $session,
		private readonly OlderSample $sample,
		private readonly OlderCurrency $currencies
	) {
	}

	/** Notes what the table tells only as long as it is as it was. Before anything is changed; may be done twice. */
	public function note(): void {
		$jobs = Found::read( $this->db, 'jobs' );
		if ( OlderTable::is_older( $jobs ) ) {
			$table = OlderTable::describe( $jobs, $this->session->database_zone() )->to_array();
			$this->options->change(
				self::OPTION,
				static fn( mixed $kept ): array => array( 'table' => $table ) + array_diff_key( (array) $kept, array( 'used' => true ) )
			);
		}
	}

	/**
	 * Keeps what the owner says.
	 *
	 * @param string|null $timezone A name such as Europe/Berlin, or an offset; null: not answered.
	 * @param string|null $currency ISO 4217; null: not answered.
	 * @throws \InvalidArgumentException With a sentence for the owner, and nothing kept.
	 */
	public function answer( ?string $timezone, ?string $currency ): void {
		$answers = self::checked( $timezone, $currency );
		$is_late = false;
		$this->options->change(
			self::OPTION,
			static function ( mixed $kept ) use ( $answers, &$is_late ): array {
				$is_late = isset( $kept['used'] );

				return ( $is_late ? array() : $answers ) + (array) $kept;
			}
		);
		if ( $is_late ) {
			throw new \InvalidArgumentException( OlderWords::too_late() );
		}
	}

	/**
	 * @param string|null $timezone As of answer().
	 * @param string|null $currency As of answer().
	 * @return array{timezone?:string,currency?:string}
	 * @throws \InvalidArgumentException With a sentence for the owner.
	 */
	public static function checked( ?string $timezone, ?string $currency ): array {
		$answers = array();
		if ( null !== $timezone ) {
			$zone                = OlderTimes::zone( $timezone ) ?? throw new \InvalidArgumentException( OlderWords::no_such_zone() );
			$answers['timezone'] = $zone->getName();
		}
		if ( null !== $currency ) {
			$answers['currency'] = strtoupper( trim( $currency ) );
			if ( ! Money::is_sold_in( $answers['currency'] ) ) {
				throw new \InvalidArgumentException( OlderWords::no_such_currency() );
			}
		}

		return $answers;
	}

	/** What is used, once rows are put right by it. */
	public function used(): ?OlderFinding {
		$kept = (array) $this->options->read( self::OPTION );

		return isset( $kept['used'] ) ? OlderFinding::from_array( (array) $kept['used'] ) : null;
	}

	/** How many rows wait to be put right, or would after an upgrade. */
	public function count(): int {
		$jobs = Found::read( $this->db, 'jobs' );

		if ( OlderTable::is_older( $jobs ) ) {
			return (int) $this->db->value( 'SELECT COUNT(*) AS n FROM {jobs}' );
		}

		// A table of today is not read through for nothing.
		$was_older = isset( $jobs->columns['older_times'], ( (array) $this->options->read( self::OPTION ) )['table'] );

		return $was_older ? (int) $this->db->value( 'SELECT COUNT(*) AS n FROM {jobs} WHERE older_times & 1 = 1' ) : 0;
	}

	/**
	 * What is used from now on.
	 *
	 * @throws UpgradeBlocked When the owner has to say something first.
	 */
	public function settle(): OlderFinding {
		$used = $this->used();
		if ( null !== $used ) {
			return $used;
		}
		$found = $this->find();
		if ( ! $found->is_complete() ) {
			throw new UpgradeBlocked( UpgradeBlocked::OLDER_FACTS, $found->questions() );
		}
		$found = $found->with_second_hours( $this->sample->second_hours( $found ) );
		$this->options->change( self::OPTION, static fn( mixed $kept ): array => array( 'used' => $found->to_array() ) + (array) $kept );

		return $found;
	}

	/**
	 * What the rows and settings say, and the owner did. Changes nothing.
	 *
	 * @param array{timezone?:string,currency?:string} $answers As if these had been given.
	 */
	public function find( array $answers = array() ): OlderFinding {
		$kept     = (array) $this->options->read( self::OPTION );
		$answers += array_intersect_key( $kept, array( 'timezone' => true, 'currency' => true ) );
		$jobs     = Found::read( $this->db, 'jobs' );
		$is_kept  = isset( $kept['table'] ) && ! OlderTable::is_older( $jobs );
		$database = $this->session->database_zone();
		$table    = $is_kept ? OlderTable::from_array( (array) $kept['table'] ) : OlderTable::describe( $jobs, $database );
		$zones    = $this->zones( $jobs, $table, $answers['timezone'] ?? null );
		$currency = $this->currency( $jobs, $table, $answers['currency'] ?? null );

		return new OlderFinding( ...( $zones + $currency + array( 'stamps' => $table->stamps, 'database' => $table->database ) ) );
	}

	/** @return array{zone_why:string,created:string|null,events:string|null,updated:string|null,link:string} */
	private function zones( Found $jobs, OlderTable $table, ?string $answer ): array {
		// SQLite knows no zone but UTC, and no older version ran on it.
		$rows = $this->db->is_sqlite() ? array() : $this->sample->rows( $jobs, $table );
		if ( array() === $rows ) {
			$utc = OlderTimes::UTC;

			return array( 'zone_why' => self::NOTHING, 'created' => $utc, 'events' => $utc, 'updated' => $utc, 'link' => $utc );
		}
		$evidence = new OlderEvidence( $rows, $table->database, $table->is_dated );
		$zones    = array_values( array_unique( array( OlderTimes::UTC, $table->site, $table->database ) ) );
		if ( null === $answer ) {
			[ $why, $created, $events ] = $evidence->decide( $zones, $zones );
		} else {
			$events  = $answer;
			$why     = self::ANSWERED;
			$created = $evidence->decide( array_values( array_unique( array( $answer, ...$zones ) ) ), array( $answer ) )[1] ?? $answer;
		}

		return array(
			'zone_why' => $why,
			'created'  => $created,
			'events'   => $events,
			'updated'  => $table->is_dated ? $table->database : $events,
			'link'     => null === $events ? OlderTimes::UTC : $evidence->link_zone( $events, $table->hours ),
		);
	}

	/** @return array{currency_why:string,currency:string|null} An empty code where the rows have their own. */
	private function currency( Found $jobs, OlderTable $table, ?string $answer ): array {
		if ( $table->has_currency ) {
			return array( 'currency_why' => self::IN_ROWS, 'currency' => '' );
		}
		if ( null !== $answer ) {
			return array( 'currency_why' => self::ANSWERED, 'currency' => $answer );
		}
		[ $why, $code ] = $this->currencies->find();
		if ( null === $code && ! $this->has_amounts( $jobs ) ) {
			return array( 'currency_why' => self::NOTHING, 'currency' => '' );
		}

		return array( 'currency_why' => $why, 'currency' => $code );
	}

	private function has_amounts( Found $jobs ): bool {
		$where   = OlderTable::untouched( $jobs );
		$amounts = array_intersect( RowFaults::AMOUNTS, array_keys( $jobs->columns ) );
		$some    = implode( ' OR ', array_map( static fn( string $column ): string => "$column <> 0", $amounts ) );

		return '' !== $some && null !== $this->db->value( "SELECT id FROM {jobs} WHERE $where AND ( $some ) LIMIT 1" );
	}
}
