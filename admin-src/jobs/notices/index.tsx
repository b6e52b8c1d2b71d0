import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { InlineError } from '../../shared/components/inline-error';
import { useChunk } from '../../shared/use-chunk';
import type { JobStats } from '../../api/contracts.generated';

type Props = Pick< JobStats, 'notices' >;

const load = () => import( /* webpackChunkName: "notices" */ './all' );

/** What concerns the whole site, above the list. Most sites have nothing to say, and load no words for it. */
export function SiteNotices( { notices }: Props ) {
	return notices.length > 0 ? <LoadedNotices notices={ notices } /> : null;
}

function LoadedNotices( { notices }: Props ) {
	const { chunk, hasFailed, fetch } = useChunk( load );
	if ( chunk ) {
		return <chunk.AllNotices notices={ notices } />;
	}
	return hasFailed ? (
		<InlineError>
			{ __( 'The site has something to tell you that could not be loaded.', 'sell-my-images' ) }{ ' ' }
			<Button variant="link" onClick={ fetch }>
				{ __( 'Try again', 'sell-my-images' ) }
			</Button>
		</InlineError>
	) : null;
}
