import { __, _n, sprintf } from '@wordpress/i18n';

import { getBoot } from '../../shared/boot';

export interface SiteNotice {
	status: 'warning' | 'error' | 'info';
	sentence: string;
	action?: { label: string; url: string };
}

type Data = Record< string, unknown >;

const text = ( value: unknown ) => ( typeof value === 'string' ? value : '' );

function upscalerBlocked( data: Data ): SiteNotice {
	const waiting = Number( data.jobs ?? data.waiting ?? 0 );
	const reason = text( data.message ) || __( 'The upscaler refused our account.', 'sell-my-images' );
	const waitWords = waiting
		? sprintf(
				/* translators: %d: a number of jobs. */
				_n( '%d job waits.', '%d jobs wait.', waiting, 'sell-my-images' ),
				waiting
			)
		: '';
	return {
		status: 'error',
		sentence: [
			reason,
			__( 'New sales are paused; nothing was lost. It is tried again every 5 minutes.', 'sell-my-images' ),
			waitWords,
		]
			.filter( Boolean )
			.join( ' ' ),
		action: {
			label: __( 'Open Upsampler', 'sell-my-images' ),
			url: 'https://upsampler.com/',
		},
	};
}

/** No link for those whom the settings would refuse. */
function toSettings( label: string ): Pick< SiteNotice, 'action' > {
	const { caps, settingsUrl } = getBoot();
	return caps.settings ? { action: { label, url: settingsUrl } } : {};
}

const openSettings = () => toSettings( __( 'Open settings', 'sell-my-images' ) );

const NOTICES: Record< string, ( data: Data ) => SiteNotice > = {
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
