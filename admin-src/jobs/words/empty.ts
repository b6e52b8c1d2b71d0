import { __ } from '@wordpress/i18n';

import type { Tab } from '../view/types';

interface EmptyWords {
	title: string;
	sentence: string;
}

/** Why a tab has nothing in it, when nothing narrows it. */
export function emptyWords(): Record< Tab, EmptyWords > {
	return {
		all: {
			title: __( 'No jobs yet.', 'sell-my-images' ),
			sentence: __(
				'A job appears here when someone buys a larger copy of one of your images.',
				'sell-my-images'
			),
		},
		attention: {
			title: __( 'Nothing needs you.', 'sell-my-images' ),
			sentence: __( 'All payments, images and refunds are in order.', 'sell-my-images' ),
		},
		awaiting_payment: {
			title: __( 'Nobody is at the checkout.', 'sell-my-images' ),
			sentence: __( 'A job waits here from the click on “Buy” until it is paid.', 'sell-my-images' ),
		},
		pending: {
			title: __( 'No job is waiting.', 'sell-my-images' ),
			sentence: __( 'A paid job waits here for its turn at Upsampler, usually for seconds.', 'sell-my-images' ),
		},
		processing: {
			title: __( 'No image is being enlarged.', 'sell-my-images' ),
			sentence: __( 'A job is here while Upsampler works on it.', 'sell-my-images' ),
		},
		completed: {
			title: __( 'No job is completed yet.', 'sell-my-images' ),
			sentence: __( 'A job comes here when its image is ready and the customer has the link.', 'sell-my-images' ),
		},
		failed: {
			title: __( 'No job has failed.', 'sell-my-images' ),
			sentence: __( 'A job comes here when its image could not be made.', 'sell-my-images' ),
		},
		abandoned: {
			title: __( 'No checkout was abandoned.', 'sell-my-images' ),
			sentence: __( 'A job comes here when its checkout ended without a payment.', 'sell-my-images' ),
		},
	};
}
