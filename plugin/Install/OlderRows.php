<?php
/**
 * Puts the times of older rows into UTC, and gives their amounts a currency.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\Transaction;
use SellMyImages\Jobs\Counting\CounterProgress;
use SellMyImages\Jobs\Counting\Counters;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\OlderRow;
use SellMyImages\Support\Money;

/**
 * Range by range; the mark goes with the times, in one statement, so that a row is moved once, whoever dies or comes again. Where the
 * owner has to be asked, it comes after all others: then refunds are there and counters are whole, and both are put right with the rows.
 */
final class OlderRows implements UpgradeStep {

	private const RANGE = 2500;

	/** The currency that a row has whose older table had none. */
	private const ASSUMED = 'USD';

	/** In this order: an hour that came twice is told by what stands before. */
	private const COLUMNS = array(
		'created_at',
		'paid_at',
		'processing_started_at',
		'completed_at',
		'failed_at',
		'refunded_at',
		'download_expires_at',
		'updated_at',
	);

	private const OURS = 'id > %d AND id <= %d AND older_times & 1 = 1';

	public function __construct(
		private readonly Connection $db,
		private readonly Transaction $transaction,
		private readonly OlderFacts $facts,
		private readonly Counters $counters,
		private readonly CounterProgress $progress
	) {
	}

	public function run( int $at ): ?int {
		$next = 'SELECT id FROM {jobs} WHERE id > %d AND older_times & 1 = 1 ORDER BY id LIMIT %d';
		$to   = $this->db->value( "SELECT MAX(id) AS m FROM ( $next ) AS r", $at, self::RANGE );
		if ( null === $to ) {
			return null;
		}
		$facts = $this->facts->settle();
		$this->transaction->run( fn() => $this->range( $facts, $at, (int) $to ) );

		return (int) $to;
	}

	private function range( OlderFinding $facts, int $from, int $to ): void {
		$is_counted = $this->progress->counts( $to );
		$before     = $is_counted ? $this->rows( $from, $to ) : array();
		$span       = $this->span( $from, $to );
		if ( null !== $this->db->value( 'SELECT id FROM {refunds} LIMIT 1' ) ) {
			$this->refunds( $facts, $span, $from, $to );
		}
		$sets = array_filter( array( ...$this->times( $facts, $span ), $this->currency( $facts ), 'older_times = 0' ) );
		$this->db->execute( 'UPDATE {jobs} SET ' . implode( ', ', $sets ) . ' WHERE ' . self::OURS, $from, $to );
		foreach ( array() === $before ? array() : array_intersect_key( $this->read( $from, $to ), $before ) as $id => $row ) {
			$this->counters->queue( Job::from_row( $before[ $id ] ), Job::from_row( $row ) );
		}
	}

	/**
	 * @param array{int,int} $span The earliest and the latest time.
	 * @return list<string> Assignments.
	 */
	private function times( OlderFinding $facts, array $span ): array {
		$sets = array();
		foreach ( array_intersect( self::COLUMNS, $facts->moved() ) as $column ) {
			$utc    = $facts->sql( $column, ...$span );
			$is_raw = match ( $column ) {
				'created_at' => null,
				'updated_at' => 'version = 1',
				default => OlderRow::is_raw( $column ),
			};
			$sets[] = "$column = " . ( null === $is_raw ? $utc : "CASE WHEN $is_raw THEN $utc ELSE $column END" );
		}
		if ( array() !== $sets ) {
			// What Backfill made of them, where it came first.
			$sets[] = "payment_action_done_at = CASE WHEN payment_action_done_at > '1970-01-03' AND " . OlderRow::is_raw( 'paid_at' )
				. ' THEN COALESCE(paid_at, updated_at, created_at) ELSE payment_action_done_at END';
		}

		return $sets;
	}

	private function currency( OlderFinding $facts ): string {
		$code = '' === (string) $facts->currency ? 'UPPER(currency)' : "'{$facts->currency}'";

		return 'currency = CASE WHEN ' . OlderRow::is_raw( 'currency' ) . " THEN $code ELSE currency END";
	}

