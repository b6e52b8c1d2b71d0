<?php
/**
 * Puts rows right that break today's rules.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\Transaction;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\Times;

/**
 * By ranges of the primary key. What a state or an amount was before stands in the job's log.
 */
final class RightRows implements UpgradeStep {

	private const RANGE = 5000;

	public function __construct( private readonly Connection $db, private readonly Transaction $transaction ) {
	}

	public function run( int $at ): ?int {
		$to = $this->db->value(
			'SELECT MAX(id) AS m FROM ( SELECT id FROM {jobs} WHERE id > %d ORDER BY id LIMIT %d ) AS r',
			$at,
			self::RANGE
		);
		if ( null === $to ) {
			return null;
		}
		if ( $this->is_any_wrong( $at, (int) $to ) ) {
			$this->transaction->run( fn() => $this->range( $at, (int) $to ) );
		}

		return (int) $to;
	}

	/** Most ranges are right, and are read once. */
	private function is_any_wrong( int $from, int $to ): bool {
		$wrong = implode(
			' OR ',
			array(
				RowFaults::unknown_state(),
				RowFaults::below_nothing(),
				RowFaults::no_time( array( ...RowFaults::TIMES, 'created_at', 'updated_at' ) ),
				'created_at IS NULL',
				'updated_at IS NULL',
			)
		);

		return null !== $this->db->value( "SELECT id FROM {jobs} WHERE id > %d AND id <= %d AND ( $wrong ) LIMIT 1", $from, $to );
	}

	private function range( int $from, int $to ): void {
		$this->times( $from, $to );
		$columns = 'id, job_id, status, payment_status, paid_at, refunded_at, completed_at, ' . implode( ', ', RowFaults::AMOUNTS );
		$wrong   = RowFaults::unknown_state() . ' OR ' . RowFaults::below_nothing();
		foreach (
			$this->db->rows( "SELECT $columns FROM {jobs} WHERE id > %d AND id <= %d AND ( $wrong ) FOR UPDATE", $from, $to ) as $row
		) {
			$this->put_right( $row );
		}
	}

	/** A date of zeros is no date. A job that does not say when it was made was made when it was first heard of. */
	private function times( int $from, int $to ): void {
		$where = 'id > %d AND id <= %d AND';
		foreach ( RowFaults::TIMES as $column ) {
			$this->db->execute( "UPDATE {jobs} SET $column = NULL WHERE $where " . RowFaults::no_time( array( $column ) ), $from, $to );
		}
		$known = "CASE WHEN updated_at >= '" . RowFaults::NO_TIME . "' THEN updated_at ELSE NULL END";
		$this->db->execute(
			"UPDATE {jobs} SET created_at = COALESCE(paid_at, completed_at, failed_at, $known, %s) WHERE $where ( created_at IS NULL OR "
				. RowFaults::no_time( array( 'created_at' ) ) . ' )',
			'1970-01-02 00:00:00',
			$from,
			$to
		);
		$this->db->execute(
			"UPDATE {jobs} SET updated_at = COALESCE(completed_at, failed_at, paid_at, created_at) WHERE $where ( updated_at IS NULL OR "
				. RowFaults::no_time( array( 'updated_at' ) ) . ' )',
			$from,
			$to
		);
	}

	/** @param array<string,string|null> $row Of jobs. */
	private function put_right( array $row ): void {
		$right = array_filter(
			array(
				'status'         => self::status( (string) $row['status'] )->value,
				'payment_status' => self::payment_status( $row )->value,
			) + array_map(
				static fn( ?string $amount ): ?string => null === $amount ? null : ltrim( $amount, '-' ),
				array_intersect_key( $row, array_flip( RowFaults::AMOUNTS ) )
			),
			static fn( ?string $value, string $column ): bool => $value !== $row[ $column ],
			ARRAY_FILTER_USE_BOTH
		);
		if ( array() === $right ) {
			return;
		}
		$sets = implode( ', ', array_map( static fn( string $column ): string => "$column = %s", array_keys( $right ) ) );
		$this->db->execute( "UPDATE {jobs} SET $sets WHERE id = %d", ...array( ...array_values( $right ), (int) $row['id'] ) );
		foreach ( $right as $column => $value ) {
			$this->note( $row, $column, (string) $value );
		}
	}

	/** Nothing that was sold may be made, or announced, because of a word that nobody knows. */
	private static function status( string $word ): JobStatus {
		return JobStatus::tryFrom( strtolower( trim( $word ) ) ) ?? JobStatus::Failed;
	}

	/** @param array<string,string|null> $row Of jobs. */
	private static function payment_status( array $row ): PaymentStatus {
		return PaymentStatus::tryFrom( strtolower( trim( (string) $row['payment_status'] ) ) ) ?? match ( true ) {
			null !== $row['refunded_at'] => PaymentStatus::Refunded,
			null !== $row['paid_at'] => PaymentStatus::Paid,
			default => PaymentStatus::Pending,
		};
	}

	/** @param array<string,string|null> $row Of jobs. */
	private function note( array $row, string $column, string $value ): void {
		$this->db->insert(
			'job_events',
			array(
				'job_id'     => $row['job_id'],
				'at'         => Times::now(),
				'actor'      => 'system',
				'type'       => 'upgrade',
				'from_value' => mb_substr( "$column: " . ( $row[ $column ] ?? 'NULL' ), 0, 64 ),
				'to_value'   => $value,
			)
		);
	}
}
