<?php
/**
 * What a look through all that Stripe has found, in words.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Owner;

use SellMyImages\Bridge\PaymentsPause;
use SellMyImages\Bridge\StripeRights;
use SellMyImages\Reconciliation\Difference;
use SellMyImages\Reconciliation\Run;
use SellMyImages\Support\MoneyWords;

/**
 * Rows hold codes; the sentences are in the language of whoever reads.
 */
final class ReconciliationWords {

	/**
	 * How a run stands.
	 *
	 * @param int $put_right Of what it tells one by one.
	 * @param int $waiting   Of the same.
	 */
	public static function of( Run $run, int $put_right, int $waiting ): string {
		$seen = number_format_i18n( array_sum( array_column( $run->lists(), 'seen' ) ) );

		return match ( $run->state() ) {
			/* translators: %s: a number. */
			Run::RUNNING => sprintf( __( 'Looking through Stripe. Looked at so far: %s.', 'sell-my-images' ), $seen ),
			Run::FAILED  => __( 'It ended before everything was looked at.', 'sell-my-images' ),
			Run::STOPPED => __( 'Stopped before everything was looked at.', 'sell-my-images' ),
			/* translators: %s: a number. */
			default      => sprintf( __( 'Payments, refunds and disputes looked at: %s.', 'sell-my-images' ), $seen )
				. ' ' . self::result( $run, $put_right, $waiting ),
		};
	}

	private static function result( Run $run, int $put_right, int $waiting ): string {
		$found = (int) array_sum( $run->counts() );
		if ( 0 === $found ) {
			return __( 'All is as Stripe has it.', 'sell-my-images' );
		}
		$count = $run->is_floor()
			/* translators: %s: a number. */
			? sprintf( __( 'At least %s differences.', 'sell-my-images' ), number_format_i18n( $found ) )
			/* translators: %s: a number. */
			: sprintf( _n( '%s difference.', '%s differences.', $found, 'sell-my-images' ), number_format_i18n( $found ) );
		if ( $run->is_dry() ) {
			return $count . ' ' . __( 'Nothing was changed.', 'sell-my-images' );
		}
		if ( $waiting > 0 ) {
			/* translators: %s: a number. */
			return $count . ' ' . sprintf( __( 'Being put right: %s.', 'sell-my-images' ), number_format_i18n( $waiting ) );
		}

		/* translators: %s: a number. */
		return $count . ' ' . sprintf( __( 'Put right: %s.', 'sell-my-images' ), number_format_i18n( $put_right ) );
	}

	/** What is different. */
	public static function of_difference( Difference $found ): string {
		$amount = $found->object->amount();
		$money  = null === $amount
			? __( 'an unknown amount', 'sell-my-images' )
			: MoneyWords::of( $amount, (string) $found->object->currency );
		$before = self::state( $found->before );
		$after  = self::state( $found->after );

		return match ( $found->code ) {
			/* translators: %s: an amount of money. */
			'payment'           => sprintf( __( 'Paid at Stripe: %s. This job does not know it.', 'sell-my-images' ), $money ),
			'payment_details'   => __( 'Paid, but Stripe’s number of the payment is missing here.', 'sell-my-images' ),
			'payment_under_way' => __( 'A payment is under way at Stripe that this job does not know.', 'sell-my-images' ),
			'checkout_expired'  => __( 'The payment page expired unpaid; here it still counts as open.', 'sell-my-images' ),
			'refund'            => sprintf(
				/* translators: 1: an amount of money, 2: a status, such as succeeded. */
				__( 'A refund of %1$s at Stripe (%2$s) is not known here.', 'sell-my-images' ),
				$money,
				$after
			),
			'refund_status'     => sprintf(
				/* translators: 1: an amount of money, 2, 3: statuses, such as pending and succeeded. */
				__( 'A refund of %1$s is “%2$s” here and “%3$s” at Stripe.', 'sell-my-images' ),
				$money,
				$before,
				$after
			),
			'refund_amount'     => sprintf(
				/* translators: 1, 2: amounts of money. */
				__( 'A refund is %1$s here and %2$s at Stripe.', 'sell-my-images' ),
				MoneyWords::of( $found->before, (string) $found->object->currency ),
				$money
			),
			/* translators: 1: an amount of money, 2: a status. */
			'dispute'           => sprintf( __( 'A dispute about %1$s (%2$s) is not known here.', 'sell-my-images' ), $money, $after ),
			/* translators: 1, 2: statuses of a dispute. */
			'dispute_status'    => sprintf( __( 'A dispute is “%1$s” here and “%2$s” at Stripe.', 'sell-my-images' ), $before, $after ),
			default             => sprintf(
				/* translators: %s: an amount of money. */
				__( '%s at Stripe in the name of this shop, which has no such job.', 'sell-my-images' ),
				$money
			),
		};
	}

	/**
	 * What keeps a run, or ended it.
	 *
	 * @param array{code:string,message:string} $trouble Of Run::trouble().
	 */
	public static function of_trouble( array $trouble ): string {
		$said = $trouble['message'];

		return match ( $trouble['code'] ) {
			'unauthorized'     => sprintf(
				/* translators: %s: Stripe's own words. */
				__( 'Stripe does not let the bridge’s key look at this: %s', 'sell-my-images' ),
				$said
			) . ' ' . PaymentsPause::remedy( StripeRights::named_in( $said ) ),
			'bridge_too_old'   => __(
				'The bridge is older than this plugin, and cannot look without changing anything. Nothing was changed. Update the bridge, then try again.',
				'sell-my-images'
			),
			'rate_limited', 'no_answer' => __( 'Stripe does not answer now. It is asked again by itself.', 'sell-my-images' ),
			'site_unreachable' => __( 'The bridge could not hand over what it found. It tries again by itself.', 'sell-my-images' ),
			/* translators: %s: somebody's own words. */
			default            => sprintf( __( 'The last try did not succeed: %s', 'sell-my-images' ), $said ),
		};
	}

	/** Statuses of refunds and disputes, as Stripe's dashboard words them. */
	private static function state( ?string $status ): string {
		return match ( $status ) {
			null, ''          => '',
			'requested', 'sending' => _x( 'requested', 'status of a refund', 'sell-my-images' ),
			'pending'         => _x( 'pending', 'status of a refund', 'sell-my-images' ),
			'requires_action' => _x( 'needs action', 'status of a refund', 'sell-my-images' ),
			'succeeded'       => _x( 'succeeded', 'status of a refund', 'sell-my-images' ),
			'failed'          => _x( 'failed', 'status of a refund', 'sell-my-images' ),
			'canceled'        => _x( 'canceled', 'status of a refund', 'sell-my-images' ),
			'needs_response', 'warning_needs_response' => _x( 'needs a response', 'status of a dispute', 'sell-my-images' ),
			'under_review', 'warning_under_review' => _x( 'under review', 'status of a dispute', 'sell-my-images' ),
			'won'             => _x( 'won', 'status of a dispute', 'sell-my-images' ),
			'lost'            => _x( 'lost', 'status of a dispute', 'sell-my-images' ),
			default           => str_replace( '_', ' ', $status ),
		};
	}
}
