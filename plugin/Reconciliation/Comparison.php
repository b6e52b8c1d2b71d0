<?php
/**
 * Whether an object at Stripe is as this shop knows it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Reconciliation;

use SellMyImages\Jobs\Disputes;
use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Refunds\RefundRepository;

/**
 * For a report to a person, so it is finer than what decides whether an object is fetched again (Channel\KnownState): a page that is still
 * open is nothing to tell, though it is looked at.
 */
final class Comparison {

	public function __construct( private readonly RefundRepository $refunds ) {}

	/**
	 * @param Job|null $job The job that it belongs to; null: none is known.
	 * @return Difference|null Null: it is as it should be, or none of this shop's business.
	 */
	public function of( StripeObject $object, ?Job $job ): ?Difference {
		if ( null === $job ) {
			return self::of_nobody( $object );
		}

		return match ( $object->type ) {
			StripeObject::SESSION => self::of_session( $object, $job ),
			StripeObject::REFUND  => $this->of_refund( $object, $job ),
			default               => self::of_dispute( $object, $job ),
		};
	}

	/** Pages that nobody paid are forgotten here after a while, and are no loss. */
	private static function of_nobody( StripeObject $object ): ?Difference {
		if ( StripeObject::SESSION === $object->type && 'complete/paid' !== $object->state ) {
			return null;
		}

		return new Difference( '' === $object->site ? Difference::UNCLEAR : Difference::NOBODY, $object, null );
	}

	private static function of_session( StripeObject $object, Job $job ): ?Difference {
		$is_paid  = $job->payment_status->is_paid();
		$is_open  = JobStatus::AwaitingPayment === $job->status && ! $is_paid;
		$is_this  = $job->stripe_checkout_session_id === $object->id;
		$is_early = $is_open && ! $job->is_payment_under_way;
		$code     = match ( $object->state ) {
			'complete/paid'   => match ( true ) {
				! $is_paid => 'payment',
				null === $job->stripe_payment_intent_id => 'payment_details',
				default => null,
			},
			'complete/unpaid' => $is_this && $is_early ? 'payment_under_way' : null,
			'expired/unpaid'  => $is_this && $is_open ? 'checkout_expired' : null,
			default           => null,
		};

		return null === $code
			? null
			: new Difference( $code, $object, $job->job_id, $job->payment_status->value, $object->states()[1] ?? null );
	}

	private function of_refund( StripeObject $object, Job $job ): ?Difference {
		[ , $status, $minor ] = $object->states() + array( '', '', '' );
		$known                = $this->refunds->find_by_stripe_id( $object->id );
		if ( null === $known ) {
			return new Difference( 'refund', $object, $job->job_id, null, $status );
		}
		if ( $known->status() !== $status ) {
			return new Difference( 'refund_status', $object, $job->job_id, $known->status(), $status );
		}

		return (string) $known->amount_minor() === $minor
			? null
			: new Difference( 'refund_amount', $object, $job->job_id, $known->amount()->to_decimal(), $object->amount() );
	}

	/** A job keeps one dispute. Of several, an older one that ended is as good as known. */
	private static function of_dispute( StripeObject $object, Job $job ): ?Difference {
		$status = $object->states()[1] ?? '';
		if ( $job->dispute_id === $object->id ) {
			$known = Disputes::whole( (string) $job->dispute_status );

			return $known === $status ? null : new Difference( 'dispute_status', $object, $job->job_id, $known, $status );
		}
		$is_new = null === $job->dispute_id || '' === $job->dispute_id || Disputes::is_open( $status );

		return $is_new ? new Difference( 'dispute', $object, $job->job_id, null, $status ) : null;
	}
}
