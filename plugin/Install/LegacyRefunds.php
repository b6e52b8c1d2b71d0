<?php
/**
 * Refunds that an older table recorded in the job's row.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Support\Amount;
use SellMyImages\Support\Times;
use SellMyImages\Support\Uuid;

/**
 * One refund row stands for what was recorded, so that the sums of rows are true and nothing is returned twice.
 */
final class LegacyRefunds {

	/** Idempotency key of the row: there can be only one. */
	public const KEY = 'older-layout';

	/** Rows of one statement. */
	private const AT_ONCE = 200;

	public function __construct( private readonly Connection $db ) {
	}

	public function take_over( int $from, int $to ): void {
		$rows = $this->db->rows(
			"SELECT j.* FROM {jobs} j WHERE j.id > %d AND j.id <= %d AND j.version = 1
				AND ( j.refund_amount > 0 OR j.payment_status = 'refunded' )
			AND NOT EXISTS ( SELECT 1 FROM {refunds} r WHERE r.job_id = j.job_id )",
			$from,
			$to
		);
		$refunds = array_values( array_filter( array_map( array( self::class, 'refund' ), $rows ) ) );
		foreach ( array_chunk( $refunds, self::AT_ONCE ) as $some ) {
			$this->insert( $some );
		}
	}

	/**
	 * In one statement; one by one where one of them is there already.
	 *
	 * @param non-empty-list<array<string,mixed>> $refunds Columns of each.
	 */
	private function insert( array $refunds ): void {
		$columns = implode( ', ', array_keys( $refunds[0] ) );
		$values  = implode( ', ', array_fill( 0, count( $refunds ), '(%s)' ) );
		try {
			$this->db->execute( "INSERT INTO {refunds} ($columns) VALUES $values", ...array_map( 'array_values', $refunds ) );
		} catch ( DatabaseError $error ) {
			if ( DatabaseError::DUPLICATE !== $error->getCode() ) {
				throw $error;
			}
			if ( count( $refunds ) > 1 ) {
				array_walk( $refunds, fn( array $refund ) => $this->insert( array( $refund ) ) );
			}
		}
	}

	/**
	 * @param array<string,string|null> $row A job's row.
	 * @return array<string,mixed>|null Columns of the refund; null where nothing was paid back.
	 */
	private static function refund( array $row ): ?array {
		$currency = strtoupper( $row['currency'] ?? 'USD' );
		$minor    = Amount::of( $row['refund_amount'] ?? $row['amount_charged'], $currency )->minor();
		$at       = Times::iso( $row['refunded_at'] ) === null ? (string) $row['updated_at'] : (string) $row['refunded_at'];

		return $minor <= 0 ? null : array(
			'uuid'            => Uuid::v4(),
			'job_id'          => $row['job_id'],
			'amount_minor'    => $minor,
			'currency'        => $currency,
			'origin'          => 'external',
			'reason'          => null === $row['refund_reason'] ? null : mb_substr( $row['refund_reason'], 0, 64 ),
			'status'          => 'succeeded',
			'requested_by'    => 'system',
			'idempotency_key' => self::KEY,
			'created_at'      => $at,
			'updated_at'      => $at,
			'settled_at'      => $at,
		);
	}
}
