import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../shared/traffic.ts';
import type { Worlds } from '../context.ts';
import type { Keys } from '../keys.ts';
import { authenticate } from './auth.ts';
import { idempotencyKeyOf, pathOf, worldOf } from './route.ts';

/**
 * What Stripe answers where a fault asks for a status: an answer that was saved under the idempotency key comes again
 * whatever happens, and a 500 is itself saved, with nothing done. Other failures happen before Stripe gets that far.
 *
 * @return Null for the fault as it is.
 */
export function insteadOfFault(
	request: FastifyRequest,
	status: number,
	body: unknown,
	worlds: Worlds,
	keys: Keys
): Answer | null {
	const key = idempotencyKeyOf( request );
	if ( key === null ) {
		return null;
	}
	try {
		const caller = authenticate( request.headers.authorization, request.ip, keys );
		const { idempotency } = worldOf( worlds, caller );
		const saved = idempotency.begin( key, `${ request.method } ${ pathOf( request ) }`, request.body );
		if ( saved ) {
			return { ...saved, headers: { 'idempotent-replayed': 'true' } };
		}
		status === 500 ? idempotency.save( key, { status, body } ) : idempotency.release( key );
		return null;
	} catch {
		// A wrong or busy key: the fault comes first, as before.
		return null;
	}
}
