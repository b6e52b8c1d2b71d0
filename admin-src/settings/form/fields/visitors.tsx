import { Button, Notice, ToggleControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';

import { fetchVisitors } from '../../../api/settings';
import { Card } from '../../card';
import { useResource } from '../../use-resource';
import { TextField } from '../text-field';
import type { FieldsProps } from '../types';

type Word = 'cloudflare' | 'server';

const WORDS: string[] = [ 'cloudflare', 'server' ];

const labels = (): Record< Word, string > => ( {
	cloudflare: __( 'Visitors come through Cloudflare', 'sell-my-images' ),
	server: __( 'Visitors come through a proxy on this server or its private network', 'sell-my-images' ),
} );

const questions = (): Record< Word, string > => ( {
	cloudflare: __( 'Visitors seem to come through Cloudflare. Trust it?', 'sell-my-images' ),
	server: __( 'Visitors seem to come through a proxy on this server. Trust it?', 'sell-my-images' ),
} );

const split = ( typed: string ): string[] => [ ...new Set( typed.split( /[\s,;]+/ ).filter( Boolean ) ) ];

/**
 * Whose word about a visitor’s address counts: otherwise all visitors behind a
 * proxy share the limits of one. What is found is offered, never taken by itself.
 *
 * @param props
 */
export function VisitorFields( { settings, errors, onChange }: FieldsProps ) {
	const trusted = settings.trusted_proxies;
	const { resource } = useResource( fetchVisitors );
	const [ typed, setTyped ] = useState( trusted.filter( ( entry ) => ! WORDS.includes( entry ) ).join( ', ' ) );
	const trust = ( words: string[], addresses: string[] ) =>
		onChange( { trusted_proxies: [ ...words, ...addresses ] } );
	const words = trusted.filter( ( entry ) => WORDS.includes( entry ) );
	const set = ( word: Word, isOn: boolean ) =>
		trust( isOn ? [ ...words, word ] : words.filter( ( other ) => other !== word ), split( typed ) );
	const offers = ( resource.value?.offer ?? [] ).filter( ( word ) => ! words.includes( word ) );
	return (
		<Card
			title={ __( 'Visitors behind a proxy', 'sell-my-images' ) }
			intro={ __(
				'The shop limits how often one address may ask, so that nobody can shut it. Behind a proxy that is not named here, all visitors look like one and share its limits.',
				'sell-my-images'
			) }
		>
			{ offers.map( ( word ) => (
				<Notice key={ word } status="warning" isDismissible={ false }>
					<p>{ questions()[ word ] }</p>
					<Button variant="secondary" size="compact" onClick={ () => set( word, true ) }>
						{ __( 'Trust it', 'sell-my-images' ) }
					</Button>
				</Notice>
			) ) }
			{ ( Object.entries( labels() ) as [ Word, string ][] ).map( ( [ word, label ] ) => (
				<ToggleControl
					key={ word }
					__nextHasNoMarginBottom
					label={ label }
					checked={ words.includes( word ) }
					onChange={ ( isOn ) => set( word, isOn ) }
				/>
			) ) }
			<TextField
				label={ __( 'Addresses of other proxies', 'sell-my-images' ) }
				help={ __(
					'Only those that are yours, with commas between: 192.0.2.1, 10.0.0.0/8. A proxy that is trusted says who the visitor is.',
					'sell-my-images'
				) }
				value={ typed }
				error={ errors.trusted_proxies }
				onChange={ ( text ) => {
					setTyped( text );
					trust( words, split( text ) );
				} }
			/>
		</Card>
	);
}
