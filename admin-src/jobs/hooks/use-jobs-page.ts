import { useDispatch, useRegistry, useSelect } from '@wordpress/data';
import { useEffect, useMemo, useState } from '@wordpress/element';

import { getBoot } from '../../shared/boot';
import { store } from '../store';
import { keyOf } from '../store/query-key';
import { toQuery } from '../view/query';
import type { JobsQuery } from '../../api/jobs';
import type { Place } from '../view/types';

const TYPING_PAUSE_MS = 250;
const STALE_AFTER_MS = 5_000;

/** The part of a query that is not typed letter by letter. */
function chosenPart( query: JobsQuery ): string {
	const { search, email, email_start: start, post_id: post, attachment_id: picture, ...rest } = query;
	return keyOf( rest );
}

/** Text filters change with every key; ask when the typing stops. */
function useSettled( query: JobsQuery ): JobsQuery {
	const key = keyOf( query );
	const [ settled, setSettled ] = useState( { key, query } );
	useEffect( () => {
		if ( key === settled.key ) {
			return;
		}
		const settle = () => setSettled( { key, query } );
		const isTyping = chosenPart( query ) === chosenPart( settled.query );
		const timer = setTimeout( settle, isTyping ? TYPING_PAUSE_MS : 0 );
		return () => clearTimeout( timer );
	}, [ key, query, settled ] );
	return settled.query;
}

/** The page of jobs for a place, its rows, and how loading it went. */
export function useJobsPage( { tab, view }: Place ) {
	const wanted = useMemo( () => toQuery( tab, view, getBoot().timezone ), [ tab, view ] );
	const query = useSettled( wanted );
	const registry = useRegistry();
	const { loadPage, reloadPage } = useDispatch( store );
	const { page, jobs } = useSelect(
		( select ) => ( {
			page: select( store ).getPage( query ),
			jobs: select( store ).getPageJobs( query ),
		} ),
		[ query ]
	);

	// A page seen before is shown at once and asked for again.
	useEffect( () => {
		const { at } = registry.select( store ).getPage( query );
		if ( at === null || Date.now() - at > STALE_AFTER_MS ) {
			void loadPage( query );
		}
	}, [ query, registry, loadPage ] );

	const isLoading = page.state === 'unresolved' || page.state === 'loading' || keyOf( wanted ) !== keyOf( query );
	return {
		query,
		page,
		jobs,
		isLoading,
		/** After something changed. */
		reload: () => void reloadPage( query ),
		/** After no answer came; one that is on its way will do. */
		retry: () => void loadPage( query ),
	};
}
