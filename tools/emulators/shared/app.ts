import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';

/** A Fastify application that checks control bodies strictly and says plainly what is wrong. */
export function createApp(): FastifyInstance {
	const app = Fastify( {
		logger: false,
		bodyLimit: 64 * 1024 * 1024,
		forceCloseConnections: true,
		ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
	} );
	app.removeContentTypeParser( 'application/json' );
	app.addContentTypeParser( 'application/json', { parseAs: 'string' }, ( _request, body, done ) => {
		try {
			done( null, body === '' ? undefined : JSON.parse( String( body ) ) );
		} catch {
			done( Object.assign( new Error( 'The body is not valid JSON.' ), { statusCode: 400 } ), undefined );
		}
	} );
	app.setErrorHandler( ( error: FastifyError, _request, reply ) => {
		reply.code( error.statusCode ?? 500 ).send( { error: { message: error.message } } );
	} );
	return app;
}

/** An error that a control route answers with. */
export function controlError( statusCode: number, message: string ): Error {
	return Object.assign( new Error( message ), { statusCode } );
}
