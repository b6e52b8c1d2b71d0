import { choiceParams, lookParams, readPlace } from '../view/url';
import type { Look, Place } from '../view/types';

type Chosen = Pick< Place, 'tab' | 'view' >;

function toAddress( params: Record< string, string > ): string {
	const used = Object.entries( params ).filter( ( [ , value ] ) => value !== '' );
	return new URLSearchParams( used ).toString();
}

/**
 * All that makes a view, also what is as usual: the usual may be another one when
 * it is opened. Not the page, and not the open job.
 *
 * @param place What is on the screen.
 */
export const addressOf = ( place: Chosen ): string =>
	toAddress( { ...choiceParams( place ), ...lookParams( place.view ) } );

/** Only what chooses the jobs: what a built-in view is about. */
export const choiceOf = ( place: Chosen ): string => toAddress( choiceParams( place ) );

/**
 * Where a view leads.
 *
 * @param address Its address.
 * @param look    For what it does not say.
 */
export function placeOf( address: string, look: Look ): Chosen {
	const { tab, view } = readPlace( `?${ address }`, look );
	return { tab, view: { ...view, page: 1 } };
}
