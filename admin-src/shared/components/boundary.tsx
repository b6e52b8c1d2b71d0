import { Button, Notice } from '@wordpress/components';
import { Component } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';

import { CopyButton } from './copy-button';

interface Props {
	/** Another one is another chance: what is shown now, such as a job's number. */
	of?: string;
	children: ReactNode;
}

interface State {
	error: Error | null;
	of: string | undefined;
}

/** What support needs to know. */
function detailsOf( { name, message, stack = '' }: Error ): string {
	return [ `${ name }: ${ message }`, window.location.href, window.navigator.userAgent, stack ].join( '\n' );
}

/** A part that breaks while it is drawn takes nothing else with it. React offers this to classes alone. */
export class Boundary extends Component< Props, State > {
	override state: State = { error: null, of: this.props.of };

	static getDerivedStateFromError( error: unknown ): Partial< State > {
		return { error: error instanceof Error ? error : new Error( String( error ) ) };
	}

	static getDerivedStateFromProps( { of }: Props, state: State ): Partial< State > | null {
		return of === state.of ? null : { error: null, of };
	}

	override render(): ReactNode {
		const { error } = this.state;
		if ( ! error ) {
			return this.props.children;
		}
		return (
			<div className="smi-broken" role="alert">
				<Notice status="error" isDismissible={ false } politeness="assertive" spokenMessage={ null }>
					<p>{ __( 'This part of the page stopped working. Nothing was changed.', 'sell-my-images' ) }</p>
					<div className="smi-row">
						<Button variant="secondary" size="compact" onClick={ () => window.location.reload() }>
							{ __( 'Reload the page', 'sell-my-images' ) }
						</Button>
						<CopyButton text={ detailsOf( error ) } label={ __( 'Copy the details', 'sell-my-images' ) } />
					</div>
				</Notice>
			</div>
		);
	}
}
