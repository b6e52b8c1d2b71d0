import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { Facts, type Fact } from '../../../shared/components/facts';
import { Section } from './section';
import { CopyButton } from '../../../shared/components/copy-button';
import { formatExact, formatRelative } from '../../../shared/time';
import { isAllowed } from '../../actions';
import type { JobDetail } from '../../../api/contracts.generated';
import type { Perform } from '../../actions/use-perform';

type Download = JobDetail[ 'download' ];

const stateWords = (): Record< Download[ 'state' ], string > => ( {
	none: __( 'No link yet', 'sell-my-images' ),
	active: __( 'The link works', 'sell-my-images' ),
	expired: __( 'The link has expired', 'sell-my-images' ),
	revoked: __( 'The link was switched off', 'sell-my-images' ),
} );

const MB = 1_000_000;

function sizeWords( bytes: number ): string {
	return bytes < MB
		? sprintf(
				/* translators: %s: a number of kilobytes. */
				__( '%s kB', 'sell-my-images' ),
				Math.ceil( bytes / 1000 ).toLocaleString()
			)
		: sprintf(
				/* translators: %s: a number of megabytes. */
				__( '%s MB', 'sell-my-images' ),
				( bytes / MB ).toLocaleString( undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 } )
			);
}

function fileWords( { bytes, mime }: NonNullable< Download[ 'file' ] > ): string {
	return [ sizeWords( bytes ), mime ].filter( Boolean ).join( ', ' );
}

function end( { state, expires_at: at }: Download ): Fact[] {
	if ( ! at || state === 'revoked' ) {
		return [];
	}
	return [
		{
			label: state === 'expired' ? __( 'Ended', 'sell-my-images' ) : __( 'Ends', 'sell-my-images' ),
			value: (
				<bdi>
					{ formatRelative( at ) } · <time dateTime={ at }>{ formatExact( at ) }</time>
				</bdi>
			),
		},
	];
}

function facts( download: Download ): Fact[] {
	const { state, count, file } = download;
	return [
		{ label: __( 'Link', 'sell-my-images' ), value: stateWords()[ state ] },
		...end( download ),
		{ label: __( 'Downloads', 'sell-my-images' ), value: count.toLocaleString() },
		...( file ? [ { label: __( 'File', 'sell-my-images' ), value: fileWords( file ) } ] : [] ),
	];
}

interface Props {
	job: JobDetail;
	perform: Perform;
}

export function DownloadPart( { job, perform }: Props ) {
	const { download } = job;
	return (
		<Section title={ __( 'Download', 'sell-my-images' ) }>
			<Facts facts={ facts( download ) } />
			<div className="smi-row">
				{ download.url && (
					<CopyButton
						text={ download.url }
						label={ __( 'Copy link', 'sell-my-images' ) }
						variant="tertiary"
					/>
				) }
				{ isAllowed( job, 'download_token' ) && (
					<Button variant="tertiary" size="compact" onClick={ () => perform( job.job_id, 'download_token' ) }>
						{ __( 'New link…', 'sell-my-images' ) }
					</Button>
				) }
			</div>
		</Section>
	);
}
