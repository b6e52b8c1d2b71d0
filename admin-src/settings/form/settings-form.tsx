import { useDispatch } from '@wordpress/data';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { store as noticesStore } from '@wordpress/notices';
import type { FormEvent } from 'react';

import { changesOf } from './changes';
import { ButtonFields } from './fields/buttons';
import { DataFields } from './fields/data';
import { LinkFields } from './fields/links';
import { PriceFields } from './fields/prices';
import { UpscalerFields } from './fields/upscaler';
import { VisitorFields } from './fields/visitors';
import { SaveBar } from './save-bar';
import { useLeaveWarning } from './use-leave-warning';
import { saveSettings } from '../../api/settings';
import { useSend } from '../use-send';
import type { Settings } from '../../api/contracts.generated';

interface Props {
	saved: Settings;
	onSaved: ( settings: Settings ) => void;
}

export function SettingsForm( { saved, onSaved }: Props ) {
	const [ draft, setDraft ] = useState( saved );
	const { isBusy, error, send } = useSend();
	const { createSuccessNotice } = useDispatch( noticesStore );
	const form = useRef< HTMLFormElement >( null );
	const changes = changesOf( saved, draft );
	const isDirty = Object.keys( changes ).length > 0;
	useLeaveWarning( isDirty );

	// A refusal leads to the field it is about.
	useEffect( () => {
		if ( error ) {
			form.current?.querySelector< HTMLElement >( '[aria-invalid="true"]' )?.focus();
		}
	}, [ error ] );

	const save = ( event: FormEvent ) => {
		event.preventDefault();
		void send(
			() => saveSettings( changes ),
			( settings ) => {
				onSaved( settings );
				setDraft( settings );
				void createSuccessNotice( __( 'Settings saved.', 'sell-my-images' ), { type: 'snackbar' } );
			}
		);
	};
	const fields = {
		settings: draft,
		errors: error?.params ?? {},
		onChange: ( change: Partial< Settings > ) => setDraft( { ...draft, ...change } ),
	};
	return (
		<form ref={ form } onSubmit={ save } noValidate>
			<PriceFields { ...fields } />
			<LinkFields { ...fields } />
			<ButtonFields { ...fields } />
			<UpscalerFields { ...fields } />
			<VisitorFields { ...fields } />
			<DataFields { ...fields } />
			<SaveBar isDirty={ isDirty } isBusy={ isBusy } error={ error } />
		</form>
	);
}
