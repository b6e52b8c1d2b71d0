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