	/**
	 * Those that LegacyRefunds made of these rows, and the currency of all that were made meanwhile.
	 *
	 * @param array{int,int} $span The earliest and the latest time.
	 */
	private function refunds( OlderFinding $facts, array $span, int $from, int $to ): void {
		$jobs = $this->db->rows(
			'SELECT DISTINCT j.job_id, j.refunded_at IS NULL AS is_undated, ' . OlderRow::is_raw( 'currency', 'j.' ) . ' AS is_raw
			FROM {jobs} j JOIN {refunds} r ON r.job_id = j.job_id WHERE j.id > %d AND j.id <= %d AND j.older_times & 1 = 1',
			$from,
			$to
		);
		foreach ( array( 'refunded_at' => '0', 'updated_at' => '1' ) as $origin => $is_undated ) {
			if ( in_array( $origin, $facts->moved(), true ) ) {
				$this->move_refunds( $facts, $span, $origin, self::ids( $jobs, 'is_undated', $is_undated ) );
			}
		}
		if ( ! in_array( $facts->currency, array( '', self::ASSUMED ), true ) ) {
			$this->recount_refunds( (string) $facts->currency, self::ids( $jobs, 'is_raw', '1' ) );
		}
	}

	/**
	 * @param array{int,int} $span   The earliest and the latest time.
	 * @param string         $origin Column of the job that dated them.
	 * @param list<string>   $ids    Jobs.
	 */
	private function move_refunds( OlderFinding $facts, array $span, string $origin, array $ids ): void {
		$sets = array();
		foreach ( array( 'created_at', 'updated_at', 'settled_at' ) as $column ) {
			$sets[] = "$column = " . $facts->moved_as( $column, $origin, ...$span );
		}
		if ( array() !== $ids ) {
			$sql = 'UPDATE {refunds} SET ' . implode( ', ', $sets ) . ' WHERE job_id IN (%s) AND idempotency_key = %s';
			$this->db->execute( $sql, $ids, LegacyRefunds::KEY );
		}
	}

	/** @param list<string> $ids Jobs. */
	private function recount_refunds( string $currency, array $ids ): void {
		$digits = Money::exponent( $currency ) - Money::exponent( self::ASSUMED );
		$sets   = 'amount_minor = ROUND( amount_minor * POW( 10, %d ) ), currency = %s';
		if ( array() !== $ids ) {
			$this->db->execute(
				"UPDATE {refunds} SET $sets WHERE job_id IN (%s) AND currency = %s",
				$digits,
				$currency,
				$ids,
				self::ASSUMED
			);
		}
	}

	/**
	 * @param list<array<string,string|null>> $jobs Rows.
	 * @return list<string> Those of which it is so.
	 */
	private static function ids( array $jobs, string $column, string $value ): array {
		$some = array_filter( $jobs, static fn( array $job ): bool => $value === $job[ $column ] );

		return array_map( 'strval', array_column( $some, 'job_id' ) );
	}

	/** @return array{int,int} Seconds, as if they were in UTC. */
	private function span( int $from, int $to ): array {
		if ( $this->db->is_sqlite() ) {
			return array( 0, 0 );
		}
		$times = array();
		foreach ( self::COLUMNS as $column ) {
			$times[] = "MIN(CASE WHEN $column > '1970-01-03' THEN $column END) AS a_$column";
			$times[] = "MAX($column) AS z_$column";
		}
		$sql   = 'SELECT ' . implode( ', ', $times ) . ' FROM {jobs} WHERE ' . self::OURS;
		$found = array_filter( $this->db->row( $sql, $from, $to ) ?? array() );
		$times = array_map( static fn( string $time ): int => OlderTimes::unix( $time, OlderTimes::UTC ), array_values( $found ) );

		return array() === $times ? array( 0, 0 ) : array( min( $times ), max( $times ) );
	}

	/** @return array<int,array<string,string|null>> By number, locked. */
	private function rows( int $from, int $to ): array {
		$sql = 'SELECT ' . Recount::COLUMNS . ' FROM {jobs} WHERE ' . self::OURS . ' ORDER BY id FOR UPDATE';

		return self::by_number( $this->db->rows( $sql, $from, $to ) );
	}

	/** @return array<int,array<string,string|null>> By number. */
	private function read( int $from, int $to ): array {
		return self::by_number( $this->db->rows( 'SELECT ' . Recount::COLUMNS . ' FROM {jobs} WHERE id > %d AND id <= %d', $from, $to ) );
	}

	/**
	 * @param list<array<string,string|null>> $rows Rows.
	 * @return array<int,array<string,string|null>>
	 */
	private static function by_number( array $rows ): array {
		return array_combine( array_map( static fn( array $row ): int => (int) $row['id'], $rows ), $rows );
	}
}
