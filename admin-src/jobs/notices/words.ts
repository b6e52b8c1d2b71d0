import { __, _n, sprintf } from '@wordpress/i18n';

import { getBoot } from '../../shared/boot';
import { formatCount } from '../../shared/number';

export interface SiteNotice {
	status: 'warning' | 'error' | 'info';
	sentence: string;
	actions?: { label: string; url: string }[];
}

type Data = Record< string, unknown >;

const text = ( value: unknown ) => ( typeof value === 'string' ? value : '' );

/** The queue's next job is the try; with none in it, the next sale is, or what the owner makes again. */
function howItEnds( waiting: number ): string {
	return waiting
		? sprintf(
				/* translators: %s: a number of jobs. */
				_n(
					'%s job waits and is tried every 5 minutes; once that works, everything goes on by itself.',
					'%s jobs wait, and one is tried every 5 minutes; once that works, everything goes on by itself.',
					waiting,
					'sell-my-images'
				),
				formatCount( waiting )
			)
		: __(
				'No job waits that could be tried, so within 10 minutes the next sale is; or choose “Make again” at one that failed. Once that works, everything goes on by itself.',
				'sell-my-images'
			);
}

function upscalerBlocked( data: Data ): SiteNotice {
	const waiting = Number( data.waiting ?? 0 );
	const isAway = data.reason === 'unreachable';
	const reason = isAway
		? __( 'The bridge cannot reach Upsampler.', 'sell-my-images' )
		: text( data.message ) || __( 'The upscaler refused our account.', 'sell-my-images' );
	const advice = isAway
		? __(
				'New sales are paused; nothing was lost. If Upsampler is up, look at the bridge’s network.',
				'sell-my-images'
			)
		: __(
				'New sales are paused; nothing was lost. Look at the credits and the key of your Upsampler account.',
				'sell-my-images'
			);
	const failed = { label: __( 'Show failed jobs', 'sell-my-images' ), url: '?page=smi-jobs&status=failed' };
	return {
		status: 'error',
		sentence: [ reason, advice, howItEnds( waiting ) ].join( ' ' ),
		actions: [
			{ label: __( 'Open Upsampler', 'sell-my-images' ), url: 'https://upsampler.com/' },
			...( waiting ? [] : [ failed ] ),
		],
	};
}

/** No link for those whom the settings would refuse. */
function toSettings( label: string ): Pick< SiteNotice, 'actions' > {
	const { caps, settingsUrl } = getBoot();
	return caps.settings ? { actions: [ { label, url: settingsUrl } ] } : {};
}

const openSettings = () => toSettings( __( 'Open settings', 'sell-my-images' ) );

/** Stripe's own words, what that means, and where the right is given. */
function paymentsBlocked( data: Data ): SiteNotice {
	const reason = text( data.message ) || __( 'Stripe refused the key of the bridge.', 'sell-my-images' );
	const right = text( data.right_words );
	const advice = right
		? sprintf(
				/* translators: %s: a right of a key at Stripe, such as “Refunds: write”. */
				__(
					'New sales are paused; nothing was lost. Give the bridge’s key the right “%s” in Stripe; selling then goes on by itself within a minute.',
					'sell-my-images'
				),
				right
			)
		: __(
				'New sales are paused; nothing was lost. Look in Stripe whether the bridge’s key still exists, and give the bridge a good one.',
				'sell-my-images'
			);
	return { status: 'error', sentence: `${ reason } ${ advice }`, actions: [ atStripe( 'apikeys' ) ] };
}

const atStripe = ( page: string ) => ( {
	label: __( 'Open Stripe', 'sell-my-images' ),
	url: `https://dashboard.stripe.com/${ page }`,
} );

