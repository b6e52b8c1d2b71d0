<?php
/**
 * Counts the jobs of an older table.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\Transaction;
use SellMyImages\Jobs\Counting\CounterProgress;
use SellMyImages\Jobs\Counting\Counters;
use SellMyImages\Jobs\Job;

/**
 * Range by range, with the mark moved in the same transaction: cut off anywhere, no job is counted twice or left out.
 */
final class Recount implements UpgradeStep {

	private const RANGE = 5000;

	/** What CounterRows looks at. */
	public const COLUMNS = 'id, status, payment_status, attention, facet, created_at, currency, livemode, post_id,
		attachment_id, email_domain, amount_charged, refund_amount, dispute_status, dispute_amount, amount_cost, cost_other, stripe_fee,
		paid_at, completed_at';

	/**
	 * @param Connection      $db          The database.
	 * @param Transaction     $transaction One for each range.
	 * @param Counters        $counters    Where to count.
	 * @param CounterProgress $progress    The mark.
	 * @param string|null     $only        A sum of counts_day that came later than the rest; null: all counters.
	 */
	public function __construct(
		private readonly Connection $db,
		private readonly Transaction $transaction,
		private readonly Counters $counters,
		private readonly CounterProgress $progress,
		private readonly ?string $only = null
	) {
	}

	public function run( int $at ): ?int {
		$to = $this->transaction->run( fn(): ?int => $this->range( $at ) );
		if ( null === $to ) {
			$this->progress->forget();
		}

		return $to;
	}

	/** What was counted before the mark was set is counted again. */
	private function begin_anew(): void {
		foreach ( array( 'counts_day', 'counts_dim', 'counts_facet', 'counts_month' ) as $table ) {
			$this->db->execute( "DELETE FROM {{$table}}" );
		}
	}

	/** Locks the rows first and the mark last, as writers do; only so can neither wait for the other. */
	private function range( int $from ): ?int {
		$rows = $this->db->rows(
			'SELECT ' . self::COLUMNS . ' FROM {jobs} WHERE id > %d ORDER BY id LIMIT %d FOR UPDATE',
			$from,
			self::RANGE
		);
		$mark = $this->progress->lock();
		if ( null === $mark ) {
			return null; // Another run has finished.
		}
		if ( $mark !== $from ) {
			return $mark; // A run that was cut off after its commit.
		}
		if ( array() === $rows && null === $this->db->value( 'SELECT id FROM {jobs} WHERE id > %d LIMIT 1', $from ) ) {
			$this->progress->finish();
			return null;
		}
		if ( 0 === $from && null === $this->only ) {
			$this->begin_anew();
		}
		foreach ( $rows as $row ) {
			$this->counters->count( Job::from_row( $row ), $this->only );
		}
		$to = array() === $rows ? $from : (int) end( $rows )['id'];
		$this->progress->move( $to );

		return $to;
	}
}
