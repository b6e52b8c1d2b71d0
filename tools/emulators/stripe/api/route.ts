import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseForm, type FormObject } from '../../shared/form.ts';
import type { Context } from '../context.ts';
import { StripeError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Keys } from '../keys.ts';
import { API_VERSION } from '../objects/versions.ts';
import { expireOverdue } from '../outcomes/session.ts';
import { render } from './expand.ts';
import { Idempotency, type Answer } from './idempotency.ts';
import { Params } from './params.ts';
import { checkRights } from './rights.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** The key that was accepted; empty before. */
		stripeKey: string;
	}
}

export interface ApiRequest {
	params: Params;
	/** The `{id}` in the path, or an empty string. */
	id: string;
	path: string;
}

export type ApiHandler = ( request: ApiRequest ) => object;
export type AddRoute = ( method: 'GET' | 'POST' | 'DELETE', path: string, handler: ApiHandler ) => void;

function queryOf( request: FastifyRequest ): FormObject {
	const [ , query = '' ] = ( request.raw.url ?? '' ).split( '?' );
	return parseForm( query );
}

function pathOf( request: FastifyRequest ): string {
	return ( request.raw.url ?? '' ).split( '?' )[ 0 ] ?? '';
}

function paramsOf( request: FastifyRequest ): Params {
	const body = request.method === 'POST' ? ( ( request.body as FormObject | undefined ) ?? {} ) : {};
	return new Params( { ...queryOf( request ), ...body } );
}

function failure( error: unknown ): { answer: Answer; isSaved: boolean } {
	if ( error instanceof StripeError ) {
		return { answer: { status: error.status, body: error.toJSON() }, isSaved: error.fields.isSaved !== false };
	}
	throw error;
}

/** Makes routes that behave as Stripe's do: keys, expansion, request ids, errors. */
export function apiRoutes( app: FastifyInstance, context: Context, keys: Keys ): AddRoute {
	const idempotency = new Idempotency( context.store, context.clock );
	idempotency.releaseUnfinished();

	app.addHook( 'preValidation', async ( request ) => {
		const { method } = request;
		const expand = paramsOf( request ).texts( 'expand' );
		checkRights( keys, request.stripeKey, { method, path: pathOf( request ), expand } );
	} );

	// Taken before a delaying fault waits, so that a second request meets a key in use.
	app.addHook( 'preValidation', async ( request, reply ) => {
		const key = keyOf( request );
		if ( key === null || reply.sent ) {
			return;
		}
		const saved = idempotency.begin( key, endpointOf( request ), canonical( request.body ) );
		if ( saved ) {
			reply.header( 'idempotent-replayed', 'true' ).code( saved.status );
			return reply.send( saved.body );
		}
	} );

	function run( request: FastifyRequest, handler: ApiHandler ): { answer: Answer; isSaved: boolean } {
		expireOverdue( context );
		const params = paramsOf( request );
		const { id = '' } = request.params as { id?: string };
		try {
			const expand = params.texts( 'expand' );
			const body = render( context.store, handler( { params, id, path: pathOf( request ) } ), expand );
			return { answer: { status: 200, body }, isSaved: true };
		} catch ( error ) {
			return failure( error );
		}
	}

	async function answer( request: FastifyRequest, reply: FastifyReply, handler: ApiHandler ): Promise< unknown > {
		const key = keyOf( request );
		context.events.cause = { id: String( reply.getHeader( 'request-id' ) ), idempotency_key: key };
		try {
			const result = run( request, handler );
			if ( key !== null ) {
				result.isSaved ? idempotency.save( key, result.answer ) : idempotency.release( key );
			}
			return reply.code( result.answer.status ).send( result.answer.body );
		} catch ( error ) {
			if ( key !== null ) {
				idempotency.release( key );
			}
			throw error;
		} finally {
			context.events.cause = null;
		}
	}

	return ( method, path, handler ) => {
		app.route( { method, url: path, handler: ( request, reply ) => answer( request, reply, handler ) } );
	};
}

/** The same parameters in another order are the same parameters. */
function canonical( value: unknown ): string {
	if ( value === null || typeof value !== 'object' ) {
		return JSON.stringify( value ?? null );
	}
	const entries = Object.entries( value ).toSorted( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) );
	return `{${ entries.map( ( [ key, child ] ) => `${ JSON.stringify( key ) }:${ canonical( child ) }` ).join() }}`;
}

function keyOf( request: FastifyRequest ): string | null {
	const key = request.headers[ 'idempotency-key' ];
	return request.method === 'POST' && typeof key === 'string' && key !== '' ? key : null;
}

function endpointOf( request: FastifyRequest ): string {
	return `${ request.method } ${ pathOf( request ) }`;
}

/** Headers that every answer of Stripe's API carries. */
export function stampHeaders( reply: FastifyReply ): void {
	reply.header( 'request-id', newId( 'req_' ) ).header( 'stripe-version', API_VERSION );
}
