import { CheckboxControl, TextControl } from '@wordpress/components';
import { useDispatch } from '@wordpress/data';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';

import { addressOf } from './address';
import { nameError } from './names';
import { DialogFrame } from '../dialogs/frame';
import { filterDays, filterRange } from '../view/filters';
import { rangeWords } from '../words/ranges';
import type { NamedViews } from './use-named-views';
import type { PlaceApi } from '../view/use-place';
import type { JobsView } from '../view/types';

interface Props {
	places: PlaceApi;
	named: NamedViews;
	onClose: () => void;
}

/** The range's days as they are today, no longer moving. */
function withFixedDays( view: JobsView ): JobsView {
	const days = filterDays( view.filters, 'created_at' );
	return {
		...view,
		filters: view.filters.map( ( filter ) =>
			filter.field === 'created_at' && days ? { ...filter, value: days } : filter
		),
	};
}

export function SaveDialog( { places, named, onClose }: Props ) {
	const { place, go } = places;
	const [ name, setName ] = useState( '' );
	const [ isMoving, setMoving ] = useState( true );
	const [ error, setError ] = useState< string | null >( null );
	const { createSuccessNotice } = useDispatch( noticesStore );
	const range = filterRange( place.view.filters, 'created_at' );

	const save = () => {
		const wrong = nameError( name, named.views );
		setError( wrong );
		if ( wrong ) {
			return;
		}
		const view = isMoving ? place.view : withFixedDays( place.view );
		const id = window.crypto.getRandomValues( new Uint32Array( 2 ) ).join( '' );
		named.add( { id, name: name.trim(), address: addressOf( { tab: place.tab, view } ) } );
		go( { saved: id, view } );
		const words = sprintf(
			/* translators: %s: the name of a saved view. */
			__( '“%s” is saved. Find it under Views, on every machine.', 'sell-my-images' ),
			name.trim()
		);
		void createSuccessNotice( words, { type: 'snackbar' } );
		onClose();
	};
	return (
		<DialogFrame
			title={ __( 'Save this view', 'sell-my-images' ) }
			error={ error }
			submitLabel={ __( 'Save view', 'sell-my-images' ) }
			isBusy={ false }
			onSubmit={ save }
			onClose={ onClose }
		>
			<TextControl
				__next40pxDefaultSize
				label={ __( 'Name', 'sell-my-images' ) }
				help={ __(
					'Keeps the tab, filters, search, order, columns, density and page size, for you alone.',
					'sell-my-images'
				) }
				value={ name }
				onChange={ setName }
				autoComplete="off"
			/>
			{ range && (
				<CheckboxControl
					label={ sprintf(
						/* translators: %s: a range of days, for example Yesterday. */
						__( '“%s” moves with the calendar', 'sell-my-images' ),
						rangeWords()[ range ]
					) }
					help={ __( 'Otherwise the view keeps the days of today’s list.', 'sell-my-images' ) }
					checked={ isMoving }
					onChange={ setMoving }
				/>
			) }
		</DialogFrame>
	);
}
