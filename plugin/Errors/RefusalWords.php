<?php
/**
 * Why an action cannot be done, in the words of whoever reads it.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Errors;

use SellMyImages\Support\MoneyWords;

/**
 * What happened, what was not lost, what to do next. Batches keep code and arguments and ask for the sentence when somebody looks.
 */
final class RefusalWords {

	/**
	 * @param string              $code Of ActionRefused.
	 * @param array<string,mixed> $args `why`, where a code has several sentences, and what they hold.
	 * @return string|null Null for a code that has its words elsewhere.
	 */
	public static function of( string $code, array $args = array() ): ?string {
		$why = (string) ( $args['why'] ?? '' );

		return match ( $code ) {
			ErrorCode::JOB_NOT_FOUND           => __( 'There is no such job.', 'sell-my-images' ),
			ErrorCode::JOB_RUNNING             => __(
				'The image is being made right now. Making it again would stop that attempt, and it may cost twice.',
				'sell-my-images'
			),
			ErrorCode::JOB_REFUNDED            => __(
				'Money of this job was returned or is on its way back. Making the image again gives it to the customer all the same.',
				'sell-my-images'
			),
			ErrorCode::JOB_CHANGED             => __(
				'Nothing was done: this job changed while you were looking. Look at its new state and try again.',
				'sell-my-images'
			),
			ErrorCode::ATTEMPT_WITHOUT_FILE    => __(
				'Nothing was changed: that attempt has no finished file. Make the image again instead.',
				'sell-my-images'
			),
			ErrorCode::JOB_WITHOUT_SOURCE      => __(
				'Nothing was started: the picture this job was made from is not known any more. Refund the customer instead.',
				'sell-my-images'
			),
			ErrorCode::JOB_WITHOUT_FILE        => __(
				'There is no finished file to link to. Make the image again first.',
				'sell-my-images'
			),
			ErrorCode::JOB_WITHOUT_EMAIL       => __(
				'No e-mail was sent: this job has no address. Copy the link and send it yourself.',
				'sell-my-images'
			),
			ErrorCode::JOB_LINK_ENDED          => __(
				'No e-mail was sent: the download link has ended. Make a new link first.',
				'sell-my-images'
			),
			ErrorCode::JOB_USE_RETRY           => __(
				'Nothing was changed: to make the image again, use "Make again" (retry).',
				'sell-my-images'
			),
			ErrorCode::JOB_STATUS_SAME         => __( 'The job has this status already.', 'sell-my-images' ),
			ErrorCode::JOB_STATUS_NOT_POSSIBLE => self::status( $why ),
			ErrorCode::REFUND_NOT_POSSIBLE     => self::refund_blocked( $why ),
			ErrorCode::REFUND_AMOUNT           => self::amount( $why, $args ),
			ErrorCode::BATCH_ITEM_FAILED       => __(
				'Nothing was done with this job and no money was moved: the site met an error, which its PHP log describes. Try this job by itself.',
				'sell-my-images'
			),
			default                       => null,
		};
	}

	/** @param string $why unpaid, all or disputed. */
	public static function refund_blocked( string $why ): ?string {
		return match ( $why ) {
			'unpaid'   => __( 'Nothing has been paid, so there is nothing to refund.', 'sell-my-images' ),
			'all'      => __( 'All of it has been refunded or is on its way back.', 'sell-my-images' ),
			'disputed' => __(
				'The payment is disputed. Stripe allows no refund now: a refund and a lost dispute would return the money twice. Answer the dispute in Stripe.',
				'sell-my-images'
			),
			default    => null,
		};
	}

	/** @param string $why The status that was wanted. */
	private static function status( string $why ): string {
		if ( 'under_way' === $why ) {
			return __(
				'Nothing was changed: the customer has confirmed the payment, and the money is on its way. If it arrives, the image is made; if you do not want that, refund it then.',
				'sell-my-images'
			);
		}

		return match ( $why ) {
			'completed' => __(
				'Nothing was changed: a job can only be completed when its file is on the server. Make the image again instead.',
				'sell-my-images'
			),
			'abandoned' => __( 'Nothing was changed: a job that was paid for, or has a file, cannot be abandoned.', 'sell-my-images' ),
			default     => __( 'Nothing was changed: the job cannot have this status now.', 'sell-my-images' ),
		};
	}

	/**
	 * @param string              $why  not_money, no_such_amount, nothing, too_much or range.
	 * @param array<string,mixed> $args `currency`; `left` in minor units; `example`.
	 */
	private static function amount( string $why, array $args ): ?string {
		$currency = (string) ( $args['currency'] ?? '' );

		return match ( $why ) {
			'not_money' => sprintf(
				/* translators: 1: currency, 2: an example. */
				__( 'Nothing was refunded. This is no amount in %1$s; write it like %2$s.', 'sell-my-images' ),
				$currency,
				(string) ( $args['example'] ?? '' )
			),
			'no_such_amount' => __( 'The currency of the payment has no such amount.', 'sell-my-images' ),
			'nothing'   => __( 'So small a part of the payment is nothing.', 'sell-my-images' ),
			'too_much'  => __( 'Less than this is left of the payment.', 'sell-my-images' ),
			'range'     => sprintf(
				/* translators: %s: an amount of money. */
				__( 'Nothing was refunded. The amount must be more than nothing and at most what is left: %s.', 'sell-my-images' ),
				MoneyWords::of_minor( (int) ( $args['left'] ?? 0 ), $currency )
			),
			default     => null,
		};
	}
}
