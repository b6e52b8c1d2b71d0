import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { commands } from './routes/commands.ts';
import { health } from './routes/health.ts';
import type { RouteParts } from './routes/parts.ts';
import { stripeWebhook } from './routes/stripe-webhook.ts';
import { upsamplerWebhook } from './routes/upsampler-webhook.ts';

const MOST_BODY = 1024 * 1024;

/** The bridge's HTTP side. It does not listen. */
export function buildApp( parts: RouteParts ): FastifyInstance {
	const app = Fastify( {
		loggerInstance: parts.log as FastifyBaseLogger,
		logController: new LogController( { disableRequestLogging: true } ),
		bodyLimit: MOST_BODY,
		forceCloseConnections: 'idle',
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
	for ( const route of [ stripeWebhook, upsamplerWebhook, commands, health ] ) {
		route( app, parts );
	}
	return app;
}
