<?php
/**
 * Why a job or an attempt came to nothing.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Jobs;

/**
 * What rows hold: the sentence is made when somebody reads it, in the reader's language. A row may hold other text: sentences of earlier
 * versions, and what an owner typed.
 */
enum FailureReason: string {

	case SourceUnknown     = 'source_unknown';
	case NoAnswer          = 'no_answer';
	case Refused           = 'refused';
	case UpscalerBlocked   = 'upscaler_blocked';
	case ProviderFailed    = 'provider_failed';
	case UnknownUpscale    = 'unknown_upscale';
	case BadImage          = 'bad_image';
	case TooLarge          = 'too_large';
	case WrongSize         = 'wrong_size';
	case PrivateRedirect   = 'private_redirect';
	case Expired           = 'expired';
	case Unreachable       = 'unreachable';
	case Failed            = 'failed';
	case CheckoutExpired   = 'checkout_expired';
	case CheckoutNotOpened = 'checkout_not_opened';
	case CheckoutRefused   = 'checkout_refused';
	case PaymentFailed     = 'payment_failed';
	case Refunded          = 'refunded';

	/** @param array<string,mixed> $args `width` and `height` of a file of the wrong size. */
	public function sentence( array $args = array() ): string {
		return match ( $this ) {
			self::SourceUnknown     => __(
				'The picture this job was made from is not known any more, so its file cannot be made.',
				'sell-my-images'
			),
			self::NoAnswer          => __( 'The upscaler did not say whether it got the image.', 'sell-my-images' ),
			self::Refused           => __( 'The upscaler refused the image.', 'sell-my-images' ),
			self::UpscalerBlocked   => __( 'The upscaler refused the account for too long.', 'sell-my-images' ),
			self::ProviderFailed    => __( 'The upscaler could not make the image.', 'sell-my-images' ),
			self::UnknownUpscale    => __( 'The upscaler does not know this image any more.', 'sell-my-images' ),
			self::BadImage          => __( 'The finished file is no picture, or a damaged one.', 'sell-my-images' ),
			self::TooLarge          => __( 'The finished file is far larger than what was sold.', 'sell-my-images' ),
			self::WrongSize         => self::size( $args ),
			self::PrivateRedirect   => __( 'The finished file lies at an address that must not be fetched from.', 'sell-my-images' ),
			self::Expired           => __( 'The finished file was gone before it was fetched.', 'sell-my-images' ),
			self::Unreachable       => __( 'The finished file could not be fetched.', 'sell-my-images' ),
			self::Failed            => __( 'The image could not be made.', 'sell-my-images' ),
			self::CheckoutExpired   => __( 'The checkout expired without a payment.', 'sell-my-images' ),
			self::CheckoutNotOpened => __( 'The checkout could not be opened in time.', 'sell-my-images' ),
			self::CheckoutRefused   => __( 'Stripe refused to open the checkout.', 'sell-my-images' ),
			self::PaymentFailed     => __( 'The delayed payment failed.', 'sell-my-images' ),
			self::Refunded          => __( 'The money was returned before the image was made.', 'sell-my-images' ),
		};
	}

	/** @param array<string,mixed> $args See sentence(). */
	private static function size( array $args ): string {
		if ( ! isset( $args['width'], $args['height'] ) ) {
			return __( 'The finished file does not have the size that was sold.', 'sell-my-images' );
		}

		return sprintf(
			/* translators: 1: width, 2: height, both in pixels. */
			__( 'The finished file has %1$s × %2$s pixels; another size was sold.', 'sell-my-images' ),
			number_format_i18n( (int) $args['width'] ),
			number_format_i18n( (int) $args['height'] )
		);
	}
}