const NOTICES: Record< string, ( data: Data ) => SiteNotice > = {
	upgrading: ( { percent } ) => ( {
		status: 'info',
		sentence: sprintf(
			/* translators: %d: a number from 0 to 99. */
			__(
				'The jobs are being carried over to a newer table: %d %% done. Selling goes on, and nothing is lost; until then lists may be slower and numbers too small.',
				'sell-my-images'
			),
			Number( percent ?? 0 )
		),
	} ),
	upgrade_failed: ( { message } ) => ( {
		status: 'error',
		sentence:
			text( message ) ||
			__(
				'The tables could not be brought up to date. Nothing was lost. Tools → Site Health says what to do.',
				'sell-my-images'
			),
	} ),
	older_orders_asked: ( { message } ) => ( {
		status: 'warning',
		sentence:
			text( message ) ||
			__(
				'The shop is open. In which time zone and currency an older version took its orders has to be told by you: Tools → Site Health says how.',
				'sell-my-images'
			),
	} ),
	not_paired: () => ( {
		status: 'warning',
		sentence: __(
			'No bridge is connected yet, so nothing can be sold. The bridge is the small service that talks to Stripe and Upsampler for this site.',
			'sell-my-images'
		),
		...toSettings( __( 'Connect a bridge', 'sell-my-images' ) ),
	} ),
	bridge_silent: () => ( {
		status: 'error',
		sentence: __(
			'The bridge has not been heard from for a while. New sales are paused; paid jobs wait and go on when it is back. Check that it is running.',
			'sell-my-images'
		),
		...openSettings(),
	} ),
	upscaler_blocked: upscalerBlocked,
	payments_blocked: paymentsBlocked,
	stripe_account_changed: ( { from, to } ) => ( {
		status: 'error',
		sentence: sprintf(
			/* translators: 1, 2: numbers of accounts at Stripe, such as acct_123. */
			__(
				'The bridge’s key belongs to the Stripe account %2$s; so far this shop sold with %1$s. Nothing is sold, refunded or looked up at Stripe until you say which is right. Nothing was lost.',
				'sell-my-images'
			),
			text( from ),
			text( to )
		),
		...openSettings(),
	} ),
	stripe_silent: () => ( {
		status: 'error',
		sentence: __(
			'The bridge cannot reach Stripe, so payment pages do not open and payments are not seen. Nothing is lost: it tries again by itself.',
			'sell-my-images'
		),
		actions: [ { label: __( 'Open Stripe’s status', 'sell-my-images' ), url: 'https://status.stripe.com/' } ],
	} ),
	webhooks_refused: () => ( {
		status: 'warning',
		sentence: __(
			'Stripe’s webhooks come with a signature that the secret of this bridge does not fit, so payments are seen minutes later. Copy the endpoint’s signing secret into STRIPE_WEBHOOK_SECRET and start the bridge again.',
			'sell-my-images'
		),
		actions: [ atStripe( 'webhooks' ) ],
	} ),
	fee_unknown: ( { right_words: right } ) => ( {
		status: 'warning',
		sentence: sprintf(
			/* translators: %s: a right of a key at Stripe, “Balance: read”. */
			__(
				'Stripe’s fee is unknown, so “Kept” and margins stand without it: give the bridge’s key the right “%s” in Stripe.',
				'sell-my-images'
			),
			text( right )
		),
		actions: [ atStripe( 'apikeys' ) ],
	} ),
	safe_mode: () => ( {
		status: 'warning',
		sentence: __(
			'This looks like a copy of your site, so selling, e-mails and refunds are switched off here. Say whether the site has moved or this is a copy.',
			'sell-my-images'
		),
		...openSettings(),
	} ),
	clock_skew: () => ( {
		status: 'error',
		sentence: __(
			'The clocks of this server and of the bridge differ by more than 5 minutes, so they refuse each other’s messages. Set both by network time; nothing was lost.',
			'sell-my-images'
		),
	} ),
	protocol_mismatch: () => ( {
		status: 'error',
		sentence: __(
			'The plugin and the bridge are too many versions apart to talk. Update the older one; paid jobs wait until then.',
			'sell-my-images'
		),
		...openSettings(),
	} ),
};

/**
 * A notice in words; null for a code this version does not know and that brings
 * no words of its own.
 *
 * @param code The server's word.
 * @param data What it knows about it.
 */
export function noticeWords( code: string, data: Data ): SiteNotice | null {
	const known = NOTICES[ code ];
	if ( known ) {
		return known( data );
	}
	const sentence = text( data.message );
	return sentence ? { status: 'warning', sentence } : null;
}
