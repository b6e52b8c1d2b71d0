import type { FastifyInstance, FastifyRequest } from 'fastify';
import { attemptOfToken } from '../attempt-token.ts';
import type { Hint } from '../contracts.generated.ts';
import { jsonObject } from '../json.ts';
import { handOver } from './hand-over.ts';
import type { RouteParts } from './parts.ts';

/** What an id at the upscaler looks like. Anything else is not handed on. */
const PROVIDER_ID = /^[\w-]{1,191}$/;

/** A few fields, and a stranger may send them. */
const MOST_BODY = 64 * 1024;

type Call = FastifyRequest< { Params: { token: string } } >;

/**
 * `GET|POST /webhooks/upsampler/{attempt token}`. The token proves whose attempt it is; what the body claims is only a hint to look at
 * that attempt. Without such a token there is nothing here.
 */
export function upsamplerWebhook( app: FastifyInstance, parts: RouteParts ): void {
	app.route< { Params: { token: string } } >( {
		method: [ 'GET', 'POST' ],
		url: '/webhooks/upsampler/:token',
		exposeHeadRoute: false,
		bodyLimit: MOST_BODY,
		handler: async ( request, reply ) => {
			const attempt = attemptOfToken( request.params.token, parts.config.site );
			if ( attempt === null ) {
				const message = 'No such webhook.';
				return reply.code( 404 ).send( { code: 'smi_bridge_not_found', message, data: { status: 404 } } );
			}
			const done = parts.metrics.webhooks.startTimer( { provider: 'upsampler' } );
			const status = await handOver( hintOf( attempt, request ), 'other', parts );
			done( { status } );
			return reply.code( status ).send( { received: status === 200 } );
		},
	} );
}

function hintOf( attempt: string, request: Call ): Hint {
	const body = Buffer.isBuffer( request.body ) ? jsonObject( request.body.toString( 'utf8' ) ) : null;
	const said = { ...( request.query as Record< string, unknown > ), ...body };
	const id = String( said[ 'id' ] ?? '' );
	const status = String( said[ 'status' ] ?? 'unknown' ).toLowerCase();
	const type = `upscale.${ status.replace( /[^a-z_]/g, '' ) }`.slice( 0, 100 );
	return {
		// Not the token: it is a secret, and this goes into a log. The same word said again while it waits is one hint.
		id: `upsampler:${ attempt }:${ type }`,
		provider: 'upsampler',
		type,
		livemode: null,
		attempt_token: request.params.token,
		provider_id: PROVIDER_ID.test( id ) ? id : null,
	};
}
