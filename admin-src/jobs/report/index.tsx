import { Button, Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

import { InlineError } from '../../shared/components/inline-error';
import { useChunk } from '../../shared/use-chunk';
import { filterOf } from '../selection/types';
import type { JobsQuery } from '../../api/jobs';
import type { PlaceApi } from '../view/use-place';

/** Charts are a third of all the code; who never opens the report never loads them. */
const load = () => import( /* webpackChunkName: "report" */ './body' );

export const REPORT_ID = 'smi-report';

interface Props {
	places: PlaceApi;
	query: JobsQuery;
}

/** Sums and charts of the jobs that the list shows; nothing while it is closed. */
export function Report( props: Props ) {
	return props.places.place.report ? <OpenReport { ...props } /> : null;
}

function OpenReport( { places: { place, go }, query }: Props ) {
	const { chunk, hasFailed, fetch } = useChunk( load );
	return (
		<section id={ REPORT_ID } className="smi-report" aria-label={ __( 'Report', 'sell-my-images' ) }>
			{ chunk && <chunk.Body filter={ filterOf( query ) } by={ place.by } onBy={ ( by ) => go( { by } ) } /> }
			{ ! chunk && ! hasFailed && <Spinner /> }
			{ hasFailed && (
				<InlineError>
					{ __( 'The report could not be loaded. The list is as it was.', 'sell-my-images' ) }{ ' ' }
					<Button variant="link" onClick={ fetch }>
						{ __( 'Try again', 'sell-my-images' ) }
					</Button>
				</InlineError>
			) }
		</section>
	);
}
