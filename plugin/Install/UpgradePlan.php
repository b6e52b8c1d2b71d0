<?php
/**
 * What an upgrade would do.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Install\Layout\Comparison;
use SellMyImages\Install\Layout\Layout;

/**
 * Reads, and changes nothing: for `wp smi upgrade --dry-run` and for Site Health > Info.
 */
final class UpgradePlan {

	public function __construct(
		private readonly Layout $layout,
		private readonly Agenda $agenda,
		private readonly Setup $setup,
		private readonly RowFaults $faults,
		private readonly OlderFacts $older
	) {
	}

	/** @return array<string,list<string>> Table => what would be done to it; tables that are right have an empty list. */
	public function tables(): array {
		$tables = $this->layout->compare();
		$plan   = array_fill_keys( $this->layout->missing(), array( __( 'make it: it is missing', 'sell-my-images' ) ) );
		foreach ( $tables as $name => $comparison ) {
			$plan[ $name ] = array_values(
				array_filter( array( ...$this->columns( $comparison ), ...$this->storage( $comparison ), $this->keys( $comparison ) ) )
			);
		}
		if ( isset( $tables['jobs'] ) ) {
			array_push( $plan['jobs'], ...$this->rows( $tables ) );
		}

		return $plan;
	}

	/**
	 * About the times and amounts of older orders.
	 *
	 * @param array{timezone?:string,currency?:string} $answers As if the owner had given them.
	 * @return array{found:list<string>,asked:list<string>} Sentences: what was found or used, and what has to be told.
	 */
	public function older( array $answers = array() ): array {
		if ( in_array( 'jobs', $this->layout->missing(), true ) ) {
			return array( 'found' => array(), 'asked' => array() );
		}
		$used = $this->older->used();
		if ( null !== $used ) {
			return array( 'found' => OlderWords::used( $used ), 'asked' => array() );
		}
		$rows  = $this->older->count();
		$found = $rows > 0 ? $this->older->find( $answers ) : null;

		return array(
			'found' => null === $found ? array() : OlderWords::found( $found, $rows ),
			'asked' => null === $found || $found->is_complete() ? array() : array( OlderWords::asked( $found->questions() ) ),
		);
	}

	/** @return list<string> What is in the way, as sentences. */
	public function obstacles(): array {
		return array_map(
			static fn( UpgradeBlocked $one ): string => TroubleWords::of_obstacle( $one->reason, $one->facts ),
			$this->setup->obstacles()
		);
	}

	/** @return list<string> */
	private function columns( Comparison $comparison ): array {
		return array(
			/* translators: %s: names of columns of a database table. */
			self::named( __( 'add columns: %s', 'sell-my-images' ), array_keys( $comparison->missing_columns() ) ),
			/* translators: %s: names of columns of a database table. */
			self::named( __( 'change the type of columns: %s', 'sell-my-images' ), array_keys( $comparison->changed_columns() ) ),
			/* translators: %s: names of columns of a database table. */
			self::named( __( 'change the default of columns: %s', 'sell-my-images' ), array_keys( $comparison->defaults() ) ),
			/* translators: %s: names of columns of a database table. */
			self::named( __( 'leave columns alone that are not ours: %s', 'sell-my-images' ), $comparison->foreign_columns() ),
		);
	}

	/** @return list<string> */
	private function storage( Comparison $comparison ): array {
		$does = array();
		if ( $comparison->has_other_charset() ) {
			$does[] = sprintf(
				/* translators: 1: name of a collation, 2: name of a collation. */
				__( 'convert texts from %1$s to %2$s', 'sell-my-images' ),
				(string) $comparison->found->collation(),
				(string) $comparison->collation
			);
		}
		if ( $comparison->has_other_engine() ) {
			/* translators: %s: name of a storage engine, such as MyISAM. */
			$does[] = sprintf( __( 'convert the engine from %s to InnoDB', 'sell-my-images' ), (string) $comparison->found->engine() );
		}
		if ( $comparison->found->has_short_keys() ) {
			$does[] = __( 'convert the row format to DYNAMIC, for longer keys', 'sell-my-images' );
		}
		if ( $comparison->is_slow() && $comparison->found->rows() > 0 ) {
			$does[] = sprintf(
				/* translators: %d: number of rows. */
				__( 'write about %d rows anew; whoever writes to the table waits meanwhile', 'sell-my-images' ),
				$comparison->found->rows()
			);
		}

		return $does;
	}

	private function keys( Comparison $comparison ): string {
		return self::named(
			/* translators: %s: names of keys of a database table. */
			__( 'build keys: %s', 'sell-my-images' ),
			array( ...$comparison->keys( true ), ...$comparison->keys( false ) )
		);
	}

	/**
	 * @param array<string,Comparison> $tables Those that are there.
	 * @return list<string>
	 */
	private function rows( array $tables ): array {
		$does = array();
		foreach ( $this->faults->counts( $tables['jobs']->found ) as $what => $number ) {
			/* translators: 1: what is wrong with rows, such as "dates of zeros", 2: number of rows. */
			$does[] = sprintf( __( 'put right %1$s: %2$d rows', 'sell-my-images' ), $what, $number );
		}
		/* translators: %s: names of steps. */
		$does[] = self::named( __( 'steps for the rows: %s', 'sell-my-images' ), $this->agenda->preview( $tables ) );

		return array_values( array_filter( $does ) );
	}

	/** @param list<int|string> $names Perhaps none. */
	private static function named( string $words, array $names ): string {
		return array() === $names ? '' : sprintf( $words, implode( ', ', $names ) );
	}
}
