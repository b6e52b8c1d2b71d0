<?php
/**
 * What the sweeper looks for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Database\Connection;

/**
 * Every query starts from the facet index, so that a million finished jobs cost nothing.
 */
final class SweepRepository {

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * Paid jobs whose action was not finished.
	 *
	 * @return list<string> Job ids.
	 */
	public function payment_action_due( string $before, int $tries, int $limit ): array {
		return $this->db->column(
			'SELECT job_id FROM {jobs} WHERE facet IN (%d) AND payment_action_done_at IS NULL AND payment_action_tries < %d AND mismatch IS NULL AND COALESCE(payment_action_at, paid_at) < %s LIMIT %d',
			$this->facets( array( JobStatus::Pending, JobStatus::Processing ), array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ) ),
			$tries,
			$before,
			$limit
		);
	}

	/** @return list<string> Jobs whose checkout was never made. */
	public function checkouts_unmade( string $before, int $limit ): array {
		return $this->db->column( 'SELECT job_id FROM {jobs} WHERE facet IN (%d) AND created_at < %s AND stripe_checkout_session_id IS NULL LIMIT %d', $this->facets( array( JobStatus::AwaitingPayment ), PaymentStatus::cases() ), $before, $limit );
	}

	/** @return list<string> Paid jobs that are not finished, the longest untouched first. */
	public function unfinished( string $before, int $limit ): array {
		return $this->db->column( 'SELECT job_id FROM {jobs} WHERE facet IN (%d) AND updated_at < %s ORDER BY updated_at LIMIT %d', $this->facets( array( JobStatus::Pending, JobStatus::Processing ), PaymentStatus::cases() ), $before, $limit );
	}

	/**
	 * The next completed jobs, round and round.
	 *
	 * @return list<string> Job ids in order.
	 */
	public function completed_after( string $job_id, int $limit ): array {
		return $this->db->column( "SELECT job_id FROM {jobs} WHERE job_id > %s AND status = 'completed' ORDER BY job_id LIMIT %d", $job_id, $limit );
	}

	/**
	 * @param list<JobStatus>     $statuses Statuses.
	 * @param list<PaymentStatus> $payments Payment statuses.
	 * @return list<int>
	 */
	private function facets( array $statuses, array $payments ): array {
		$facets = array();
		foreach ( $statuses as $status ) {
			foreach ( $payments as $payment ) {
				foreach ( array_merge( array( null ), Attention::cases() ) as $attention ) {
					$facets[] = Facet::of( $status, $payment, $attention );
				}
			}
		}

		return $facets;
	}
}
