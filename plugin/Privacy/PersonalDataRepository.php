<?php
/**
 * The SQL about one person's rows.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Privacy;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\JobStatus;

/**
 * Finds by the address as it is written but for upper and lower case: to the collation of a table "jose" and "josé" are one.
 */
final class PersonalDataRepository {

	/** Columns of a job's other rows that hold text which somebody wrote. */
	private const TEXTS = array(
		'refunds'     => array( 'note', 'reason', 'failure_message', 'args' ),
		'job_events'  => array( 'reason', 'ref', 'args' ),
		'attempts'    => array( 'error', 'error_args' ),
		'batch_items' => array( 'message', 'args' ),
		'commands'    => array( 'payload' ),
	);

	/** Put where the address stood. */
	private const ERASED = '[…]';

	public function __construct( private readonly Connection $db ) {
	}

	/** @return list<string> Job ids, the oldest first. */
	public function all( string $email, int $limit, int $offset ): array {
		return $this->find( $email, '1 = 1', $limit, $offset );
	}

	/** @return list<string> Jobs that nothing is to be done about any more. */
	public function finished( string $email, int $limit ): array {
		return $this->find( $email, "status IN ('" . implode( "','", self::ends() ) . "')", $limit, 0 );
	}

	public function has_unfinished( string $email ): bool {
		return array() !== $this->find( $email, "status NOT IN ('" . implode( "','", self::ends() ) . "')", 1, 0 );
	}

	/** Takes an address out of every text about a job, and the parameters of its commands, which nobody needs any more. */
	public function scrub( string $job_id, string $email ): void {
		foreach ( self::TEXTS as $table => $columns ) {
			foreach (
				$this->db->rows( 'SELECT id, ' . implode( ', ', $columns ) . " FROM {{$table}} WHERE job_id = %s", $job_id ) as $row
			) {
				$this->scrub_row( $table, $row, $email );
			}
		}
	}

	/** Takes an address out of what was written for many jobs at once. */
	public function scrub_batches( string $email ): void {
		foreach (
			$this->db->rows(
				'SELECT id, params FROM {batches} WHERE LOWER(params) LIKE %s',
				'%' . $this->db->like( mb_strtolower( $email ) ) . '%'
			) as $row
		) {
			$this->scrub_row( 'batches', $row, $email );
		}
	}

	/** The attempt's file is no more. */
	public function forget_file( string $attempt ): void {
		$this->db->execute( 'UPDATE {attempts} SET file_path = NULL WHERE uuid = %s', $attempt );
	}

	/** The text without the address, however it is written. */
	public static function without( string $text, string $email ): string {
		return (string) preg_replace( '~' . preg_quote( $email, '~' ) . '~iu', self::ERASED, $text );
	}

	/** @param array<string,string|null> $row id and texts. */
	private function scrub_row( string $table, array $row, string $email ): void {
		foreach ( array_diff_key( $row, array( 'id' => true ) ) as $column => $text ) {
			$clean = null === $text ? null : self::without( $text, $email );
			if ( $clean !== $text ) {
				$this->db->execute( "UPDATE {{$table}} SET $column = %s WHERE id = %d", $clean, (int) $row['id'] );
			}
		}
	}

	/** @return list<string> */
	private function find( string $email, string $where, int $limit, int $offset ): array {
		$email = mb_strtolower( trim( $email ) );
		if ( '' === $email ) {
			return array();
		}
		$sql = "SELECT job_id FROM {jobs} WHERE email = %s AND HEX(LOWER(email)) = %s AND $where ORDER BY id LIMIT %d OFFSET %d";

		return $this->db->column( $sql, $email, strtoupper( bin2hex( $email ) ), $limit, $offset );
	}

	/** @return list<string> */
	private static function ends(): array {
		return array( JobStatus::Completed->value, JobStatus::Failed->value, JobStatus::Abandoned->value );
	}
}
