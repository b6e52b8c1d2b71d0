<?php
/**
 * Looks after the tables.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Install\Layout\Comparison;
use SellMyImages\Install\Layout\Layout;
use SellMyImages\Support\Host;
use SellMyImages\Support\Times;

/**
 * Once a day, and soon after the database said that a table, a column or a key is not there: a restored backup may have brought back only a
 * part.
 */
final class TablesCheck {

	/** Option: which tables were missing and were made again, and when. */
	public const REMADE = 'smi_tables_remade';

	/** MySQL's words for "no such table, column, key". */
	private const SUSPICIOUS = array( 1146, 1054, 1176, 1072 );

	/** Seconds before somebody's faulty query may have them looked at again. */
	private const PAUSE = 60;

	private bool $is_noted = false;

	public function __construct(
		private readonly Layout $layout,
		private readonly UpgradeState $state,
		private readonly Agenda $agenda,
		private readonly Options $options
	) {
	}

	/** What the database refused. Called in the middle of anything, so it only makes a note for the end of the request. */
	public function suspect( int $code ): void {
		if ( ! $this->is_noted && in_array( $code, self::SUSPICIOUS, true ) ) {
			$this->is_noted = true;
			add_action( 'shutdown', array( $this, 'note' ), 50 );
		}
	}

	public function note(): void {
		$this->is_noted = false;
		if ( ! $this->state->is_done() || $this->checked() > time() - self::PAUSE || 0 === $this->checked() ) {
			return;
		}
		try {
			$this->options->put( Schema::CHECKED_OPTION, '0' );
		} catch ( \Throwable ) {
			return; // The daily look will find it.
		}
	}

	/** Reopens the upgrade where something is missing. */
	public function run_if_due(): void {
		if ( ! $this->state->is_done() || $this->checked() > time() - DAY_IN_SECONDS ) {
			return;
		}
		try {
			$this->look();
		} catch ( \Throwable $error ) {
			Host::log( 'Sell My Images: the tables could not be looked through, and are another time. ' . $error->getMessage() );
		}
	}

	/** @return array{tables:list<string>,at:string}|null Tables that were made again within the last 30 days. */
	public function remade(): ?array {
		$kept = get_option( self::REMADE, false );
		if ( ! is_array( $kept ) || Times::unix( (string) ( $kept['at'] ?? '' ) ) < time() - 30 * DAY_IN_SECONDS ) {
			return null;
		}

		return array(
			'tables' => array_values( array_map( 'strval', (array) ( $kept['tables'] ?? array() ) ) ),
			'at' => (string) $kept['at'],
		);
	}

	/** @throws \SellMyImages\Database\DatabaseError When the database does not answer. */
	public function look(): void {
		$missing = $this->layout->missing();
		$tables  = $this->layout->compare();
		if ( array() === $missing && array() === array_filter( $tables, static fn( Comparison $one ): bool => ! $one->is_same() ) ) {
			$this->options->put( Schema::CHECKED_OPTION, (string) time() );
			return;
		}
		if ( array() !== $missing ) {
			$this->options->put( self::REMADE, array( 'tables' => $missing, 'at' => Times::now() ) );
		}
		$this->state->reopen( $this->agenda->is_usable( $tables ), $missing );
	}

	private function checked(): int {
		return (int) get_option( Schema::CHECKED_OPTION, 0 );
	}
}
