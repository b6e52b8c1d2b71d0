import { __ } from '@wordpress/i18n';
import { useEffect, useRef, useState } from '@wordpress/element';
import type { KeyboardEvent } from 'react';

import { typedPage } from './typed-page';

interface Props {
	page: number;
	/** The last page that may be asked for. */
	last: number;
	/** Id of the words that say how many there are. */
	describedBy: string;
	onGo: ( page: number ) => void;
}

/**
 * The page's number, to type another. Enter goes there, and so does leaving the field: a
 * telephone's number keys have no Enter. Escape gives it up.
 *
 * @param props
 * @param props.page        The open page.
 * @param props.last        The last page that may be asked for.
 * @param props.describedBy Id of the words that say how many there are.
 * @param props.onGo        Opens a page.
 */
export function PageField( { page, last, describedBy, onGo }: Props ) {
	const [ typed, setTyped ] = useState< string | null >( null );
	const field = useRef< HTMLInputElement >( null );
	// The next number replaces this one.
	useEffect( () => {
		if ( field.current && field.current === field.current.ownerDocument.activeElement ) {
			field.current.select();
		}
	}, [ page ] );
	const settle = () => {
		const wanted = typed === null ? null : typedPage( typed, last );
		setTyped( null );
		if ( wanted !== null && wanted !== page ) {
			onGo( wanted );
		}
	};
	const onKeyDown = ( event: KeyboardEvent ) => {
		if ( event.key === 'Enter' ) {
			settle();
		} else if ( event.key === 'Escape' && typed !== null ) {
			// Not the selection's Escape, nor the panel's.
			event.preventDefault();
			setTyped( null );
		}
	};
	return (
		<input
			ref={ field }
			className="smi-pages__field"
			type="text"
			inputMode="numeric"
			enterKeyHint="go"
			autoComplete="off"
			size={ Math.max( 2, String( page ).length, typed?.length ?? 0 ) }
			aria-label={ __( 'Current page', 'sell-my-images' ) }
			aria-describedby={ describedBy }
			value={ typed ?? String( page ) }
			onChange={ ( event ) => setTyped( event.target.value ) }
			onFocus={ ( event ) => event.target.select() }
			onBlur={ settle }
			onKeyDown={ onKeyDown }
		/>
	);
}
