<?php
/**
 * Keeps counts of jobs true, so that nothing is ever counted from a million rows.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Counting;

use SellMyImages\Database\Connection;
use SellMyImages\Database\Transaction;
use SellMyImages\Jobs\Job;

/**
 * Collects what a transaction changes and writes it in key order as its last statements: touched after every job, the few hot rows
 * deadlock.
 */
final class Counters {

	public const DIM_POST       = 1;
	public const DIM_ATTACHMENT = 2;
	public const DIM_DOMAIN     = 3;

	/** Table => its key columns; in the order in which they are written. */
	private const KEYS = array(
		'counts_day'   => array( 'facet', 'day', 'currency', 'livemode' ),
		'counts_dim'   => array( 'dim', 'k', 'facet' ),
		'counts_facet' => array( 'facet' ),
		'counts_month' => array( 'facet', 'mo' ),
	);

	/** @var array<string,array<int|string,array<string,int>>> Table => key => column => sum. */
	private array $sums = array();

	private int $transaction_number = -1;

	public function __construct(
		private readonly Connection $db,
		private readonly Transaction $transaction,
		private readonly ?CounterProgress $progress = null,
		private readonly ?LostProgress $lost_progress = null
	) {
	}

	/**
	 * Notes a change for the open transaction.
	 *
	 * @param Job|null $before As it was; null for a new job.
	 * @param Job|null $after  As it is; null for one that is gone.
	 */
	public function queue( ?Job $before, ?Job $after ): void {
		$this->join();
		$this->add( $before, -1 );
		$this->add( $after, 1 );
	}

	/**
	 * Counts a job that was there before its table had counters.
	 *
	 * @param Job         $job  The job.
	 * @param string|null $only Just this sum of counts_day, which came later than the rest.
	 */
	public function count( Job $job, ?string $only = null ): void {
		$this->join();
		if ( null === $only ) {
			$this->sum( $job, 1 );
			return;
		}
		foreach ( CounterRows::of( $job )['counts_day'] as $key => $row ) {
			$this->put( 'counts_day', $key, array( $only => $row[ $only ] ?? 0 ), 1 );
		}
	}

	/** Writes what was noted. Called as the last thing before COMMIT. */
	public function flush(): void {
		$sums       = $this->sums;
		$this->sums = array();
		foreach ( array_keys( self::KEYS ) as $table ) {
			$this->write(
				$table,
				array_filter( $sums[ $table ] ?? array(), static fn( array $row ): bool => array() !== array_filter( $row ) )
			);
		}
	}

	/** Which row of counts_dim counts an e-mail domain: the first 60 bits of its SHA-1. */
	public static function domain_key( string $domain ): int {
		return (int) hexdec( substr( sha1( $domain ), 0, 15 ) );
	}

	/** What a transaction noted that was rolled back or run again does not count. */
	private function join(): void {
		if ( $this->transaction->number() !== $this->transaction_number ) {
			$this->sums               = array();
			$this->transaction_number = $this->transaction->number();
		}
		$this->transaction->before_commit( 'counters', array( $this, 'flush' ) );
	}

	private function add( ?Job $job, int $sign ): void {
		if ( null !== $job && ( $this->progress?->counts( $job->id ) ?? true ) ) {
			$this->sum( $job, $sign );
		}
	}

	private function sum( Job $job, int $sign ): void {
		foreach ( CounterRows::of( $job ) as $table => $rows ) {
			foreach ( $rows as $key => $row ) {
				// Few jobs have lost a dispute, so that few ask how far that sum is built.
				if ( 0 !== ( $row['lost'] ?? 0 ) && ! ( $this->lost_progress?->counts( $job->id ) ?? true ) ) {
					unset( $row['lost'] );
				}
				$this->put( $table, $key, $row, $sign );
			}
		}
	}

	/** @param array<string,int> $row Column => sum. */
	private function put( string $table, int|string $key, array $row, int $sign ): void {
		foreach ( $row as $column => $value ) {
			$this->sums[ $table ][ $key ][ $column ] = ( $this->sums[ $table ][ $key ][ $column ] ?? 0 ) + $sign * $value;
		}
	}

	/** @param array<int|string,array<string,int>> $rows Key => column => sum. */
	private function write( string $table, array $rows ): void {
		if ( array() === $rows ) {
			return;
		}
		ksort( $rows, SORT_STRING );
		$columns = array_keys( CounterRows::COLUMNS[ $table ] );
		$values  = array();
		$args    = array();
		foreach ( $rows as $key => $row ) {
			$values[] = '(%s)';
			$args[]   = array( ...explode( '|', (string) $key ), ...CounterRows::stored( $table, $row ) );
		}
		$adds = implode( ', ', array_map( static fn( string $column ): string => "$column = $column + VALUES($column)", $columns ) );
		$names = implode( ', ', array( ...self::KEYS[ $table ], ...$columns ) );
		foreach ( array_chunk( array_keys( $values ), 200 ) as $chunk ) {
			$this->db->execute(
				"INSERT INTO {{$table}} ($names) VALUES " . implode(
					', ',
					array_intersect_key( $values, array_flip( $chunk ) )
				) . " ON DUPLICATE KEY UPDATE $adds",
				...array_intersect_key( $args, array_flip( $chunk ) )
			);
		}
	}
}
