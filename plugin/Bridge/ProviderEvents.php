<?php
/**
 * Which events of the providers were seen.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Bridge;

use SellMyImages\Database\Connection;

/**
 * An audit line per event. Nothing rests on it: a hint that comes twice only causes one more look.
 */
final class ProviderEvents {

	/**
	 * @param Connection $db The database.
	 */
	public function __construct( private readonly Connection $db ) {}

	/**
	 * Notes an event, once.
	 *
	 * @param string      $id       The provider's id of it.
	 * @param string      $provider stripe|upsampler.
	 * @param string      $type     The provider's word for it.
	 * @param string|null $job_id   The job it was found to be about.
	 */
	public function note( string $id, string $provider, string $type, ?string $job_id ): void {
		$sql = 'INSERT INTO {provider_events} (id, provider, type, received_at, job_id) VALUES (%s, %s, %s, UTC_TIMESTAMP(), %s)
			ON DUPLICATE KEY UPDATE job_id = COALESCE(job_id, VALUES(job_id))';
		$this->db->execute( $sql, $id, $provider, $type, $job_id );
	}

	/**
	 * Forgets old lines.
	 *
	 * @param int $seconds Older.
	 * @param int $limit   At most so many.
	 * @return int How many.
	 */
	public function forget( int $seconds, int $limit ): int {
		$ids = $this->db->column(
			'SELECT id FROM {provider_events} WHERE received_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL %d SECOND) LIMIT %d',
			$seconds,
			$limit
		);
		return array() === $ids ? 0 : $this->db->execute( 'DELETE FROM {provider_events} WHERE id IN (%s)', $ids );
	}
}
