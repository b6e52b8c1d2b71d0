import type { Socket } from 'node:net';
import Fastify, {
	LogController,
	type FastifyBaseLogger,
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
} from 'fastify';
import type { Log } from './log.ts';
import { commands } from './routes/commands.ts';
import { health } from './routes/health.ts';
import type { RouteParts } from './routes/parts.ts';
import { stripeWebhook } from './routes/stripe-webhook.ts';
import { upsamplerWebhook } from './routes/upsampler-webhook.ts';

const MOST_BODY = 1024 * 1024;
/** For a whole request to arrive: Stripe gives up sooner, and a connection that only waits costs memory. */
const REQUEST_MS = 30_000;

/** The bridge's HTTP side. It does not listen. */
export function buildApp( parts: RouteParts ): FastifyInstance {
	const app = Fastify( {
		loggerInstance: parts.log as FastifyBaseLogger,
		logController: new LogController( { disableRequestLogging: true } ),
		bodyLimit: MOST_BODY,
		requestTimeout: REQUEST_MS,
		forceCloseConnections: 'idle',
		// The framework's own words quote the address, which may hold a token.
		frameworkErrors: ( _error, _request, reply ) => badAddress( reply as unknown as FastifyReply ),
		clientErrorHandler: ( error, socket ) => refuseBytes( error, socket, parts.log ),
	} );
	// Signatures are over the bytes as they came, so every body stays bytes.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser( '*', { parseAs: 'buffer' }, ( _request, body, done ) => done( null, body ) );
	app.setErrorHandler( ( error: FastifyError, _request, reply ) => {
		const status = error.statusCode ?? 500;
		if ( status >= 500 ) {
			parts.log.error( error );
		}
		const message = status >= 500 ? 'Something broke in the bridge; nothing was lost.' : error.message;
		return reply.code( status ).send( { code: 'smi_bridge_error', message, data: { status } } );
	} );
	app.setNotFoundHandler( ( _request, reply ) =>
		reply
			.code( 404 )
			.send( { code: 'smi_bridge_not_found', message: 'There is nothing here.', data: { status: 404 } } )
	);
	// Without a secret nobody could say what is Stripe's: then there is no such route.
	const forStripe = parts.config.stripeWebhookSecrets.length > 0 ? [ stripeWebhook ] : [];
	for ( const route of [ ...forStripe, upsamplerWebhook, commands, health ] ) {
		route( app, parts );
	}
	return app;
}

function badAddress( reply: FastifyReply ): FastifyReply {
	return reply
		.code( 400 )
		.send( { code: 'smi_bridge_error', message: 'This is no address.', data: { status: 400 } } );
}

/** What is no HTTP gets a bare answer. Its bytes, which the error carries, are nobody's business. */
function refuseBytes( error: Error & { code?: string }, socket: Socket, log: Log ): void {
	log.trace( { code: error.code }, 'A request could not be read.' );
	if ( socket.writable && error.code !== 'ECONNRESET' ) {
		const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
		socket.write( `HTTP/1.1 ${ status }\r\nContent-Length: 0\r\nConnection: close\r\n\r\n` );
	}
	socket.destroy();
}
