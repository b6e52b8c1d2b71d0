import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Hint } from '../contracts.generated.ts';
import { jsonObject } from '../http.ts';
import { handOver } from './hand-over.ts';
import type { RouteParts } from './parts.ts';

const TOKEN = /^[A-Za-z0-9_-]{8,128}$/;
/** A few fields, and a stranger may send them. */
const MOST_BODY = 64 * 1024;

type Call = FastifyRequest< { Params: { token: string } } >;

/**
 * `GET|POST /webhooks/upsampler/{attempt token}`. Unsigned: whatever it claims, it is only a hint to look at
 * the attempt that has this token.
 */
export function upsamplerWebhook( app: FastifyInstance, parts: RouteParts ): void {
	app.route< { Params: { token: string } } >( {
		method: [ 'GET', 'POST' ],
		url: '/webhooks/upsampler/:token',
		exposeHeadRoute: false,
		bodyLimit: MOST_BODY,
		handler: async ( request, reply ) => {
			if ( ! TOKEN.test( request.params.token ) ) {
				return reply.code( 404 ).send( { code: 'smi_bridge_not_found', message: 'No such webhook.' } );
			}
			const done = parts.metrics.webhooks.startTimer( { provider: 'upsampler' } );
			const status = await handOver( hintOf( request ), parts );
			done( { status } );
			return reply.code( status ).send( { received: status === 200 } );
		},
	} );
}

function hintOf( request: Call ): Hint {
	const body = Buffer.isBuffer( request.body ) ? jsonObject( request.body.toString( 'utf8' ) ) : null;
	const said = { ...( request.query as Record< string, unknown > ), ...body };
	const id = said[ 'id' ];
	return {
		// Not the token: it is a secret, and this goes into a log.
		id: `upsampler:${ randomUUID() }`,
		provider: 'upsampler',
		type: `upscale.${ String( said[ 'status' ] ?? 'unknown' )
			.toLowerCase()
			.replace( /[^a-z_]/g, '' ) }`.slice( 0, 100 ),
		livemode: null,
		attempt_token: request.params.token,
		provider_id: typeof id === 'string' || typeof id === 'number' ? String( id ).slice( 0, 191 ) : null,
	};
}
