import type { MouseEvent, ReactNode } from 'react';

import { isPlainClick } from '../../list/plain-click';
import { defaultView } from '../../view/defaults';
import type { Place } from '../../view/types';
import type { PlaceApi } from '../../view/use-place';

interface Props {
	places: PlaceApi;
	field: 'email' | 'post_id' | 'attachment_id';
	value: string;
	children: ReactNode;
}

/**
 * Leads to all jobs that have something in common with this one. A real link: it
 * opens in another tab as well.
 *
 * @param props
 * @param props.places   The address.
 * @param props.field    What they have in common.
 * @param props.value    Its value.
 * @param props.children The words.
 */
export function FilterLink( { places: { place, go, hrefOf }, field, value, children }: Props ) {
	const target: Partial< Place > = {
		tab: 'all',
		job: null,
		view: { ...defaultView( place.view ), filters: [ { field, operator: 'is', value } ] },
	};
	const open = ( event: MouseEvent ) => {
		if ( isPlainClick( event ) ) {
			event.preventDefault();
			go( target, 'push' );
		}
	};
	return (
		<a href={ hrefOf( target ) } onClick={ open }>
			{ children }
		</a>
	);
}
