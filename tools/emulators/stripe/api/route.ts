import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseForm, type FormObject } from '../../shared/form.ts';
import type { Context, Worlds } from '../context.ts';
import { StripeError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Keys } from '../keys.ts';
import { showAs } from '../objects/by-version.ts';
import { isKnownVersion } from '../objects/versions.ts';
import { catchUp } from '../outcomes/session.ts';
import type { Caller } from './auth.ts';
import { render } from './expand.ts';
import type { Answer } from './idempotency.ts';
import { Params } from './params.ts';
import { checkRights } from './rights.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Null until the key was accepted. */
		stripeCaller: Caller | null;
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

interface Result {
	answer: Answer;
	isSaved: boolean;
}

export function pathOf( request: FastifyRequest ): string {
	return ( request.raw.url ?? '' ).split( '?' )[ 0 ] ?? '';
}

function paramsOf( request: FastifyRequest ): Params {
	const [ , query = '' ] = ( request.raw.url ?? '' ).split( '?' );
	const body = request.method === 'POST' ? ( ( request.body as FormObject | undefined ) ?? {} ) : {};
	return new Params( { ...parseForm( query ), ...body } );
}

/** The request's idempotency key; reading needs none. */
export function idempotencyKeyOf( request: FastifyRequest ): string | null {
	const key = request.headers[ 'idempotency-key' ];
	return request.method === 'POST' && typeof key === 'string' && key !== '' ? key : null;
}

export function worldOf( worlds: Worlds, caller: Caller | null ): Context {
	return caller?.livemode ? worlds.live : worlds.test;
}

/** Says so where only the mode is wrong. */
function explained( error: StripeError, context: Context, worlds: Worlds ): StripeError {
	const other = context.store.livemode ? worlds.test : worlds.live;
	if ( error.fields.missingId === undefined || ! other.store.has( error.fields.missingId ) ) {
		return error;
	}
	const [ here, there ] = context.store.livemode ? [ 'live', 'test' ] : [ 'test', 'live' ];
	return error.saying(
		`; a similar object exists in ${ there } mode, but a ${ here } mode key was used to make this request.`
	);
}

/** The version that a request asks for, else the account's own. @throws StripeError 400 for one that never was */
function versionOf( request: FastifyRequest, context: Context ): string {
	const asked = request.headers[ 'stripe-version' ];
	if ( typeof asked !== 'string' || asked === '' ) {
		return context.settings().api_version;
	}
	if ( ! isKnownVersion( asked ) ) {
		throw new StripeError(
			400,
			`Invalid Stripe API version: ${ asked }. The versions that there are, are listed at https://docs.stripe.com/upgrades.`,
			{ isSaved: false }
		);
	}
	return asked;
}

function run( request: FastifyRequest, handler: ApiHandler, context: Context, worlds: Worlds ): Result {
	catchUp( context );
	const params = paramsOf( request );
	const { id = '' } = request.params as { id?: string };
	try {
		const expand = params.texts( 'expand' );
		const { store } = context;
		const body = render( store, handler( { params, id, path: pathOf( request ) } ), expand );
		showAs( versionOf( request, context ), body, store.look );
		return { answer: { status: 200, body }, isSaved: true };
	} catch ( error ) {
		if ( ! ( error instanceof StripeError ) ) {
			throw error;
		}
		const { status } = error;
		const body = explained( error, context, worlds ).toJSON();
		return { answer: { status, body }, isSaved: error.fields.isSaved !== false };
	}
}

function answer( request: FastifyRequest, reply: FastifyReply, handler: ApiHandler, worlds: Worlds ): unknown {
	const context = worldOf( worlds, request.stripeCaller );
	const { idempotency } = context;
	const key = idempotencyKeyOf( request );
	context.events.cause = { id: String( reply.getHeader( 'request-id' ) ), idempotency_key: key };
	try {
		const result = run( request, handler, context, worlds );
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

/** Makes routes that behave as Stripe's do: keys, rights, modes, expansion, request ids, errors. */
export function apiRoutes(
	app: FastifyInstance,
	worlds: Worlds,
	keys: Keys,
	define: ( add: AddRoute, context: Context ) => void
): void {
	app.addHook( 'preValidation', async ( request, reply ) => {
		const { method, stripeCaller } = request;
		reply.header( 'stripe-version', versionOf( request, worldOf( worlds, stripeCaller ) ) );
		const expand = paramsOf( request ).texts( 'expand' );
		checkRights( keys, stripeCaller?.key ?? '', { method, path: pathOf( request ), expand } );
	} );

	// Taken before a delaying fault waits, so that a second request meets a key in use.
	app.addHook( 'preValidation', async ( request, reply ) => {
		const key = idempotencyKeyOf( request );
		if ( key === null || reply.sent ) {
			return;
		}
		const { idempotency } = worldOf( worlds, request.stripeCaller );
		const saved = idempotency.begin( key, `${ request.method } ${ pathOf( request ) }`, request.body );
		if ( saved ) {
			reply.header( 'idempotent-replayed', 'true' ).code( saved.status );
			return reply.send( saved.body );
		}
	} );

	const handlers = { test: new Map< string, ApiHandler >(), live: new Map< string, ApiHandler >() };
	define( ( method, url, handler ) => {
		handlers.test.set( `${ method } ${ url }`, handler );
		app.route( {
			method,
			url,
			handler: async ( request, reply ) => {
				const mode = request.stripeCaller?.livemode ? 'live' : 'test';
				return answer( request, reply, handlers[ mode ].get( `${ method } ${ url }` ) ?? handler, worlds );
			},
		} );
	}, worlds.test );
	define( ( method, url, handler ) => handlers.live.set( `${ method } ${ url }`, handler ), worlds.live );
}

/** Headers that every answer of Stripe's API carries. */
export function stampHeaders( reply: FastifyReply ): void {
	reply.header( 'request-id', newId( 'req_' ) );
}
