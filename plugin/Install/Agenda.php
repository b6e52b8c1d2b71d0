<?php
/**
 * What has to be done to the rows.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Install\Layout\Comparison;
use SellMyImages\Install\Layout\Layout;
use SellMyImages\Install\Versions\Version;
use SellMyImages\Jobs\Counting\CounterProgress;

/**
 * Asks each version, and adds what follows from tables and keys that are not there.
 */
final class Agenda {

	/** Tables that can be filled again from the jobs => by which step. */
	private const FILLED_BY = array(
		'counts_month' => 'counters',
		'counts_day'   => 'counters',
		'counts_facet' => 'counters',
		'counts_dim'   => 'counters',
		'title_words'  => 'titles',
	);

	/** Seconds until requests that counted as before are over. */
	private const OLD_REQUESTS = 120;

	/**
	 * @param list<Version>             $versions The oldest first.
	 * @param array<string,UpgradeStep> $steps    All steps, in order.
	 */
	public function __construct(
		private readonly Connection $db,
		private readonly Layout $layout,
		private readonly UpgradeState $state,
		private readonly CounterProgress $progress,
		private readonly array $versions,
		private readonly array $steps
	) {
	}

	/**
	 * Notes it, before anything is changed.
	 *
	 * @param array<string,Comparison> $tables Those that are there.
	 * @return list<string> Names of steps.
	 */
	public function begin( array $tables ): array {
		$due   = $this->due( $tables );
		$todo  = $this->steps( $tables, $due );
		$waits = array_map( static fn( Version $version ): int => $version->wait(), $due );
		foreach ( $due as $version ) {
			$version->prepare();
		}
		if ( in_array( 'counters', $this->refilled( $tables ), true ) && ! $this->has_version( 1, $due ) ) {
			$this->progress->start();
			$waits[] = self::OLD_REQUESTS;
		}
		$this->state->begin( $todo, $this->is_usable( $tables ), $this->last_job( $tables ), max( array( 0, ...$waits ) ) );

		return $todo;
	}

	/**
	 * @param array<string,Comparison> $tables Those that are there.
	 * @return list<string> Names of steps, without noting them.
	 */
	public function preview( array $tables ): array {
		return $this->steps( $tables, $this->due( $tables ) );
	}

	/** @param array<string,Comparison> $tables Those that are there. */
	public function is_usable( array $tables ): bool {
		return array() === $this->layout->missing()
			&& array() === array_filter( $tables, static fn( Comparison $one ): bool => $one->lacks_essentials() );
	}

	/**
	 * @param array<string,Comparison> $tables Those that are there.
	 * @return list<Version>
	 */
	private function due( array $tables ): array {
		if ( ! isset( $tables['jobs'] ) ) {
			return array();
		}
		$missing = array_map(
			static fn( Comparison $one ): array => array_map( 'strval', array_keys( $one->missing_columns() ) ),
			$tables
		);

		return array_values(
			array_filter( $this->versions, fn( Version $version ): bool => $version->is_due( $this->state->from(), $missing ) )
		);
	}

	/**
	 * @param array<string,Comparison> $tables Those that are there.
	 * @param list<Version>            $due    Versions.
	 * @return list<string>
	 */
	private function steps( array $tables, array $due ): array {
		$names = array_merge(
			$this->state->todo(),
			$this->refilled( $tables ),
			...array_map( static fn( Version $version ): array => array_keys( $version->steps() ), $due )
		);
		if (
			array() !== array_filter(
				$tables,
				static fn( Comparison $one ): bool => array() !== $one->keys( false ) || array() !== $one->obsolete_keys()
			)
		) {
			$names[] = 'keys';
		}

		return array_values( array_intersect( array_keys( $this->steps ), $names ) );
	}

	/**
	 * @param array<string,Comparison> $tables Those that are there.
	 * @return list<string> Steps that fill what is missing beside the jobs.
	 */
	private function refilled( array $tables ): array {
		return isset( $tables['jobs'] )
			? array_values( array_intersect_key( self::FILLED_BY, array_flip( $this->layout->missing() ) ) )
			: array();
	}

	/** @param list<Version> $due Versions. */
	private function has_version( int $number, array $due ): bool {
		return array() !== array_filter( $due, static fn( Version $version ): bool => $version->number() === $number );
	}

	/** @param array<string,Comparison> $tables Those that are there. */
	private function last_job( array $tables ): int {
		return isset( $tables['jobs'] ) ? (int) $this->db->value( 'SELECT MAX(id) AS m FROM {jobs}' ) : 0;
	}
}
