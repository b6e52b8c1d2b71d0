<?php
/**
 * Gives rows of the older layout what the new columns say.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Install;

use SellMyImages\Database\Connection;
use SellMyImages\Database\Transaction;
use SellMyImages\Install\Layout\TableChanges;
use SellMyImages\Jobs\Attention;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\OlderRow;
use SellMyImages\Jobs\PaymentStatus;

/**
 * By ranges of the primary key. What was sold or paid since the upgrade began keeps its own facts. Also before the times are in
 * UTC, where these have to be asked for first.
 */
final class Backfill implements UpgradeStep {

	private const RANGE = 5000;

	public function __construct(
		private readonly Connection $db,
		private readonly Transaction $transaction,
		private readonly LegacyRefunds $refunds,
		private readonly UpgradeState $state
	) {
	}

	public function run( int $at ): ?int {
		$to = $this->db->value(
			'SELECT MAX(id) AS m FROM ( SELECT id FROM {jobs} WHERE id > %d ORDER BY id LIMIT %d ) AS r',
			$at,
			self::RANGE
		);
		if ( null === $to ) {
			return null;
		}
		$since = $this->state->since();
		$this->transaction->run(
			function () use ( $at, $to, $since ): void {
				$this->db->execute( $this->update(), TableChanges::DONE_BEFORE, $since, $at, (int) $to );
				$this->hash_tokens( $at, (int) $to );
				$this->refunds->take_over( $at, (int) $to );
			}
		);

		return (int) $to;
	}

	/** MySQL assigns from left to right and sees what it has set: the domain after the e-mail, the facet last. */
	private function update(): string {
		return "UPDATE {jobs} SET
			email = LOWER(TRIM(COALESCE(email, ''))),
			email_domain = CASE WHEN INSTR(LOWER(TRIM(COALESCE(email, ''))), '@') > 0 THEN SUBSTR(LOWER(TRIM(email)),
				INSTR(LOWER(TRIM(email)), '@') + 1, 191) ELSE '' END,
			payment_action_done_at = CASE WHEN payment_action_done_at <> %s OR payment_action_done_at IS NULL THEN payment_action_done_at
				WHEN payment_status NOT IN ('paid', 'partially_refunded', 'refunded') THEN NULL
				WHEN version > 1 AND paid_at >= %s AND NOT ( " . OlderRow::is_raw( 'paid_at' ) . " ) THEN NULL
				ELSE COALESCE(paid_at, updated_at, created_at) END,
			refund_amount = CASE WHEN version = 1 AND payment_status = 'refunded' AND refund_amount IS NULL THEN amount_charged
				ELSE refund_amount END,
			updated_at = COALESCE(updated_at, created_at),
			facet = (" . $this->codes( 'status', JobStatus::cases(), JobStatus::Failed->code() ) . ' * 8
				+ ' . $this->codes( 'payment_status', PaymentStatus::cases(), 0 ) . ') * 16
				+ ' . $this->codes( 'attention', Attention::cases(), 0 ) . '
			WHERE id > %d AND id <= %d';
	}

	/** @param list<JobStatus|PaymentStatus|Attention> $cases What the column may hold. */
	private function codes( string $column, array $cases, int $otherwise ): string {
		$whens = array_map(
			static fn( JobStatus|PaymentStatus|Attention $case ): string => "WHEN '{$case->value}' THEN {$case->code()}",
			$cases
		);

		return "(CASE $column " . implode( ' ', $whens ) . " ELSE $otherwise END)";
	}

	/** Links that buyers have go on working: a request's token is compared by its hash from now on. */
	private function hash_tokens( int $from, int $to ): void {
		$raw = "id > %d AND id <= %d AND download_generation = 0 AND download_token <> ''";
		if ( ! $this->db->is_sqlite() ) {
			$this->db->execute(
				"UPDATE {jobs} SET download_token = SHA2(download_token, 256), download_generation = 1 WHERE $raw",
				$from,
				$to
			);
			return;
		}
		foreach ( $this->db->rows( "SELECT id, download_token FROM {jobs} WHERE $raw", $from, $to ) as $row ) {
			$this->db->execute(
				'UPDATE {jobs} SET download_token = %s, download_generation = 1 WHERE id = %d',
				hash( 'sha256', (string) $row['download_token'] ),
				(int) $row['id']
			);
		}
	}
}
