<?php
/**
 * How far the counters of an upgraded table are built.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs\Counting;

use SellMyImages\Database\Connection;
use SellMyImages\Database\StoredOptions;

/**
 * While an older table is counted range by range, a job beyond the mark is left to the count to come, and one before it changes the
 * counters at once. The mark is read under a shared lock, which the count waits for: no job falls between.
 */
class CounterProgress {

	/** Option that holds the highest id counted; absent once all are. */
	public const OPTION = 'smi_counters_built_to';

	public function __construct( private readonly Connection $db, private readonly StoredOptions $options ) {
	}

	/** Whether changes of this row are the writers' to count. */
	public function counts( int $id ): bool {
		// Autoloaded, so that a site without a running upgrade asks nothing of the database.
		if ( ! $this->options->has_autoloaded( static::OPTION ) ) {
			return true;
		}
		$mark = $this->read( ' LOCK IN SHARE MODE' );

		return null === $mark || $id <= $mark;
	}

	/** The highest id counted, its row locked; null when the counters are whole. */
	public function lock(): ?int {
		return $this->read( ' FOR UPDATE' );
	}

	public function start(): void {
		$this->options->put( static::OPTION, '0', true );
	}

	/** @param int $id The highest id counted. Inside the transaction that counted. */
	public function move( int $id ): void {
		$this->db->execute(
			'UPDATE ' . $this->db->core_table( 'options' ) . ' SET option_value = %s WHERE option_name = %s',
			(string) $id,
			static::OPTION
		);
	}

	/** All are counted. Inside the transaction that found so; forget() after its commit. */
	public function finish(): void {
		$this->db->execute( 'DELETE FROM ' . $this->db->core_table( 'options' ) . ' WHERE option_name = %s', static::OPTION );
	}

	/** Lets WordPress's option cache notice. */
	public function forget(): void {
		wp_cache_delete_multiple( array( static::OPTION, 'alloptions', 'notoptions' ), 'options' );
	}

	private function read( string $lock ): ?int {
		$suffix = $this->db->is_sqlite() ? '' : $lock;
		$value  = $this->db->value(
			'SELECT option_value FROM ' . $this->db->core_table( 'options' ) . ' WHERE option_name = %s' . $suffix,
			static::OPTION
		);

		return null === $value ? null : (int) $value;
	}
}
