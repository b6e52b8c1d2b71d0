import { invalid, noSuch } from '../errors.ts';
import type { Row } from '../store.ts';
import type { Params } from './params.ts';

export interface List< T > {
	object: 'list';
	data: T[];
	has_more: boolean;
	url: string;
}

export function listOf< T >( data: T[], has_more: boolean, url: string ): List< T > {
	return { object: 'list', data, has_more, url };
}

const RANGE: Record< string, ( value: number, bound: number ) => boolean > = {
	gt: ( value, bound ) => value > bound,
	gte: ( value, bound ) => value >= bound,
	lt: ( value, bound ) => value < bound,
	lte: ( value, bound ) => value <= bound,
};

/** The test that `created` or `created[gte]` asks for. */
export function createdFilter( params: Params ): ( created: number ) => boolean {
	if ( ! params.has( 'created' ) ) {
		return () => true;
	}
	const keys = params.keys( 'created' );
	if ( keys.length === 0 ) {
		const exact = params.integer( 'created' );
		return ( created ) => created === exact;
	}
	const tests = keys.map( ( key ) => {
		const isIn = RANGE[ key ];
		const bound = params.integer( `created[${ key }]` );
		if ( ! isIn || bound === null ) {
			throw invalid( `Received unknown parameter: created[${ key }]`, `created[${ key }]`, 'parameter_unknown' );
		}
		return ( created: number ) => isIn( created, bound );
	} );
	return ( created ) => tests.every( ( test ) => test( created ) );
}

function limitOf( params: Params ): number {
	const limit = params.integer( 'limit' ) ?? 10;
	if ( limit < 1 || limit > 100 ) {
		throw invalid(
			`Invalid integer: ${ limit }. Limit must be between 1 and 100.`,
			'limit',
			'parameter_invalid_integer'
		);
	}
	return limit;
}

/** Newest first, cut into pages by `starting_after` or `ending_before`. */
export function page< T extends { id: string; created: number } >(
	rows: Array< Row< T > >,
	params: Params,
	url: string
): List< T > {
	const limit = limitOf( params );
	const isIn = createdFilter( params );
	const sorted = rows
		.toSorted( ( a, b ) => b.value.created - a.value.created || b.seq - a.seq )
		.map( ( row ) => row.value );
	const position = ( param: string ) => {
		const id = params.text( param );
		const index = id === null ? -1 : sorted.findIndex( ( item ) => item.id === id );
		if ( id !== null && index < 0 ) {
			throw noSuch( 'object', id, param );
		}
		return index;
	};
	const after = position( 'starting_after' );
	const before = position( 'ending_before' );
	if ( before >= 0 ) {
		const newer = sorted.slice( 0, before ).filter( ( item ) => isIn( item.created ) );
		return listOf( newer.slice( -limit ), newer.length > limit, url );
	}
	const older = sorted.slice( after + 1 ).filter( ( item ) => isIn( item.created ) );
	return listOf( older.slice( 0, limit ), older.length > limit, url );
}
