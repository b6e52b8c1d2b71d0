import { __, _n, sprintf } from '@wordpress/i18n';

import type { ActionId } from '../actions/types';

interface BatchWords {
	/** Of the dialog, before. */
	title: string;
	/** What it is and what it is not, above the form. */
	intro: string;
	/** On the button. */
	button: ( n: number ) => string;
	/** How many of how many, without a full stop; `onlyOne` when no more than one was chosen. */
	summary: ( n: number, of: number ) => string;
	onlyOne: string;
	none: string;
}

/** A new action of the contract breaks the compile here until it has its words. */
export const batchWords = (): Record< ActionId, BatchWords > => ( {
	refund: {
		title: __( 'Refund the selected jobs', 'sell-my-images' ),
		intro: __( 'The money goes back to the customers through Stripe. It cannot be undone.', 'sell-my-images' ),
		button: ( n ) =>
			sprintf(
				/* translators: %s: a number of jobs. */
				_n( 'Refund %s job', 'Refund %s jobs', n, 'sell-my-images' ),
				n.toLocaleString()
			),
		summary: ( n, of ) =>
			sprintf(
				/* translators: 1: jobs that will be refunded, 2: jobs selected. */
				_n( '%1$s of %2$s jobs will be refunded', '%1$s of %2$s jobs will be refunded', n, 'sell-my-images' ),
				n.toLocaleString(),
				of.toLocaleString()
			),
		onlyOne: __( 'This job will be refunded', 'sell-my-images' ),
		none: __( 'None of these jobs can be refunded.', 'sell-my-images' ),
	},
	retry: {
		title: __( 'Make the selected images again', 'sell-my-images' ),
		intro: __(
			'Each image is made again; customers keep their present file and link until the new one is ready, and are not charged.',
			'sell-my-images'
		),
		button: ( n ) =>
			sprintf(
				/* translators: %s: a number of images. */
				_n( 'Make %s image again', 'Make %s images again', n, 'sell-my-images' ),
				n.toLocaleString()
			),
		summary: ( n, of ) =>
			sprintf(
				/* translators: 1: images that will be made again, 2: jobs selected. */
				_n(
					'%1$s of %2$s images will be made again',
					'%1$s of %2$s images will be made again',
					n,
					'sell-my-images'
				),
				n.toLocaleString(),
				of.toLocaleString()
			),
		onlyOne: __( 'The image will be made again', 'sell-my-images' ),
		none: __( 'None of these images can be made again.', 'sell-my-images' ),
	},
	download_token: {
		title: __( 'Make new download links', 'sell-my-images' ),
		intro: __( 'The old links stop working at once. The images stay where they are.', 'sell-my-images' ),
		button: ( n ) =>
			sprintf(
				/* translators: %s: a number of links. */
				_n( 'Make %s new link', 'Make %s new links', n, 'sell-my-images' ),
				n.toLocaleString()
			),
		summary: ( n, of ) =>
			sprintf(
				/* translators: 1: jobs that get a new link, 2: jobs selected. */
				_n(
					'%1$s of %2$s jobs will get a new link',
					'%1$s of %2$s jobs will get a new link',
					n,
					'sell-my-images'
				),
				n.toLocaleString(),
				of.toLocaleString()
			),
		onlyOne: __( 'This job will get a new link', 'sell-my-images' ),
		none: __( 'None of these jobs can get a new link.', 'sell-my-images' ),
	},
	email: {
		title: __( 'Send the e-mails again', 'sell-my-images' ),
		intro: __( 'Each customer gets the e-mail with the download link once more.', 'sell-my-images' ),
		button: ( n ) =>
			sprintf(
				/* translators: %s: a number of e-mails. */
				_n( 'Send %s e-mail', 'Send %s e-mails', n, 'sell-my-images' ),
				n.toLocaleString()
			),
		summary: ( n, of ) =>
			sprintf(
				/* translators: 1: e-mails that will be sent, 2: jobs selected. */
				_n(
					'An e-mail will be sent for %1$s of %2$s jobs',
					'E-mails will be sent for %1$s of %2$s jobs',
					n,
					'sell-my-images'
				),
				n.toLocaleString(),
				of.toLocaleString()
			),
		onlyOne: __( 'The e-mail will be sent', 'sell-my-images' ),
		none: __( 'No e-mail can be sent for any of these jobs.', 'sell-my-images' ),
	},
	status: {
		title: __( 'Set the status of the selected jobs', 'sell-my-images' ),
		intro: __(
			'For the rare case that the status is wrong. It moves no money: nothing is charged and nothing is refunded.',
			'sell-my-images'
		),
		button: ( n ) =>
			sprintf(
				/* translators: %s: a number of jobs. */
				_n( 'Set the status of %s job', 'Set the status of %s jobs', n, 'sell-my-images' ),
				n.toLocaleString()
			),
		summary: ( n, of ) =>
			sprintf(
				/* translators: 1: jobs that will be changed, 2: jobs selected. */
				_n(
					'The status of %1$s of %2$s jobs will be set',
					'The status of %1$s of %2$s jobs will be set',
					n,
					'sell-my-images'
				),
				n.toLocaleString(),
				of.toLocaleString()
			),
		onlyOne: __( 'The status of this job will be set', 'sell-my-images' ),
		none: __( 'None of these jobs can be set to this status.', 'sell-my-images' ),
	},
	refresh: {
		title: __( 'Check the selected jobs now', 'sell-my-images' ),
		intro: __( 'Stripe and the upscaler are asked how each job stands. Nothing is bought.', 'sell-my-images' ),
		button: ( n ) =>
			sprintf(
				/* translators: %s: a number of jobs. */
				_n( 'Check %s job', 'Check %s jobs', n, 'sell-my-images' ),
				n.toLocaleString()
			),
		summary: ( n, of ) =>
			sprintf(
				/* translators: 1: jobs that will be checked, 2: jobs selected. */
				_n( '%1$s of %2$s jobs will be checked', '%1$s of %2$s jobs will be checked', n, 'sell-my-images' ),
				n.toLocaleString(),
				of.toLocaleString()
			),
		onlyOne: __( 'This job will be checked', 'sell-my-images' ),
		none: __( 'None of these jobs can be checked.', 'sell-my-images' ),
	},
} );
