<?php
/**
 * Asks for refunds, and takes back those not yet sent.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Refunds;

use SellMyImages\Commands\CommandKind;
use SellMyImages\Commands\CommandRepository;
use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\Lifecycle;
use SellMyImages\Support\Actor;
use SellMyImages\Support\Args;
use SellMyImages\Support\Uuid;

/**
 * Every method is called inside Lifecycle::within(), with the locked job. Row first; money moves only under the row's command.
 */
final class Refunds {

	public function __construct(
		private readonly Lifecycle $lifecycle,
		private readonly RefundRepository $refunds,
		private readonly CommandRepository $commands
	) {
	}

	public function ledger( Job $job ): RefundLedger {
		return new RefundLedger( $job, $this->refunds->for_job( $job->job_id ) );
	}

	/** A final failure returns what is left; nothing when nothing can be returned. */
	public function request_automatic( Job $job ): Job {
		$left = $this->ledger( $job )->left_minor();
		if (
			0 === $left
			|| null === $job->stripe_payment_intent_id
			|| ! Disputes::allows_refund( $job )
			|| $job->refund_acknowledged
			|| $job->has_file()
		) {
			return $job;
		}
		$this->add( $job, $left, Refund::ORIGIN_AUTO, null, (string) $job->failure_reason, null, $job->failure_args );

		return $job;
	}

	/**
	 * @param int         $amount_minor Minor units, which the caller has found to be left.
	 * @param string|null $reason       Stripe's word.
	 */
	public function request_manual( Job $job, int $amount_minor, ?string $reason, ?string $note, ?string $idempotency_key ): Refund {
		return $this->add( $job, $amount_minor, Refund::ORIGIN_MANUAL, $reason, $note, $idempotency_key );
	}

	/** A retry takes back automatic refunds that Stripe was not asked for yet. */
	public function cancel_unsent_automatic( Job $job ): void {
		foreach ( $this->refunds->for_job( $job->job_id ) as $refund ) {
			if (
				$refund->is_automatic()
				&& Refund::REQUESTED === $refund->status()
				&& null !== $this->refunds->update( $refund, array( 'status' => Refund::CANCELED ) )
			) {
				$this->commands->close( CommandKind::Refund, $refund->uuid() );
				$this->lifecycle->log(
					$job,
					'refund',
					array( 'from' => Refund::REQUESTED, 'to' => Refund::CANCELED, 'reason' => 'retry', 'ref' => $refund->uuid() )
				);
			}
		}
	}

	/** @param string|null $args JSON, where the note is a code of FailureReason. */
	private function add(
		Job $job,
		int $amount_minor,
		string $origin,
		?string $reason,
		?string $note,
		?string $idempotency_key,
		?string $args = null
	): Refund {
		$refund = $this->refunds->insert(
			array(
				'uuid'            => Uuid::v4(),
				'job_id'          => $job->job_id,
				'amount_minor'    => $amount_minor,
				'currency'        => $job->currency,
				'origin'          => $origin,
				'reason'          => $reason,
				'note'            => $note,
				'args'            => $args,
				'status'          => Refund::REQUESTED,
				'requested_by'    => Actor::current(),
				'idempotency_key' => $idempotency_key,
			)
		);
		$this->commands->hint( CommandKind::Refund, $refund->uuid(), $job->job_id );
		$this->lifecycle->log(
			$job,
			'refund',
			array( 'to' => Refund::REQUESTED, 'reason' => $note, 'args' => Args::of( $args ), 'ref' => $refund->uuid() )
		);

		return $refund;
	}
}
