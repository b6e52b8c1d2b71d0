import { __, sprintf } from '@wordpress/i18n';

import { Facts, type Fact } from '../../../shared/components/facts';
import { Section } from './section';
import { CopyButton } from '../../../shared/components/copy-button';
import { formatExact } from '../../../shared/time';
import type { JobDetail } from '../../../api/contracts.generated';

type Download = JobDetail[ 'download' ];

const stateWords = (): Record< Download[ 'state' ], string > => ( {
	none: __( 'No link yet', 'sell-my-images' ),
	active: __( 'The link works', 'sell-my-images' ),
	expired: __( 'The link has expired', 'sell-my-images' ),
	revoked: __( 'The link was switched off', 'sell-my-images' ),
} );

function fileWords( { bytes, mime }: NonNullable< Download[ 'file' ] > ): string {
	const size = sprintf(
		/* translators: %s: a number of megabytes. */
		__( '%s MB', 'sell-my-images' ),
		( bytes / 1_000_000 ).toFixed( 1 )
	);
	return [ size, mime ].filter( Boolean ).join( ', ' );
}

function facts( { state, expires_at: end, count, file }: Download ): Fact[] {
	return [
		{ label: __( 'Link', 'sell-my-images' ), value: stateWords()[ state ] },
		...( end
			? [
					{
						label: state === 'expired' ? __( 'Ended', 'sell-my-images' ) : __( 'Ends', 'sell-my-images' ),
						value: formatExact( end ),
					},
				]
			: [] ),
		{
			label: __( 'Downloads', 'sell-my-images' ),
			value: count.toLocaleString(),
		},
		...( file
			? [
					{
						label: __( 'File', 'sell-my-images' ),
						value: fileWords( file ),
					},
				]
			: [] ),
	];
}

export function DownloadPart( { job: { download } }: { job: JobDetail } ) {
	return (
		<Section title={ __( 'Download', 'sell-my-images' ) }>
			<Facts facts={ facts( download ) } />
			{ download.url && (
				<CopyButton text={ download.url } label={ __( 'Copy link', 'sell-my-images' ) } variant="tertiary" />
			) }
		</Section>
	);
}
