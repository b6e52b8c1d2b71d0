<?php
/**
 * The indexes of smi_jobs.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;

/**
 * Builds all that are missing in one ALTER: one reading of the table instead of fifteen, and writers go on meanwhile.
 */
final class JobKeys implements UpgradeStep {

	/** Keys of the older layout that the new ones replace. */
	private const REPLACED = array( 'status', 'payment_status', 'created_at', 'email', 'post_id', 'attachment_id', 'post_attachment' );

	public function __construct( private readonly Connection $db ) {
	}

	public function are_missing(): bool {
		return array() !== $this->missing( $this->present() );
	}

	public function run( int $at ): ?int {
		$present = $this->present();
		$parts   = array();
		foreach ( $this->missing( $present ) as $key => $columns ) {
			$parts[] = "ADD KEY $key ($columns)";
		}
		foreach ( array_intersect( self::REPLACED, $present ) as $key ) {
			$parts[] = "DROP KEY $key";
		}
		if ( array() !== $parts ) {
			// Half a minute for a million rows; when PHP is cut off, the server still finishes, and the next run finds the keys.
			set_time_limit( 0 );
			ignore_user_abort( true );
			$this->alter( $parts );
		}

		return null;
	}

	/** @return list<string> */
	private function present(): array {
		return array_values( array_unique( array_map( 'strval', array_column( $this->db->rows( 'SHOW INDEX FROM {jobs}' ), 'Key_name' ) ) ) );
	}

	/**
	 * @param list<string> $present Names of keys.
	 * @return array<string,string>
	 */
	private function missing( array $present ): array {
		return array_diff_key( Schema::JOB_KEYS, array_flip( $present ) );
	}

	/** @param list<string> $parts Clauses. */
	private function alter( array $parts ): void {
		if ( $this->db->is_sqlite() ) {
			foreach ( $parts as $part ) {
				$this->db->execute( "ALTER TABLE {jobs} $part" );
			}
			return;
		}
		try {
			$this->db->execute( 'ALTER TABLE {jobs} ' . implode( ', ', $parts ) . ', ALGORITHM=INPLACE, LOCK=NONE' );
		} catch ( DatabaseError ) {
			$this->db->execute( 'ALTER TABLE {jobs} ' . implode( ', ', $parts ) );
		}
	}
}
