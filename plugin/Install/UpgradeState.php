<?php
/**
 * How far the tables are.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Support\Times;

/**
 * While all is up to date, one option that every request has loaded anyway says so, and nothing else is read.
 */
final class UpgradeState {

	/**
	 * Option; absent when there is nothing to do:
	 * `todo` names of steps, the first one is under way; `at` how far it is; `total` how many there were; `last` the highest job when it
	 * began;
	 * `since` UTC; `not_before` seconds since 1970; `from` the version before; `is_usable` whether the plugin can live with the tables as
	 * they are;
	 * `tables` the version whose columns are there; `lost` tables that were missing though they had been made.
	 */
	public const OPTION = 'smi_upgrade';

	/** What versions before 4 did, in this order; they kept only the name of the one under way. */
	private const STEPS_OF_3 = array( 'backfill', 'keys', 'counters', 'titles', 'lost' );

	public function __construct( private readonly Options $options ) {
	}

	/** The version that the tables had when they were last whole; 0: none, or nobody knows. */
	public function stored_version(): int {
		return (int) get_option( Installer::VERSION_OPTION, 0 );
	}

	public function is_done(): bool {
		return $this->stored_version() >= Schema::VERSION;
	}

	/** Whether all tables and columns are there: then everything works, though lists may take longer. */
	public function is_usable(): bool {
		return $this->is_done() || (bool) ( $this->get()['is_usable'] ?? false );
	}

	/** Whether the tables are as this version wants them, but for what the steps do. */
	public function has_tables(): bool {
		return $this->is_done() || Schema::VERSION === ( $this->get()['tables'] ?? 0 );
	}

	/** Whether every key of today is there. */
	public function has_keys(): bool {
		return $this->is_done() || ( $this->has_tables() && ! in_array( 'keys', $this->todo(), true ) );
	}

	/** Whether steps are left, and may be done. */
	public function is_running(): bool {
		return ! $this->is_done() && $this->has_tables();
	}

	/** @return list<string> Names of the steps left; the first is under way. */
	public function todo(): array {
		return array_values( array_map( 'strval', (array) ( $this->get()['todo'] ?? array() ) ) );
	}

	public function at(): int {
		return (int) ( $this->get()['at'] ?? 0 );
	}

	/** When it began; UTC. */
	public function since(): string {
		return (string) ( $this->get()['since'] ?? Times::now() );
	}

	/** Which version the tables had before. */
	public function from(): int {
		return (int) ( $this->get()['from'] ?? $this->stored_version() );
	}

	/** @return list<string> Tables that were lost. */
	public function lost(): array {
		return array_values( array_map( 'strval', (array) ( $this->get()['lost'] ?? array() ) ) );
	}

	/** Seconds until the steps may begin. */
	public function waits(): int {
		return max( 0, (int) ( $this->get()['not_before'] ?? 0 ) - time() );
	}

	/** How much is done, 0 to 99: a step counts for as much as another. */
	public function percent(): int {
		$state = $this->get();
		$total = max( 1, (int) ( $state['total'] ?? 1 ) );
		$left  = count( $this->todo() );
		$part  = 0 === $left ? 0.0 : min( 0.99, $this->at() / max( 1, (int) ( $state['last'] ?? 0 ) ) );

		return (int) min( 99, max( 0, floor( 100 * ( $total - $left + $part ) / $total ) ) );
	}

	/**
	 * Notes what is to be done, before anything is changed: what comes after a crash must know it.
	 *
	 * @param list<string> $todo      Names of steps.
	 * @param bool         $is_usable Whether the plugin can live with the tables as they are.
	 * @param int          $last      The highest job.
	 * @param int          $wait      Seconds before the first step.
	 */
	public function begin( array $todo, bool $is_usable, int $last, int $wait ): void {
		$before = $this->get();
		$this->save(
			array(
				'todo'       => $todo,
				'at'         => ( $before['todo'][0] ?? null ) === ( $todo[0] ?? '' ) ? $this->at() : 0,
				'total'      => count( $todo ),
				'last'       => $last,
				'since'      => $this->since(),
				'not_before' => max( (int) ( $before['not_before'] ?? 0 ), $wait > 0 ? time() + $wait : 0 ),
				'from'       => $this->from(),
				'is_usable'  => $is_usable,
				'tables'     => 0,
				'lost'       => $this->lost(),
			)
		);
	}

	/** The tables are as they should be: what is left are the steps. */
	public function tables_are_there(): void {
		$this->save( array( 'is_usable' => true, 'tables' => Schema::VERSION ) + $this->get() );
	}

	/** @param int|null $at How far the first step is; null when it is done. */
	public function advance( ?int $at ): void {
		$todo = $this->todo();
		$this->save( ( null === $at ? array( 'todo' => array_slice( $todo, 1 ), 'at' => 0 ) : array( 'at' => $at ) ) + $this->get() );
	}

	/**
	 * Puts the first step behind all others.
	 *
	 * @return bool Whether there are others.
	 */
	public function postpone(): bool {
		$todo = $this->todo();
		if ( count( $todo ) < 2 ) {
			return false;
		}
		$this->save( array( 'todo' => array( ...array_slice( $todo, 1 ), $todo[0] ), 'at' => 0 ) + $this->get() );

		return true;
	}

	/** Everything is done. */
	public function finish(): void {
		$this->options->put( Installer::VERSION_OPTION, (string) Schema::VERSION );
		$this->options->put( Schema::CHECKED_OPTION, (string) time() );
		$this->options->delete( self::OPTION );
	}

	/**
	 * The tables are not what they were: have them looked through.
	 *
	 * @param bool         $is_usable Whether the plugin can live with them meanwhile.
	 * @param list<string> $lost      Tables that are missing.
	 */
	public function reopen( bool $is_usable, array $lost ): void {
		$from = $this->from();
		$this->save( array( 'is_usable' => $is_usable, 'tables' => 0, 'from' => $from, 'since' => Times::now(), 'lost' => $lost ) );
		$this->options->put( Installer::VERSION_OPTION, '0' );
	}

	/** Reads it anew: another request may have gone on since this one began. */
	public function forget(): void {
		$this->options->forget( self::OPTION );
		$this->options->forget( Installer::VERSION_OPTION );
	}

	/** @return array<string,mixed> */
	private function get(): array {
		$state = get_option( self::OPTION, array() );
		$state = is_array( $state ) ? $state : array();
		if ( isset( $state['step'] ) && ! isset( $state['todo'] ) ) {
			$at            = (int) array_search( $state['step'], self::STEPS_OF_3, true );
			$state['todo'] = array_slice( self::STEPS_OF_3, $at );
		}

		return $state;
	}

	/** @param array<string,mixed> $state All of it. */
	private function save( array $state ): void {
		$this->options->put( self::OPTION, $state );
	}
}
