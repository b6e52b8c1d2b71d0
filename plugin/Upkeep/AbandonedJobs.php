<?php
/**
 * Forgets checkouts that nobody paid.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\EventLog;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\JobRepository;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;
use SellMyImages\Support\Times;

/**
 * Only jobs without a payment, a refund or an attempt: what touched money is kept for ever.
 */
final class AbandonedJobs {

	public function __construct(
		private readonly Connection $db,
		private readonly JobRepository $jobs,
		private readonly EventLog $events
	) {
	}

	/**
	 * @param int $days  Kept so long; 0 for ever.
	 * @param int $limit At most so many at once.
	 * @return int How many were forgotten.
	 */
	public function forget( int $days, int $limit ): int {
		$ids = $days < 1 ? array() : $this->db->column(
			'SELECT job_id FROM {jobs} WHERE facet IN (%d) AND created_at < %s AND paid_at IS NULL AND is_payment_under_way = 0
				AND attempt_count = 0 LIMIT %d',
			$this->facets(),
			Times::add( Times::now(), -$days * DAY_IN_SECONDS ),
			$limit
		);
		foreach ( $ids as $job_id ) {
			$this->forget_one( $job_id );
		}

		return count( $ids );
	}

	private function forget_one( string $job_id ): void {
		$job = $this->jobs->find( $job_id );
		if ( null !== $job && JobStatus::Abandoned === $job->status && null === $job->paid_at && ! $job->is_payment_under_way ) {
			$this->jobs->delete( $job );
			$this->events->forget( $job );
		}
	}

	/** @return list<int> */
	private function facets(): array {
		return array(
			Facet::of( JobStatus::Abandoned, PaymentStatus::Pending, null ),
			Facet::of( JobStatus::Abandoned, PaymentStatus::Failed, null ),
		);
	}
}
