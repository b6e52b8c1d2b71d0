import { Button, TextControl } from '@wordpress/components';
import { useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';

import { nameError } from './names';
import { InlineError } from '../../shared/components/inline-error';
import type { NamedView } from './types';

interface Props {
	view: NamedView;
	views: NamedView[];
	isOpen: boolean;
	onRename: ( name: string ) => void;
	onRemove: () => void;
}

/* translators: %s: the name of a saved view. */
const renameLabel = ( name: string ) => sprintf( __( 'Rename “%s”', 'sell-my-images' ), name );

/* translators: %s: the name of a saved view. */
const deleteLabel = ( name: string ) => sprintf( __( 'Delete “%s”', 'sell-my-images' ), name );

/** A view by its name, or the field to rename it. */
export function ViewRow( { view, views, isOpen, onRename, onRemove }: Props ) {
	const [ name, setName ] = useState< string | null >( null );
	const [ error, setError ] = useState< string | null >( null );
	const renameButton = useRef< HTMLButtonElement >( null );
	const end = () => {
		setName( null );
		setError( null );
		setTimeout( () => renameButton.current?.focus() );
	};
	const submit = ( event: FormEvent ) => {
		event.preventDefault();
		const wrong = nameError( name ?? '', views, view.id );
		setError( wrong );
		if ( ! wrong ) {
			onRename( ( name ?? '' ).trim() );
			end();
		}
	};
	if ( name === null ) {
		return (
			<li>
				<bdi>{ view.name }</bdi>
				{ isOpen && <small>{ __( 'open now', 'sell-my-images' ) }</small> }
				<span className="smi-my-views__space" />
				<Button
					ref={ renameButton }
					size="compact"
					variant="tertiary"
					aria-label={ renameLabel( view.name ) }
					onClick={ () => setName( view.name ) }
				>
					{ __( 'Rename', 'sell-my-images' ) }
				</Button>
				<Button
					size="compact"
					variant="tertiary"
					isDestructive
					aria-label={ deleteLabel( view.name ) }
					onClick={ onRemove }
				>
					{ __( 'Delete', 'sell-my-images' ) }
				</Button>
			</li>
		);
	}
	return (
		<li>
			<form onSubmit={ submit } noValidate>
				<TextControl
					__next40pxDefaultSize
					/* eslint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed became this field. */
					autoFocus
					label={ renameLabel( view.name ) }
					value={ name }
					onChange={ setName }
					onKeyDown={ ( event ) => {
						if ( event.key === 'Escape' ) {
							event.stopPropagation();
							end();
						}
					} }
				/>
				{ error && <InlineError>{ error }</InlineError> }
				<div className="smi-dialog__buttons">
					<Button size="compact" variant="tertiary" onClick={ end }>
						{ __( 'Cancel', 'sell-my-images' ) }
					</Button>
					<Button size="compact" variant="primary" type="submit">
						{ __( 'Save', 'sell-my-images' ) }
					</Button>
				</div>
			</form>
		</li>
	);
}
