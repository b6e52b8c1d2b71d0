import type { FormValue } from '../../shared/form.ts';
import type { Context } from '../context.ts';
import { invalid, noSuch } from '../errors.ts';
import { thinEvent } from '../objects/event.ts';
import type { EventRecord, Row } from '../store.ts';
import { page } from './list.ts';
import type { AddRoute } from './route.ts';

/** How far back Stripe lists events. */
const KEPT_S = 30 * 24 * 3600;

function typeFilter( type: string | null, types: FormValue[] ): ( type: string ) => boolean {
	const wanted = [ ...types, ...( type === null ? [] : [ type ] ) ].map( String );
	if ( type !== null && types.length > 0 ) {
		throw invalid( 'You may only specify one of these parameters: type, types.', 'type' );
	}
	const isLike = ( pattern: string, given: string ) =>
		pattern.endsWith( '*' ) ? given.startsWith( pattern.slice( 0, -1 ) ) : given === pattern;
	return ( given ) => wanted.length === 0 || wanted.some( ( pattern ) => isLike( pattern, given ) );
}

function isKept( context: Context, { born, value }: Row< EventRecord > ): boolean {
	return context.clock.secondsFor( born ) - value.event.created < KEPT_S;
}

export function addEventRoutes( add: AddRoute, context: Context ): void {
	const { store } = context;

	add( 'GET', '/v1/events', ( { params, path } ) => {
		params.only( [
			'created',
			'delivery_success',
			'ending_before',
			'expand',
			'limit',
			'starting_after',
			'type',
			'types',
		] );
		const isWanted = typeFilter( params.text( 'type' ), params.list( 'types' ) );
		const rows = store
			.rows( 'events' )
			.filter( ( row ) => isKept( context, row ) && isWanted( row.value.event.type ) );
		return page(
			rows.map( ( row ) => ( { ...row, value: row.value.event } ) ),
			params,
			path
		);
	} );

	add( 'GET', '/v1/events/:id', ( { id } ) => {
		const record = store.get( 'events', id );
		if ( ! record ) {
			throw noSuch( 'event', id, 'id' );
		}
		return record.event;
	} );

	add( 'GET', '/v2/core/events/:id', ( { id } ) => {
		const record = store.all( 'events' ).find( ( each ) => each.thinId === id );
		if ( ! record ) {
			throw noSuch( 'event', id, 'id' );
		}
		return thinEvent( record );
	} );
}
