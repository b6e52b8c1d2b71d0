import type { ComponentProps, MouseEvent } from 'react';

import { isPlainClick } from './plain-click';
import { titleOf } from '../fields/post-title/title-of';
import type { Job } from '../../api/contracts.generated';

export interface OpenJob {
	open: ( id: string ) => void;
	hrefOf: ( id: string ) => string;
	current: string | null;
}

type Props = { item: Job } & ComponentProps< 'a' >;

/**
 * The title as a real link. The picture beside it leads to the same place, so it
 * is no second stop for the keyboard and not read out.
 *
 * @param opener How jobs are opened.
 */
export function itemLinkFor( { open, hrefOf, current }: OpenJob ) {
	return function ItemLink( { item, children, ...props }: Props ) {
		const id = item.job_id;
		const isMedia = props.className?.includes( 'column-primary__media' );
		const onClick = ( event: MouseEvent ) => {
			if ( isPlainClick( event ) ) {
				event.preventDefault();
				open( id );
			}
		};
		return (
			<a
				{ ...props }
				href={ hrefOf( id ) }
				onClick={ onClick }
				data-open={ id }
				aria-current={ id === current && ! isMedia ? 'true' : undefined }
				{ ...( isMedia ? { tabIndex: -1, 'aria-hidden': true } : { dir: 'auto', title: titleOf( item ) } ) }
			>
				{ children }
			</a>
		);
	};
}
