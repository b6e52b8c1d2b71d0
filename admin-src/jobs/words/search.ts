import { __ } from '@wordpress/i18n';

/** What the search box understands; the server's JobSearch reads it. */
export const searchHint = () =>
	__(
		'Type a job number or its start, an e-mail address or its start, @domain, post:12, attachment:34, or words of a title.',
		'sell-my-images'
	);
