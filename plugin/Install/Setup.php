<?php
/**
 * Brings the tables up to date.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Capabilities;
use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Database\Connection;
use SellMyImages\Install\Layout\Comparison;
use SellMyImages\Install\Layout\Layout;
use SellMyImages\Install\Layout\TableChanges;
use SellMyImages\Install\Layout\ValueCheck;
use SellMyImages\Support\Uuid;

/**
 * Tables and columns, at once and by one request alone; what is to be done to the rows is noted for Upgrade. Throws nothing at anybody.
 */
final class Setup {

	/** Rows of a table that is written anew while somebody waits for a page. */
	private const FEW = 10000;

	public function __construct(
		private readonly Connection $db,
		private readonly Schema $schema,
		private readonly Layout $layout,
		private readonly TableChanges $changes,
		private readonly UpgradeState $state,
		private readonly Agenda $agenda,
		private readonly Lock $lock,
		private readonly Trouble $trouble,
		private readonly Session $session,
		private readonly CommandRepository $commands
	) {
	}

	/**
	 * @param bool $is_forced     Whether a person asks for it, who need not wait for the next try.
	 * @param bool $may_take_long False while somebody waits for a page.
	 * @return bool Whether the plugin can work.
	 */
	public function run( bool $is_forced = false, bool $may_take_long = true ): bool {
		if ( ! $this->state->has_tables() && ( $is_forced || 0 === $this->trouble->waits() ) ) {
			$this->trouble->watch(
				fn(): bool => $this->lock->during( fn() => $this->session->during( fn() => $this->bring_up_to_date( $may_take_long ) ) )
			);
		}

		return $this->state->is_usable();
	}

	/**
	 * @param array<string,Comparison>|null $tables As they are, where that is known.
	 * @return list<UpgradeBlocked> What only a person can put right.
	 */
	public function obstacles( ?array $tables = null ): array {
		if ( ! $this->layout->has_innodb() ) {
			return array( new UpgradeBlocked( UpgradeBlocked::ENGINE ) );
		}
		$check = new ValueCheck( $this->db );

		return array_merge( array(), ...array_map( array( $check, 'obstacles' ), array_values( $tables ?? $this->layout->compare() ) ) );
	}

	/** What a person was asked for is there: whoever comes first goes on at once. */
	public function again(): void {
		$this->trouble->clear();
		if ( ! $this->state->is_done() && $this->state->has_tables() ) {
			$this->commands->schedule( CommandKind::UpgradeStep, 'jobs', null, $this->state->waits() );
		}
	}

	private function bring_up_to_date( bool $may_take_long ): void {
		$this->state->forget();
		$tables = $this->layout->compare();
		if ( $this->state->has_tables() || ( ! $may_take_long && $this->takes_long( $tables ) ) ) {
			return;
		}
		$this->name_the_nameless( $tables );
		foreach ( $this->obstacles( $tables ) as $obstacle ) {
			throw $obstacle;
		}
		$todo = $this->agenda->begin( $tables );
		$this->schema->create();
		$this->change( $tables );
		Capabilities::grant();
		$this->state->tables_are_there();
		if ( array() !== $this->state->lost() ) {
			// What a provider still knows comes back from there.
			$this->commands->hint( CommandKind::Reconcile, 'objects', null );
		}
		if ( array() === $todo ) {
			$this->state->finish();
			return;
		}
		$this->commands->schedule( CommandKind::UpgradeStep, 'jobs', null, $this->state->waits() );
	}

	/** @param array<string,Comparison> $tables As they are. */
	private function change( array $tables ): void {
		$check = new ValueCheck( $this->db );
		foreach ( $tables as $name => $comparison ) {
			$check->clear_empty( $comparison );
			$this->changes->apply( fn(): Comparison => $this->layout->compare_one( $name ) );
			$this->lock->renew();
		}
	}

	/** @param array<string,Comparison> $tables As they are. */
	private function takes_long( array $tables ): bool {
		return array() !== array_filter(
			$tables,
			static fn( Comparison $one ): bool => $one->is_slow() && $one->found->rows() > self::FEW
		);
	}

	/**
	 * Gives jobs without a number one: nobody can have been told theirs.
	 *
	 * @param array<string,Comparison> $tables As they are.
	 */
	private function name_the_nameless( array $tables ): void {
		$columns = ( $tables['jobs'] ?? null )?->found->columns ?? array();
		if ( ! isset( $columns['job_id'], $columns['id'] ) ) {
			return;
		}
		$keeps = isset( $columns['updated_at'] ) ? ', updated_at = updated_at' : '';
		foreach ( $this->db->column( "SELECT id FROM {jobs} WHERE job_id IS NULL OR job_id = ''" ) as $id ) {
			$this->db->execute( "UPDATE {jobs} SET job_id = %s$keeps WHERE id = %d", Uuid::v4(), (int) $id );
		}
	}
}
