<?php
/**
 * Rows of jobs that break today's rules.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Install\Layout\Found;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;

/**
 * What they are, as SQL.
 */
final class RowFaults {

	/** Times that may be absent. */
	public const TIMES = array( 'paid_at', 'processing_started_at', 'completed_at', 'failed_at', 'refunded_at', 'download_expires_at' );

	/** Amounts that are never below nothing. */
	public const AMOUNTS = array( 'amount_charged', 'amount_cost', 'refund_amount' );

	/** Before this there was no such shop: MySQL's date of zeros. */
	public const NO_TIME = '1000-01-01 00:00:00';

	public function __construct( private readonly Connection $db ) {
	}

	/** @return array<string,int> What is wrong => in how many rows; only what there is. */
	public function counts( Found $jobs ): array {
		$faults = array(
			__( 'jobs without a number', 'sell-my-images' )           => array( array( 'job_id' ), "job_id IS NULL OR job_id = ''" ),
			__( 'unknown states', 'sell-my-images' )                  => array(
				array( 'status', 'payment_status' ),
				self::unknown_state(),
			),
			__( 'dates of zeros', 'sell-my-images' )                  => array(
				array( ...self::TIMES, 'created_at', 'updated_at' ),
				self::no_time( array( ...self::TIMES, 'created_at', 'updated_at' ) ),
			),
			__( 'amounts below nothing', 'sell-my-images' )           => array( self::AMOUNTS, self::below_nothing() ),
			__( 'missing e-mail addresses', 'sell-my-images' )        => array( array( 'email' ), 'email IS NULL' ),
		);
		$counts = array();
		foreach ( $faults as $what => list( $columns, $where ) ) {
			$there           = array() === array_diff( $columns, array_keys( $jobs->columns ) );
			$counts[ $what ] = $there ? (int) $this->db->value( "SELECT COUNT(*) AS n FROM {jobs} WHERE $where" ) : 0;
		}

		return array_filter( $counts );
	}

	/** Also where only the letters are others: PHP compares them exactly. */
	public static function unknown_state(): string {
		return self::not_among( 'status', array_column( JobStatus::cases(), 'value' ) ) . ' OR ' . self::not_among(
			'payment_status',
			array_column( PaymentStatus::cases(), 'value' )
		);
	}

	public static function below_nothing(): string {
		return implode( ' OR ', array_map( static fn( string $column ): string => "$column < 0", self::AMOUNTS ) );
	}

	/** @param list<string> $columns Times. */
	public static function no_time( array $columns ): string {
		return implode( ' OR ', array_map( static fn( string $column ): string => "$column < '" . self::NO_TIME . "'", $columns ) );
	}

	/** @param list<string> $words Those that are known. */
	private static function not_among( string $column, array $words ): string {
		// HEX sees letters and blanks that a collation overlooks.
		return "( $column IS NULL OR HEX($column) NOT IN ('" . implode(
			"', '",
			array_map( static fn( string $word ): string => strtoupper( bin2hex( $word ) ), $words )
		) . "') )";
	}
}
