import { Notice, Spinner } from '@wordpress/components';
import { useDispatch, useSelect } from '@wordpress/data';
import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { KeyboardEvent, ReactNode } from 'react';

import { PanelHeader } from './header';
import { useBody } from './use-body';
import { useShortcuts } from './use-shortcuts';
import { titleOf } from '../fields/post-title/title-of';
import { Boundary } from '../../shared/components/boundary';
import { Blank } from '../states/blank';
import { store } from '../store';
import type { RestFailure } from '../../api/rest-failure';
import type { Perform } from '../actions/use-perform';
import type { PlaceApi } from '../view/use-place';
import type { Neighbours } from './use-neighbours';

function NotLoaded( { children, onRetry }: { children?: ReactNode; onRetry: () => void } ) {
	return (
		<Blank
			isAlert
			title={ __( 'This job could not be loaded.', 'sell-my-images' ) }
			actions={ [ { label: __( 'Try again', 'sell-my-images' ), onClick: onRetry } ] }
		>
			{ children }
		</Blank>
	);
}

/** What is shown is no less true for it, only older. */
function NotRefreshed( { onRetry }: { onRetry: () => void } ) {
	return (
		<Notice
			status="warning"
			isDismissible={ false }
			actions={ [ { label: __( 'Try now', 'sell-my-images' ), onClick: onRetry, variant: 'link' } ] }
		>
			{ __( 'This job could not be refreshed. This is how it was.', 'sell-my-images' ) }
		</Notice>
	);
}

interface ErrorProps {
	error: RestFailure;
	onRetry: () => void;
	onClose: () => void;
}

/** 400 too: an address typed by hand may hold no job number at all. */
function PanelError( { error, onRetry, onClose }: ErrorProps ) {
	if ( error.kind === 'not_found' || error.kind === 'invalid' ) {
		return (
			<Blank
				isAlert
				title={ __( 'No job has this number.', 'sell-my-images' ) }
				actions={ [ { label: __( 'Back to all jobs', 'sell-my-images' ), onClick: onClose } ] }
			>
				{ __( 'It may have been typed wrong.', 'sell-my-images' ) }
			</Blank>
		);
	}
	return <NotLoaded onRetry={ onRetry }>{ error.message }</NotLoaded>;
}

interface Props {
	id: string;
	places: PlaceApi;
	neighbours: Neighbours;
	total: number;
	perform: Perform;
	onClose: () => void;
}

/** One job beside the list. Opening it takes the focus; Escape gives it back. */
export function Panel( props: Props ) {
	const { id, places, neighbours, total, perform, onClose } = props;
	const { job, error } = useSelect( ( select ) => select( store ).getDetail( id ), [ id ] );
	const { loadDetail } = useDispatch( store );
	const { PanelBody, hasFailed, fetch } = useBody();
	const panel = useRef< HTMLElement >( null );
	useEffect( () => panel.current?.focus(), [] );
	useShortcuts( panel, neighbours );

	const onKeyDown = ( event: KeyboardEvent ) => {
		if ( event.key === 'Escape' && ! event.defaultPrevented ) {
			onClose();
		}
	};
	return (
		/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works from anywhere inside. */
		<aside
			className="smi-panel"
			aria-label={ __( 'Job', 'sell-my-images' ) }
			ref={ panel }
			tabIndex={ -1 }
			onKeyDown={ onKeyDown }
		>
			<PanelHeader
				neighbours={ neighbours }
				total={ total }
				title={ job ? titleOf( job ) : '' }
				onClose={ onClose }
			/>
			{ /* By job: another one begins at its top, the same one stays where it was read. */ }
			<div className="smi-panel__body" key={ id }>
				{ job && error && <NotRefreshed onRetry={ () => void loadDetail( id ) } /> }
				{ job && PanelBody && (
					<Boundary of={ `${ id } ${ job.version }` }>
						<PanelBody job={ job } perform={ perform } places={ places } />
					</Boundary>
				) }
				{ job && hasFailed && <NotLoaded onRetry={ fetch } /> }
				{ ! job && error && (
					<PanelError error={ error } onRetry={ () => void loadDetail( id ) } onClose={ onClose } />
				) }
				{ ( job ? ! PanelBody && ! hasFailed : ! error ) && <Spinner /> }
			</div>
		</aside>
	);
}
