import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, CallLog } from './calls.ts';
import type { FaultEffect, FaultList } from './faults.ts';

declare module 'fastify' {
	interface FastifyRequest {
		emulatorCall: Call | null;
		emulatorEffect: FaultEffect | null;
	}
}

export interface TrafficOptions {
	calls: CallLog;
	faults: FaultList;
	isApi: ( url: string ) => boolean;
	/** The provider's own words for a status that a fault asked for without a body. */
	defaultBody: ( status: number ) => unknown;
	/** Milliseconds that an API call takes at least. */
	latencyMs?: () => number;
	/** What the provider answers instead of a status that a fault asked for; null for the fault itself. */
	insteadOfFault?: ( request: FastifyRequest, status: number, body: unknown ) => Answer | null;
}

export interface Answer {
	status: number;
	body: unknown;
	headers?: Record< string, string >;
}

function isControl( url: string ): boolean {
	return url.startsWith( '/_emulator' );
}

function record( request: FastifyRequest, calls: CallLog ): Call {
	return calls.add( {
		at: new Date().toISOString(),
		method: request.method,
		path: request.raw.url ?? '',
		idempotency_key: ( request.headers[ 'idempotency-key' ] as string | undefined ) ?? null,
		status: null,
		fault: null,
	} );
}

/** Answers or cuts the connection before any work, if the fault says so. */
async function applyBefore(
	effect: FaultEffect,
	request: FastifyRequest,
	reply: FastifyReply,
	{ defaultBody, insteadOfFault }: TrafficOptions
): Promise< void > {
	if ( 'status' in effect ) {
		const wanted = { status: effect.status, body: effect.body ?? defaultBody( effect.status ) };
		const {
			status,
			body,
			headers = {},
		} = insteadOfFault?.( request, wanted.status, wanted.body ) ?? ( wanted as Answer );
		const isText = typeof body === 'string';
		reply
			.code( status )
			.headers( headers )
			.header( 'content-type', isText ? 'text/html; charset=utf-8' : 'application/json' );
		await reply.send( isText ? body : JSON.stringify( body ) );
	} else if ( 'drop' in effect && effect.drop === 'before' ) {
		reply.hijack();
		request.raw.socket.destroy();
	}
}

/** Logs API calls and applies faults. Register it before the routes. */
export function watchTraffic( app: FastifyInstance, options: TrafficOptions ): void {
	app.decorateRequest( 'emulatorCall', null );
	app.decorateRequest( 'emulatorEffect', null );
	app.addHook( 'onRequest', async ( request ) => {
		const url = request.raw.url ?? '';
		if ( isControl( url ) ) {
			return;
		}
		const isApi = options.isApi( url );
		request.emulatorCall = isApi ? record( request, options.calls ) : null;
		request.emulatorEffect = options.faults.take( request.method, url, isApi );
		if ( request.emulatorCall ) {
			request.emulatorCall.fault = request.emulatorEffect;
		}
	} );
	// After the body was read: a client must not fail while it is still writing.
	app.addHook( 'preValidation', async ( request, reply ) => {
		if ( request.emulatorEffect ) {
			await applyBefore( request.emulatorEffect, request, reply, options );
		}
	} );
	// Later than the rest, so that a delayed request already holds its idempotency key.
	app.addHook( 'preHandler', async ( request ) => {
		const wait = request.emulatorCall ? ( options.latencyMs?.() ?? 0 ) : 0;
		const { emulatorEffect: effect } = request;
		const delay = wait + ( effect && 'delay_ms' in effect ? effect.delay_ms : 0 );
		if ( delay > 0 ) {
			await sleep( delay );
		}
	} );
	app.addHook( 'onSend', async ( request, reply, payload ) => {
		if ( request.emulatorCall ) {
			request.emulatorCall.status = reply.statusCode;
		}
		const effect = request.emulatorEffect;
		if ( effect && 'drop' in effect && effect.drop === 'after' ) {
			request.raw.socket.destroy();
		}
		return payload;
	} );
}
