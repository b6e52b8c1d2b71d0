<?php
/**
 * One friendly sentence for every state a buyer can meet.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Storefront;

use SellMyImages\Jobs\Job;
use SellMyImages\Jobs\JobStatus;
use SellMyImages\Jobs\PaymentStatus;

/**
 * Words for the return page.
 */
final class StatusMessages {

	/**
	 * @param Job    $job      The job.
	 * @param string $download State of the link: none, active, expired, revoked.
	 */
	public function of( Job $job, string $download ): string {
		if ( $job->is_payment_under_way && in_array( $job->status, array( JobStatus::AwaitingPayment, JobStatus::Abandoned ), true ) ) {
			return __(
				'Thank you, your payment is on its way. With your way of paying this takes a few days. You need not pay again: your picture is made when the money has arrived, and you get an e-mail. You can also come back to this page.',
				'sell-my-images'
			);
		}
		return match ( $job->status ) {
			JobStatus::AwaitingPayment => $this->awaiting( $job ),
			JobStatus::Pending         => __(
				'Thank you, your payment has arrived. Your picture will be made in a moment.',
				'sell-my-images'
			),
			JobStatus::Processing      => __(
				'Thank you, your payment has arrived. Your picture is being made; most take less than a minute.',
				'sell-my-images'
			),
			JobStatus::Completed       => $this->completed( $job, $download ),
			JobStatus::Failed          => $this->failed( $job ),
			JobStatus::Abandoned       => $this->abandoned( $job ),
		};
	}

	private function awaiting( Job $job ): string {
		return null === $job->checkout_url || '' === $job->checkout_url
			? __( 'The payment page is being prepared. This takes a few seconds.', 'sell-my-images' )
			: __(
				'We are waiting for word of your payment. If you have just paid, this page moves on by itself in a moment; otherwise nothing has been charged.',
				'sell-my-images'
			);
	}

	private function completed( Job $job, string $download ): string {
		return match ( $download ) {
			'active'  => $job->has_file()
				? __( 'Your picture is ready. Download it and keep it in a safe place.', 'sell-my-images' )
				: __(
					'Your picture was made, but its file cannot be found just now. Nothing is lost: the site owner sees this and can make it again. Please write to them.',
					'sell-my-images'
				),
			'expired' => __(
				'Your picture is ready, but its download link has expired. Please ask the site owner for a new one.',
				'sell-my-images'
			),
			'revoked' => PaymentStatus::Refunded === $job->payment_status
				? __( 'Your money has been returned, so the download link no longer works.', 'sell-my-images' )
				: __( 'The download link has been withdrawn. Please ask the site owner for a new one.', 'sell-my-images' ),
			default   => __( 'Your picture is ready. Its download link is being made.', 'sell-my-images' ),
		};
	}

	private function failed( Job $job ): string {
		return match ( $job->payment_status ) {
			PaymentStatus::Refunded          => __(
				'Your picture could not be made. All of your money has been returned; it can take a few days to appear in your account.',
				'sell-my-images'
			),
			PaymentStatus::PartiallyRefunded => __(
				'Your picture could not be made. A part of your money has been returned so far. The site owner sees this and will return to you.',
				'sell-my-images'
			),
			PaymentStatus::Paid              => __(
				'Your picture could not be made. The site owner sees this and looks after your refund; you need not do anything.',
				'sell-my-images'
			),
			default                          => $job->is_payment_under_way
				? __(
					'Your picture could not be made, and your payment is still on its way. The site owner sees this and looks after your refund when it has arrived.',
					'sell-my-images'
				)
				: __( 'Your picture could not be made. You have not been charged.', 'sell-my-images' ),
		};
	}

	private function abandoned( Job $job ): string {
		return PaymentStatus::Failed === $job->payment_status
			? __( 'The payment did not go through, and nothing was charged. You can choose the picture again.', 'sell-my-images' )
			: __( 'This checkout has ended, and nothing was charged. You can choose the picture again.', 'sell-my-images' );
	}
}
