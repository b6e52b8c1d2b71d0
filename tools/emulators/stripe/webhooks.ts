import { createHmac } from 'node:crypto';
import type Stripe from 'stripe';
import type { Clock } from '../shared/clock.ts';
import { newId } from './ids.ts';
import { showAs } from './objects/by-version.ts';
import { thinEvent } from './objects/event.ts';
import { API_VERSION } from './objects/versions.ts';
import { buildEndpoint, isSubscribed } from './objects/webhook-endpoint.ts';
import type { StripeSettings } from './settings.ts';
import type { Delivery, EventRecord, Store } from './store.ts';

export interface WebhookSettings {
	/** Extra copies of each event. */
	duplicate: number;
	shuffle: boolean;
	/** Share of events that are never sent, 0..1. */
	drop: number;
	delay_ms: number;
	/** Send thin events instead of snapshots. */
	thin: boolean;
}

export const PLAIN: WebhookSettings = { duplicate: 0, shuffle: false, drop: 0, delay_ms: 0, thin: false };

/** The endpoint that was set at start; it takes every event, and can be changed and deleted like the others. */
export const CONFIGURED_ID = 'we_configured000000000000';

const MINUTE_S = 60;
const HOUR_S = 3600;
/** How long after each failed try the next one comes, and how long after all the others. */
const RETRIES = {
	quick: { first: [ 1, 2, 5, 10, 30 ], then: MINUTE_S },
	/** Live: for three days, ever more seldom. */
	live: { first: [ 5 * MINUTE_S, 30 * MINUTE_S, 2 * HOUR_S, 5 * HOUR_S, 10 * HOUR_S ], then: 12 * HOUR_S },
	/** Test mode: three times within hours, then no more. */
	test: { first: [ 5 * MINUTE_S, HOUR_S, 3 * HOUR_S ], then: null },
};
const GIVE_UP_S = 3 * 24 * 3600;
const TIMEOUT_MS = 20_000;
const SHUFFLE_WITHIN_MS = 600;
/** Longer ones, setTimeout would run at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** `Stripe-Signature` for a body: one `v1` for each secret, as while a secret rotates. */
export function signatureHeader( body: string, secrets: string, timestamp: number ): string {
	const sign = ( secret: string ) =>
		createHmac( 'sha256', secret.trim() ).update( `${ timestamp }.${ body }` ).digest( 'hex' );
	return [ `t=${ timestamp }`, ...secrets.split( ',' ).map( ( secret ) => `v1=${ sign( secret ) }` ) ].join( ',' );
}

/** An event as an endpoint is shown it: in the endpoint's own version, if it has one. */
function snapshotFor( record: EventRecord, endpoint: Stripe.WebhookEndpoint, store: Store ): Stripe.Event {
	const api_version = endpoint.api_version ?? record.event.api_version ?? API_VERSION;
	const copy = structuredClone( { ...record.event, api_version } );
	showAs( api_version, copy, store.look );
	return copy;
}

