<?php
/**
 * What the Help tabs say.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Admin;

/**
 * Paragraphs, and lists of terms with what they mean. Nothing here is HTML.
 */
final class HelpTexts {

	/** @return list<string|array<string,string>> */
	public static function overview(): array {
		return array(
			__(
				'A job is one customer who wants one picture in one size, from the click on “Buy” to the download. The tabs follow its life:',
				'sell-my-images'
			),
			array(
				__( 'Awaiting payment', 'sell-my-images' ) => __(
					'the customer is at the checkout; nothing has been charged.',
					'sell-my-images'
				),
				__( 'Pending', 'sell-my-images' )          => __( 'paid, and waiting for its turn at the upscaler.', 'sell-my-images' ),
				__( 'Processing', 'sell-my-images' )       => __( 'the upscaler makes the image.', 'sell-my-images' ),
				__( 'Completed', 'sell-my-images' )        => __( 'the image is ready and the link was sent.', 'sell-my-images' ),
				__( 'Failed', 'sell-my-images' )           => __(
					'the image could not be made; the customer is paid back by itself.',
					'sell-my-images'
				),
				__( 'Abandoned', 'sell-my-images' )        => __( 'the checkout ended without a payment.', 'sell-my-images' ),
			),
			__(
				'“Needs attention” collects what does not mend itself. Open such a job: each reason is said in a sentence, with the button that mends it beside it.',
				'sell-my-images'
			),
			__(
				'Rows change by themselves while you look. New jobs are announced above the list and appear when you ask for them.',
				'sell-my-images'
			),
		);
	}

	/** @return list<string|array<string,string>> */
	public static function finding(): array {
		return array(
			__( 'The search box understands what you paste into it:', 'sell-my-images' ),
			array(
				__( 'nina@example.com, or nina', 'sell-my-images' )  => __( 'an e-mail address, or how it begins.', 'sell-my-images' ),
				__( '@example.com', 'sell-my-images' )               => __( 'everybody with an address there.', 'sell-my-images' ),
				__( '5a429769', 'sell-my-images' )                   => __(
					'a job’s number, or its first four characters or more.',
					'sell-my-images'
				),
				__( 'pi_… or cs_…', 'sell-my-images' )               => __(
					'Stripe’s number of the payment or of the checkout.',
					'sell-my-images'
				),
				__( 'post:12, attachment:34', 'sell-my-images' )     => __( 'jobs of one post, or of one picture.', 'sell-my-images' ),
				__( 'Rain on the harbour', 'sell-my-images' )        => __( 'words of the post’s title.', 'sell-my-images' ),
			),
			__(
				'Filters add up: payment, problem, size, days, customer. What you see stands in the address, so a bookmark or a link to a colleague shows the same jobs.',
				'sell-my-images'
			),
			__( 'In the panel, “All jobs of this customer” shows whatever else they bought.', 'sell-my-images' ),
		);
	}

	/** @return list<string|array<string,string>> */
	public static function actions(): array {
		return array(
			array(
				__( 'Make again', 'sell-my-images' )        => __(
					'makes the image once more. Your upscaler account pays for it; the customer is not charged. A present file and link stay until the new one is ready.',
					'sell-my-images'
				),
				__( 'Refund', 'sell-my-images' )            => __(
					'returns all or part of the money through Stripe. A click repeated, or a connection lost, never pays twice. When all is returned, the download link is switched off.',
					'sell-my-images'
				),
				__( 'Send e-mail again', 'sell-my-images' ) => __( 'sends the customer the link once more.', 'sell-my-images' ),
				__( 'New download link', 'sell-my-images' ) => __(
					'makes a new link with a new expiry; the old one stops working.',
					'sell-my-images'
				),
				__( 'Check now', 'sell-my-images' )         => __(
					'asks Stripe and the upscaler how things stand. It moves no money.',
					'sell-my-images'
				),
				__( 'Set status', 'sell-my-images' )        => __(
					'corrects the word only. It moves no money, starts nothing and sends no e-mail.',
					'sell-my-images'
				),
			),
			__( '“Kept” is what was charged, less refunds, Stripe’s fee and what the upscaler cost.', 'sell-my-images' ),
			__(
				'Select rows to do the same to many jobs. Before anything happens you are told how many it concerns, what it costs, and which are left out and why.',
				'sell-my-images'
			),
		);
	}

	/** @return list<string|array<string,string>> */
	public static function keyboard(): array {
		return array(
			array(
				__( 'Tab, Enter', 'sell-my-images' )           => __( 'go to a row’s title and open the job.', 'sell-my-images' ),
				__( 'Alt + arrow down / up', 'sell-my-images' ) => __(
					'next and previous job while one is open, on to the next page of the list at its end.',
					'sell-my-images'
				),
				__( 'J / K', 'sell-my-images' )                => __( 'the same, while the focus is in the panel.', 'sell-my-images' ),
				__( 'Escape', 'sell-my-images' )               => __(
					'closes a dialog, a menu, or the panel, and goes back to where you were.',
					'sell-my-images'
				),
				__( 'Arrow left / right', 'sell-my-images' )   => __( 'move the line between before and after.', 'sell-my-images' ),
				__( 'Ctrl + K (⌘ K)', 'sell-my-images' )       => __(
					'opens WordPress’s command palette, where it has one: type an e-mail address to go to its jobs.',
					'sell-my-images'
				),
			),
		);
	}

	/** @return list<string|array<string,string>> */
	public static function settings(): array {
		return array(
			__( 'Prices apply to new checkouts; what was sold keeps its price.', 'sell-my-images' ),
			__(
				'The bridge is the small service that talks to Stripe and to the upscaler. It is connected with one connection string, shown once. When it is silent, selling pauses and paid jobs wait; nothing is lost.',
				'sell-my-images'
			),
		);
	}
}
