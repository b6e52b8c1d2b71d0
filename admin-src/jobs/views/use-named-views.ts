import { useDispatch, useRegistry, useSelect } from '@wordpress/data';
import { useMemo } from '@wordpress/element';
import { store as preferencesStore } from '@wordpress/preferences';

import { SCOPE } from '../view/use-look';
import type { NamedView } from './types';

const NAME = 'views';
const MOST = 50;

function isView( value: unknown ): value is NamedView {
	const { id, name, address } = ( value ?? {} ) as Partial< Record< keyof NamedView, unknown > >;
	return typeof id === 'string' && id !== '' && typeof name === 'string' && typeof address === 'string';
}

/** Made sound: another version of this plugin, or a program, may have written it. */
const soundViews = ( kept: unknown ): NamedView[] => ( Array.isArray( kept ) ? kept.filter( isView ) : [] );

/** The user's own views. Core keeps preferences in the user's meta: they follow to other machines. */
export function useNamedViews() {
	const registry = useRegistry();
	const kept = useSelect( ( select ) => select( preferencesStore ).get( SCOPE, NAME ) as unknown, [] );
	const { set } = useDispatch( preferencesStore );
	const views = useMemo( () => soundViews( kept ), [ kept ] );

	return useMemo( () => {
		/** Always from the newest list: an undo comes seconds later. */
		const change = ( to: ( now: NamedView[] ) => NamedView[] ) =>
			void set( SCOPE, NAME, to( soundViews( registry.select( preferencesStore ).get( SCOPE, NAME ) ) ) );
		return {
			views,
			isFull: views.length >= MOST,
			add: ( view: NamedView ) => change( ( now ) => [ ...now, view ] ),
			edit: ( id: string, part: Partial< NamedView > ) =>
				change( ( now ) => now.map( ( view ) => ( view.id === id ? { ...view, ...part } : view ) ) ),
			remove: ( id: string ) => change( ( now ) => now.filter( ( view ) => view.id !== id ) ),
			/** Puts a view back where it was. */
			restore: ( view: NamedView, index: number ) =>
				change( ( now ) => [ ...now.slice( 0, index ), view, ...now.slice( index ) ] ),
		};
	}, [ views, set, registry ] );
}

export type NamedViews = ReturnType< typeof useNamedViews >;