/** Sends signed events to every endpoint that wants them, and tries again until they are acknowledged. */
export class WebhookSender {
	settings: WebhookSettings = { ...PLAIN };
	private readonly timers = new Map< string, NodeJS.Timeout >();
	private isStopped = false;

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly howItBehaves: () => Pick< StripeSettings, 'webhook_retries' >,
		url: string | undefined,
		secrets: string
	) {
		this.configure( url, secrets );
	}

	/** Takes up what an earlier run of the process left undelivered. */
	resume(): void {
		for ( const delivery of this.store.all( 'deliveries' ) ) {
			this.schedule( delivery );
		}
	}

	send( record: EventRecord ): void {
		const { settings } = this;
		if ( this.isStopped ) {
			return;
		}
		for ( const endpoint of this.store.all( 'endpoints' ) ) {
			if ( ! isSubscribed( endpoint, record.event.type ) || Math.random() < settings.drop ) {
				continue;
			}
			for ( let copy = 0; copy <= settings.duplicate; copy++ ) {
				this.enqueue( record, endpoint.id, settings );
			}
		}
	}

	private configure( url: string | undefined, secret: string ): void {
		const known = this.store.get( 'endpoints', CONFIGURED_ID );
		const wasDeleted = ! known && this.store.get( 'secrets', CONFIGURED_ID ) !== undefined;
		if ( url === undefined ) {
			this.store.delete( 'endpoints', CONFIGURED_ID );
			this.store.delete( 'secrets', CONFIGURED_ID );
			return;
		}
		if ( wasDeleted ) {
			return;
		}
		const made = buildEndpoint( {
			id: CONFIGURED_ID,
			created: this.clock.seconds(),
			url,
			enabled_events: [ '*' ],
			api_version: null,
			description: 'Set when the emulator was started',
			metadata: {},
		} );
		this.store.put( 'endpoints', known ? { ...known, url } : made );
		this.store.put( 'secrets', { id: CONFIGURED_ID, secret } );
	}

	stop(): void {
		this.isStopped = true;
		for ( const timer of this.timers.values() ) {
			clearTimeout( timer );
		}
		this.timers.clear();
	}

	private enqueue( record: EventRecord, endpointId: string, settings: WebhookSettings ): void {
		const jitter = settings.shuffle ? Math.random() * SHUFFLE_WITHIN_MS : 0;
		const delivery: Delivery = {
			id: newId( 'whd_' ),
			eventId: record.id,
			endpointId,
			thin: settings.thin,
			attempt: 0,
			dueAt: this.clock.ms() + settings.delay_ms + jitter,
			dueOffset: this.clock.offsetS,
			since: this.clock.seconds(),
			born: this.clock.offsetS,
		};
		record.event.pending_webhooks++;
		this.schedule( this.store.put( 'deliveries', delivery ) );
	}

	/** Brings on what the clock's new time makes due. */
	reschedule(): void {
		for ( const delivery of this.store.all( 'deliveries' ) ) {
			const timer = this.timers.get( delivery.id );
			if ( timer !== undefined ) {
				clearTimeout( timer );
				this.schedule( delivery );
			}
		}
	}

	private schedule( delivery: Delivery ): void {
		if ( this.isStopped ) {
			return;
		}
		const agedMs = ( this.clock.offsetS - ( delivery.dueOffset ?? this.clock.offsetS ) ) * 1000;
		const wait = Math.min( LONGEST_TIMER_MS, Math.max( 0, delivery.dueAt - agedMs - this.clock.ms() ) );
		const timer = setTimeout( () => {
			this.timers.delete( delivery.id );
			void this.attempt( delivery );
		}, wait );
		timer.unref();
		this.timers.set( delivery.id, timer );
	}

	private async attempt( delivery: Delivery ): Promise< void > {
		const record = this.store.get( 'events', delivery.eventId );
		// One from a state of earlier days names no endpoint: there was one only.
		const endpoint = this.store.get( 'endpoints', delivery.endpointId ?? CONFIGURED_ID );
		const isTooOld = this.clock.secondsFor( delivery.born ) - delivery.since > GIVE_UP_S;
		if ( ! record || ! endpoint || isTooOld || ( await this.post( record, endpoint, delivery.thin ) ) ) {
			this.finish( delivery, record );
			return;
		}
		const wait = this.waitAfter( delivery.attempt++ );
		if ( wait === null ) {
			this.finish( delivery, record );
			return;
		}
		delivery.dueAt = this.clock.ms() + wait * 1000;
		delivery.dueOffset = this.clock.offsetS;
		this.store.changed();
		this.schedule( delivery );
	}

	/** Seconds until the next try; null if there is none. */
	private waitAfter( attempt: number ): number | null {
		const mode = this.store.livemode ? 'live' : 'test';
		const { first, then } = RETRIES[ this.howItBehaves().webhook_retries === 'quick' ? 'quick' : mode ];
		return first[ attempt ] ?? then;
	}

	private finish( delivery: Delivery, record: EventRecord | undefined ): void {
		this.timers.delete( delivery.id );
		if ( record ) {
			record.event.pending_webhooks = Math.max( 0, record.event.pending_webhooks - 1 );
		}
		this.store.delete( 'deliveries', delivery.id );
	}

	private async post( record: EventRecord, endpoint: Stripe.WebhookEndpoint, thin: boolean ): Promise< boolean > {
		const snapshot = snapshotFor( record, endpoint, this.store );
		const body = JSON.stringify( thin ? thinEvent( record ) : snapshot, null, 2 );
		const secret = this.store.get( 'secrets', endpoint.id )?.secret ?? '';
		// Signatures keep real time, whatever the emulator's clock was told.
		const headers = {
			'content-type': 'application/json; charset=utf-8',
			'user-agent': 'Stripe/1.0 (+https://docs.stripe.com/webhooks; emulator)',
			'stripe-signature': signatureHeader( body, secret, Math.floor( Date.now() / 1000 ) ),
		};
		try {
			const signal = AbortSignal.timeout( TIMEOUT_MS );
			const response = await fetch( endpoint.url, {
				method: 'POST',
				headers,
				body,
				redirect: 'manual',
				signal,
			} );
			await response.arrayBuffer();
			return response.ok;
		} catch {
			return false;
		}
	}
}
