<?php
/**
 * The words of the buyer's script.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

/**
 * Handed to the script as data: a buyer's page needs no translation library for thirty sentences.
 */
final class StorefrontWords {

	/**
	 * All words, by the names in api.ts.
	 *
	 * @return array<string,string>
	 */
	public static function all(): array {
		return array(
			'title'        => __( 'Buy this picture in high resolution', 'sell-my-images' ),
			'loading'      => __( 'Looking up the sizes …', 'sell-my-images' ),
			'sizes'        => __( 'Choose a size', 'sell-my-images' ),
			/* translators: 1: width, 2: height. */
			'pixels'       => __( '%1$s × %2$s pixels', 'sell-my-images' ),
			'none'         => __( 'This picture cannot be made any larger. Nothing is for sale here.', 'sell-my-images' ),
			'email'        => __( 'E-mail (optional)', 'sell-my-images' ),
			'emailHelp'    => __( 'Your download link is sent there. You can also give it on the payment page.', 'sell-my-images' ),
			'buy'          => __( 'Continue to payment', 'sell-my-images' ),
			'busy'         => __( 'Preparing the payment page …', 'sell-my-images' ),
			'slow'         => __(
				'This takes longer than usual. Nothing has been charged. Please wait a moment longer …',
				'sell-my-images'
			),
			'tooSlow'      => __(
				'The payment page could not be prepared in time. Nothing has been charged; please try again.',
				'sell-my-images'
			),
			'close'        => __( 'Close', 'sell-my-images' ),
			'retry'        => __( 'Try again', 'sell-my-images' ),
			'offline'      => __(
				'The shop could not be reached. Nothing has been charged. Please check your connection and try again.',
				'sell-my-images'
			),
			'choose'       => __( 'Please choose a size.', 'sell-my-images' ),
			'invalidEmail' => __( 'Please check the e-mail address, or leave it empty.', 'sell-my-images' ),
			'note'         => __(
				'You pay on a secure page of our payment provider and come back here for the download.',
				'sell-my-images'
			),
			'checking'     => __( 'Looking up your order …', 'sell-my-images' ),
			'download'     => __( 'Download your picture', 'sell-my-images' ),
			'pay'          => __( 'Go to payment', 'sell-my-images' ),
			/* translators: %s: date. */
			'until'        => __( 'The link works until %s.', 'sell-my-images' ),
			'waiting'      => __( 'The connection is interrupted. Your order is safe; we keep trying.', 'sell-my-images' ),
			'later'        => __(
				'This takes longer than usual. Your order is safe: keep this page open, or come back to its address later.',
				'sell-my-images'
			),
		);
	}
}
