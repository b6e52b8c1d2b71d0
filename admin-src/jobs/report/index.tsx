import { Button, Spinner } from '@wordpress/components';
import { useCallback, useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ComponentType } from 'react';

import { InlineError } from '../../shared/components/inline-error';
import { filterOf } from '../selection/types';
import type { JobsQuery } from '../../api/jobs';
import type { PlaceApi } from '../view/use-place';
import type { BodyProps } from './body';

/** Charts are a third of all the code; who never opens the report never loads them. */
const load = () => import( /* webpackChunkName: "report" */ './body' );

export const REPORT_ID = 'smi-report';

function useBody() {
	const [ body, setBody ] = useState< { Is: ComponentType< BodyProps > } | null >( null );
	const [ hasFailed, setFailed ] = useState( false );
	const fetch = useCallback( () => {
		setFailed( false );
		load().then(
			( { Body } ) => setBody( { Is: Body } ),
			() => setFailed( true )
		);
	}, [] );
	useEffect( fetch, [ fetch ] );
	return { Body: body?.Is, hasFailed, fetch };
}

interface Props {
	places: PlaceApi;
	query: JobsQuery;
}

/** Sums and charts of the jobs that the list shows; nothing while it is closed. */
export function Report( props: Props ) {
	return props.places.place.report ? <OpenReport { ...props } /> : null;
}

function OpenReport( { places: { place, go }, query }: Props ) {
	const { Body, hasFailed, fetch } = useBody();
	return (
		<section id={ REPORT_ID } className="smi-report" aria-label={ __( 'Report', 'sell-my-images' ) }>
			{ Body && <Body filter={ filterOf( query ) } by={ place.by } onBy={ ( by ) => go( { by } ) } /> }
			{ ! Body && ! hasFailed && <Spinner /> }
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
