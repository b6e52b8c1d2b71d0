import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { notReady } from '../last-sync.ts';
import { VERSION } from '../version.ts';
import type { RouteParts } from './parts.ts';

/**
 * `/healthz` (alive), `/readyz` (syncs go through, or why not) and `/metrics` (with its token; without one set, there
 * is none).
 */
export function health( app: FastifyInstance, parts: RouteParts ): void {
	app.get( '/healthz', async () => ( { ok: true, service: 'smi-bridge', version: VERSION } ) );
	app.get( '/readyz', async ( _request, reply ) => {
		const reason = notReady( parts.identity.hello !== null, parts.lastSync );
		return reason === null ? reply.send( { ready: true } ) : reply.code( 503 ).send( { ready: false, reason } );
	} );
	app.get( '/metrics', async ( request, reply ) => {
		const token = parts.config.metricsToken;
		if ( token === null ) {
			return reply
				.code( 404 )
				.send( { code: 'smi_bridge_not_found', message: 'Set SMI_METRICS_TOKEN to have metrics.' } );
		}
		if ( ! isSame( request.headers.authorization ?? '', `Bearer ${ token }` ) ) {
			return reply
				.code( 401 )
				.send( { code: 'smi_bridge_unauthorized', message: 'The token is missing or wrong.' } );
		}
		const text = await parts.metrics.registry.metrics();
		return reply.type( parts.metrics.registry.contentType ).send( text );
	} );
}

function isSame( left: string, right: string ): boolean {
	const a = Buffer.from( left );
	const b = Buffer.from( right );
	return a.length === b.length && timingSafeEqual( a, b );
}
