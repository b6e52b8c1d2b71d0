import type Stripe from 'stripe';
import type { Hint, ReconcileCommand } from '../contracts.generated.ts';
import { stripeFailure } from '../stripe/errors.ts';
import { EVENT_TYPES } from '../stripe/event-types.ts';
import { hintOfEvent } from '../stripe/hint-of-event.ts';
import { hintOfObject, type Watched } from '../stripe/hint-of-object.ts';
import { SiteUnreachable } from '../wordpress/errors.ts';
import { retryLater, type Handler } from './context.ts';

/** What is written at Stripe while we list may be missed, so the next run begins a little earlier. */
const OVERLAP_S = 60;
const PAGE = 100;

type Found = { hint: Hint | null };

/**
 * Looks through what happened at Stripe since a moment, and hints at all of it. Objects are the truth (events
 * may be missing, and reach back 30 days only); events are the cheap way while no webhook can reach us.
 */
export const reconcile: Handler< ReconcileCommand > = async ( command, { stripe, inbox } ) => {
	const { mode, since } = command.payload;
	const cursor = Math.floor( Date.now() / 1000 ) - OVERLAP_S;
	const run = `${ command.uuid }.${ command.lease_no }`;
	try {
		const seen = await handOver(
			mode === 'events' ? events( stripe, since ) : objects( stripe, since, run ),
			( some ) => inbox.addAll( some )
		);
		return { outcome: 'snapshot', snapshot: { type: 'reconcile', cursor, seen } };
	} catch ( error ) {
		return error instanceof SiteUnreachable
			? retryLater( 'site_unreachable', error.message )
			: stripeFailure( error );
	}
};

/** Hands hints over a hundred at a time, each hundred committed before the next; how many things were seen. */
async function handOver(
	found: AsyncIterable< Found >,
	send: ( hints: Hint[] ) => Promise< void >
): Promise< number > {
	let seen = 0;
	let waiting: Hint[] = [];
	for await ( const { hint } of found ) {
		seen++;
		if ( hint !== null && waiting.push( hint ) >= PAGE ) {
			await send( waiting );
			waiting = [];
		}
	}
	await send( waiting );
	return seen;
}

async function* events( stripe: Stripe, since: number ): AsyncGenerator< Found > {
	const query = { created: { gte: since }, types: [ ...EVENT_TYPES ], limit: PAGE };
	for await ( const event of stripe.events.list( query ) ) {
		yield { hint: await hintOfEvent( event, stripe ) };
	}
}

async function* objects( stripe: Stripe, since: number, run: string ): AsyncGenerator< Found > {
	const query = { created: { gte: since }, limit: PAGE };
	const lists: AsyncIterable< Watched >[] = [
		stripe.checkout.sessions.list( query ),
		stripe.refunds.list( query ),
		stripe.disputes.list( query ),
	];
	for ( const list of lists ) {
		for await ( const object of list ) {
			yield { hint: hintOfObject( object, about( object, run ) ) };
		}
	}
}

/** The id is this run's own: a hint that was seen yesterday must count again today. */
function about( object: Watched, run: string ): { id: string; type: string; livemode: boolean | null } {
	const livemode = 'livemode' in object ? object.livemode : null;
	return { id: `${ run }:${ object.id }`, type: `reconcile.${ object.object }`, livemode };
}
