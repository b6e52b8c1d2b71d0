<?php
/**
 * Jobs whose times and currency are still those of an older version.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * Every row that was there before the older table was changed has MARK in `older_times`, until Install\OlderRows has put its times into
 * UTC. What is written of such a row meanwhile is of today, and noted beside the mark: it must not be moved once more.
 */
final class OlderRow {

	public const MARK = 1;

	/** Column => its bit. `updated_at` needs none: whoever writes it raises `version`. */
	public const BITS = array(
		'paid_at'               => 2,
		'processing_started_at' => 4,
		'completed_at'          => 8,
		'failed_at'             => 16,
		'refunded_at'           => 32,
		'download_expires_at'   => 64,
		'currency'              => 128,
	);

	/** Columns that no older version made. */
	public const NEW_COLUMNS = array( 'version', 'payment_action_done_at', 'older_times' );

	/**
	 * A table that an older version made lacks all of these; one of today that lost a column has rows in UTC.
	 *
	 * @param list<string> $missing Columns that smi_jobs lacks.
	 */
	public static function is_table_older( array $missing ): bool {
		return array() === array_diff( self::NEW_COLUMNS, $missing );
	}

	/** SQL that is true of a row whose column still holds what the older version wrote. */
	public static function is_raw( string $column, string $table = '' ): string {
		return "( {$table}older_times & " . ( self::MARK | self::BITS[ $column ] ) . ' ) = ' . self::MARK;
	}

	/**
	 * SQL of an assignment that notes columns as written. It looks at the row itself: since it was read, its times may have been put right.
	 *
	 * @param list<string> $columns Columns that are written.
	 */
	public static function note( array $columns ): string {
		$bits = array_sum( array_intersect_key( self::BITS, array_flip( $columns ) ) );

		return "older_times = CASE WHEN older_times > 0 THEN older_times | $bits ELSE 0 END";
	}
}
