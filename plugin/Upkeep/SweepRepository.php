<?php
/**
 * What the sweeper looks for.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Upkeep;

use SellMyImages\Database\Connection;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\Facet;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;

/**
 * Every query starts from the facet index, so that a million finished jobs cost nothing; in the order of the ids, so that a cursor
 * sees every job.
 */
final class SweepRepository {

	public function __construct( private readonly Connection $db ) {
	}

	/**
	 * Paid jobs whose action was not finished.
	 *
	 * @return list<string> Job ids in order.
	 */
	public function payment_action_due( string $before, int $tries, string $after, int $limit ): array {
		return $this->find(
			array( JobStatus::Pending, JobStatus::Processing ),
			array( PaymentStatus::Paid, PaymentStatus::PartiallyRefunded ),
			'payment_action_done_at IS NULL AND payment_action_tries < %d AND mismatch IS NULL AND COALESCE(payment_action_at, paid_at) < %s',
			array( $tries, $before ),
			$after,
			$limit
		);
	}

	/** @return list<string> Jobs whose checkout was never made, in order. */
	public function checkouts_unmade( string $before, string $after, int $limit ): array {
		$unmade = 'created_at < %s AND stripe_checkout_session_id IS NULL';

		return $this->find( array( JobStatus::AwaitingPayment ), PaymentStatus::cases(), $unmade, array( $before ), $after, $limit );
	}

	/** @return list<string> Jobs that are not finished and were not touched lately, in order. */
	public function unfinished( string $before, string $after, int $limit ): array {
		$statuses = array( JobStatus::Pending, JobStatus::Processing );

		return $this->find( $statuses, PaymentStatus::cases(), 'updated_at < %s', array( $before ), $after, $limit );
	}

	/** @return list<string> Jobs with a refund that was asked for before then and not made yet, in order. */
	public function refunds_unsent( string $before, string $after, int $limit ): array {
		return $this->db->column(
			"SELECT DISTINCT job_id FROM {refunds} WHERE status IN ('requested', 'sending') AND created_at < %s AND job_id > %s
				ORDER BY job_id LIMIT %d",
			$before,
			$after,
			$limit
		);
	}

	/**
	 * The next completed jobs, round and round.
	 *
	 * @return list<string> Job ids in order.
	 */
	public function completed_after( string $job_id, int $limit ): array {
		return $this->db->column(
			"SELECT job_id FROM {jobs} WHERE job_id > %s AND status = 'completed' ORDER BY job_id LIMIT %d",
			$job_id,
			$limit
		);
	}

	/**
	 * @param list<JobStatus>     $statuses Statuses.
	 * @param list<PaymentStatus> $payments Payment statuses.
	 * @param string              $where    SQL condition.
	 * @param list<int|string>    $args     Its arguments.
	 * @return list<string> Job ids in order.
	 */
	private function find( array $statuses, array $payments, string $where, array $args, string $after, int $limit ): array {
		// Without the hint the order of the ids tempts the database to read the whole table.
		$from = '{jobs}' . $this->db->hint( 'k_fc' );
		$sql  = "SELECT job_id FROM $from WHERE facet IN (%d) AND job_id > %s AND $where ORDER BY job_id LIMIT %d";

		return $this->db->column( $sql, $this->facets( $statuses, $payments ), $after, ...array( ...$args, $limit ) );
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
