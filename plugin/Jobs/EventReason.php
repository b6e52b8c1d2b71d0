<?php
/**
 * Why something stands in a job's log, where it is no failure.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

use SellMyImages\Support\MoneyWords;

/**
 * Those that are told as sentences. Short codes that programs read in the log (`rest`, `bridge`, `refunded`, Stripe's own …) are not among
 * them.
 */
enum EventReason: string {

	case AgainAlthoughRefunded = 'again_although_refunded';
	case Rebuilt               = 'rebuilt';
	case MailRefused           = 'mail_refused';
	case NotSent               = 'not_sent';
	case Blocked               = 'blocked';
	case RateLimited           = 'rate_limited';
	case OtherCurrency         = 'other_currency';
	case OtherPrice            = 'other_price';
	case OtherReceived         = 'other_received';
	case OtherTotal            = 'other_total';
	case OtherMode             = 'other_mode';
	case OtherJob              = 'other_job';
	case OtherSite             = 'other_site';
	case ForeignFee            = 'foreign_fee';

	/** @param array<string,mixed> $args `got` and `wanted`, currencies or minor units of `currency`. */
	public function sentence( array $args = array() ): string {
		return match ( $this ) {
			self::AgainAlthoughRefunded => __( 'Made again although money was returned.', 'sell-my-images' ),
			self::Rebuilt               => __( 'Rebuilt from Stripe: the database did not know this payment.', 'sell-my-images' ),
			self::MailRefused           => __( 'The mail server did not take it; it is tried again.', 'sell-my-images' ),
			self::NotSent               => __( 'The upscaler could not be reached; it is tried again.', 'sell-my-images' ),
			self::Blocked               => __( 'The upscaler refuses the account; the job waits.', 'sell-my-images' ),
			self::RateLimited           => __( 'The upscaler is busy; it is tried again when it said.', 'sell-my-images' ),
			self::OtherCurrency         => sprintf(
				/* translators: 1: currency that was paid in, 2: currency of the price. */
				__( 'Held: it was paid in %1$s, not in %2$s.', 'sell-my-images' ),
				strtoupper( (string) ( $args['got'] ?? '' ) ),
				strtoupper( (string) ( $args['wanted'] ?? '' ) )
			),
			self::OtherPrice            => self::amounts(
				/* translators: 1: amount at the checkout, 2: amount of the order. */
				__( 'Held: the price at the checkout was %1$s, not %2$s.', 'sell-my-images' ),
				$args
			),
			/* translators: 1: amount that came in, 2: amount of the checkout. */
			self::OtherReceived         => self::amounts( __( 'Held: Stripe received %1$s, not %2$s.', 'sell-my-images' ), $args ),
			self::OtherTotal            => self::amounts(
				/* translators: 1: amount at the checkout, 2: amount of the order. */
				__( 'Held: the total at the checkout was %1$s, not %2$s.', 'sell-my-images' ),
				$args
			),
			self::OtherMode             => __(
				'Held: the payment is a test and the job is not, or the other way round.',
				'sell-my-images'
			),
			self::OtherJob              => __( 'Held: Stripe says that the payment is another job’s.', 'sell-my-images' ),
			self::OtherSite             => __( 'Held: Stripe says that the payment is another site’s.', 'sell-my-images' ),
			self::ForeignFee            => sprintf(
				/* translators: %s: an amount of money. */
				__( 'Stripe took its fee in its own currency: %s.', 'sell-my-images' ),
				MoneyWords::of_minor( (int) ( $args['got'] ?? 0 ), (string) ( $args['currency'] ?? 'usd' ) )
			),
		};
	}

	/** @param array<string,mixed> $args See sentence(). */
	private static function amounts( string $words, array $args ): string {
		$currency = (string) ( $args['currency'] ?? 'usd' );

		return sprintf(
			$words,
			MoneyWords::of_minor( (int) ( $args['got'] ?? 0 ), $currency ),
			MoneyWords::of_minor( (int) ( $args['wanted'] ?? 0 ), $currency )
		);
	}
}
