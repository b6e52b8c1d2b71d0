<?php
/**
 * The sum of lost disputes, which counters of earlier versions lack.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\DatabaseError;
use SellMyImages\Jobs\LostProgress;

/**
 * Adds the column, which takes no time; a Recount of just this sum fills it. All other counters stay as true as they are meanwhile.
 */
final class LostColumn {

	public function __construct(
		private readonly Connection $db,
		private readonly Schema $schema,
		private readonly LostProgress $progress
	) {
	}

	public function is_missing(): bool {
		return ! in_array( 'lost', $this->schema->columns( 'counts_day' ), true );
	}

	public function add(): void {
		// First the mark: from the column's first moment on nobody may count a job that the recount will.
		$this->progress->start();
		try {
			$this->db->execute( 'ALTER TABLE {counts_day} ADD COLUMN lost ' . Tables::LOST );
		} catch ( DatabaseError $error ) {
			// Another request may have been faster.
			if ( $this->is_missing() ) {
				throw $error;
			}
		}
	}
}
