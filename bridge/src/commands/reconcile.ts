import type Stripe from 'stripe';
import type { Hint, ReconcileCommand, ReconcileSnapshot } from '../contracts.generated.ts';
import { resultOf } from '../protocol/failure.ts';
import type { Lease } from '../protocol/lease.ts';
import { retryLater, type Result } from '../protocol/result.ts';
import { stripeFailure } from '../stripe/errors.ts';
import { EVENT_TYPES } from '../stripe/event-types.ts';
import { hintOfEvent } from '../stripe/hint-of-event.ts';
import { hintOfObject, type Watched } from '../stripe/hint-of-object.ts';
import { stateOf } from '../stripe/state-of-object.ts';
import { SiteUnreachable } from '../wordpress/errors.ts';
import type { Context, Handler } from './context.ts';

/** What is written at Stripe while we list may be missed, so the next run begins a little earlier. */
const OVERLAP_S = 60;
const PAGE = 100;

/** So many pages, or so long, then the site keeps where we are: a bridge that dies loses no more than that. */
const PAGES = 10;
const LONG_MS = 5_000;

type Place = NonNullable< ReconcileSnapshot[ 'next' ] >;
type ListName = Place[ 'list' ];
type Page = { data: ( Watched | Stripe.Event )[]; has_more: boolean };

const LISTS: Record< ReconcileCommand[ 'payload' ][ 'mode' ], ListName[] > = {
	events: [ 'events' ],
	objects: [ 'sessions', 'refunds', 'disputes' ],
	look: [ 'sessions', 'refunds', 'disputes' ],
};

/**
 * Looks through what happened at Stripe since a moment, and hints at all of it. Objects are the truth (events
 * may be missing, and reach back 30 days only); events are the cheap way while no webhook can reach us. A long pass takes many leases:
 * each goes on where the one before it was, and whatever stops one keeps what it did. A `look` is the same for a report alone: its
 * hints have a type that the site acts on by nothing.
 */
export const reconcile: Handler< ReconcileCommand > = async ( command, context, lease ) => {
	const { mode, since, by_list: isByList = false } = command.payload;
	let place = command.payload.from ?? beginning( mode, since );
	const startedAt = performance.now();
	for ( let pages = 0; pages < PAGES && performance.now() - startedAt < LONG_MS; pages++ ) {
		try {
			lease.assertCanStart();
			const { seen, next } = await onePage( place, command, context );
			if ( next === null ) {
				return soFar( { ...place, seen }, true );
			}
			const isListThrough = next.list !== place.list;
			place = { ...next, seen };
			if ( isByList && isListThrough ) {
				return soFar( place, false );
			}
		} catch ( error ) {
			return pages === 0 ? failure( error, lease ) : soFar( place, false );
		}
	}
	return soFar( place, false );
};

function beginning( mode: ReconcileCommand[ 'payload' ][ 'mode' ], since: number ): Place {
	const started = Math.floor( Date.now() / 1000 ) - OVERLAP_S;
	return { list: LISTS[ mode ][ 0 ] ?? 'events', after: null, since, started, seen: 0 };
}

function soFar( place: Place, isThrough: boolean ): Result {
	const { started: cursor, seen } = place;
	return { outcome: 'snapshot', snapshot: { type: 'reconcile', cursor, seen, next: isThrough ? null : place } };
}

function failure( error: unknown, lease: Lease ): Result {
	if ( lease.signal.aborted ) {
		throw lease.signal.reason;
	}
	return error instanceof SiteUnreachable
		? retryLater( 'site_unreachable', error.message )
		: resultOf( stripeFailure( error ) );
}

/** One page, its hints committed; how much was seen by then, and where the next one begins: null after the last of all lists. */
async function onePage(
	place: Place,
	command: ReconcileCommand,
	{ stripe, inbox }: Pick< Context, 'stripe' | 'inbox' >
): Promise< { seen: number; next: Place | null } > {
	const { mode } = command.payload;
	const page = await fetchPage( stripe, place );
	const hints = await Promise.all( page.data.map( ( object ) => hintOf( object, command, stripe ) ) );
	await inbox.addAll( hints.filter( ( hint ) => hint !== null ) );
	const seen = place.seen + page.data.length;
	const last = page.data.at( -1 );
	if ( page.has_more && last !== undefined ) {
		return { seen, next: { ...place, after: last.id } };
	}
	const list = LISTS[ mode ][ LISTS[ mode ].indexOf( place.list ) + 1 ];
	return { seen, next: list === undefined ? null : { ...place, list, after: null } };
}

function fetchPage( stripe: Stripe, { list, after, since }: Place ): Promise< Page > {
	const query = { created: { gte: since }, limit: PAGE, ...( after === null ? {} : { starting_after: after } ) };
	switch ( list ) {
		case 'sessions':
			return stripe.checkout.sessions.list( query );
		case 'refunds':
			return stripe.refunds.list( query );
		case 'disputes':
			return stripe.disputes.list( query );
		case 'events':
			return stripe.events.list( { ...query, types: [ ...EVENT_TYPES ] } );
	}
}

/** The id is this run's own: a hint that was seen yesterday must count again today. */
async function hintOf(
	object: Watched | Stripe.Event,
	{ uuid, lease_no: leaseNo, payload }: ReconcileCommand,
	stripe: Stripe
): Promise< Hint | null > {
	if ( object.object === 'event' ) {
		return hintOfEvent( object, stripe );
	}
	const livemode = 'livemode' in object ? object.livemode : null;
	const hint = hintOfObject( object, {
		id: `${ uuid }.${ leaseNo }:${ object.id }`,
		type: `${ payload.mode === 'look' ? 'look' : 'reconcile' }.${ object.object }`,
		livemode,
	} );
	return hint && { ...hint, state: stateOf( object ), ...( payload.by_list ? moneyOf( object ) : {} ) };
}

function moneyOf( object: Watched ): Pick< Hint, 'amount' | 'currency' > {
	const amount = object.object === 'checkout.session' ? object.amount_total : object.amount;
	return { amount, currency: object.currency };
}
