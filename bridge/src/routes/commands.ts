import type { FastifyInstance, FastifyReply } from 'fastify';
import { misfit, payloadMisfit } from '../contracts.ts';
import type { PushRequest, Report } from '../contracts.generated.ts';
import { jsonObject } from '../json.ts';
import { isSigned } from '../signing.ts';
import type { RouteParts } from './parts.ts';

const ROUTE = '/commands';
/** WordPress waits 5 s. */
const ANSWER_LIMIT_MS = 4_500;
/** A push spent some of its lease on the way. */
const TRAVEL_MS = 5_000;
/** Only what Stripe alone answers, and a buyer waits for. */
const PUSHED = [ 'open_checkout', 'expire_checkout' ];

/** `POST /commands`: what WordPress pushes so that a buyer need not wait for the next sync. Empty body: a nudge. */
export function commands( app: FastifyInstance, parts: RouteParts ): void {
	app.post( ROUTE, async ( request, reply ) => {
		const body = Buffer.isBuffer( request.body ) ? request.body : Buffer.alloc( 0 );
		if ( ! ( await isSigned( parts.config.site, 'POST', ROUTE, body, request.headers ) ) ) {
			return no(
				reply,
				401,
				'smi_bridge_unsigned',
				'The signature is missing, not ours, or older than five minutes.'
			);
		}
		if ( body.length === 0 ) {
			parts.wake();
			return reply.code( 202 ).send( {} );
		}
		return carryOut( jsonObject( body.toString( 'utf8' ) ), reply, parts );
	} );
}

async function carryOut( body: object | null, reply: FastifyReply, parts: RouteParts ): Promise< FastifyReply > {
	if ( parts.identity.site === null ) {
		return no( reply, 503, 'smi_bridge_not_ready', 'The bridge has not heard from the site yet.' );
	}
	const fault = faultOf( body );
	if ( fault !== null ) {
		return no( reply, 400, 'smi_bridge_bad_push', fault );
	}
	const push = body as PushRequest;
	if ( ! parts.identity.isSame( push.site ) ) {
		return no(
			reply,
			409,
			'smi_bridge_other_site',
			'This bridge works for another site, or for this one under another address.'
		);
	}
	const report = await inTime( parts.worker.report( push.command, performance.now() - TRAVEL_MS ), parts );
	return report
		? reply.send( report )
		: no( reply, 504, 'smi_bridge_late', 'Stripe did not answer in time; the report follows.' );
}

/** What is wrong with a push, as a sentence. */
function faultOf( body: object | null ): string | null {
	const kind = ( body as PushRequest | null )?.command?.kind;
	if ( ! PUSHED.includes( kind ?? '' ) ) {
		return 'Only open_checkout and expire_checkout can be pushed.';
	}
	const push = body as PushRequest;
	const fault = misfit( 'PushRequest', push ) ?? payloadMisfit( push.command );
	return fault === null ? null : `The push does not keep its contract: ${ fault }.`;
}

/** The report, or null when it is late: then it goes with the next sync, since its ids are worth keeping. */
async function inTime( work: Promise< Report | null >, { outbox }: RouteParts ): Promise< Report | null > {
	let isLate = false;
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise< null >( ( go ) => {
		timer = setTimeout( () => ( ( isLate = true ), go( null ) ), ANSWER_LIMIT_MS );
	} );
	void work.then( ( report ) => {
		clearTimeout( timer );
		if ( isLate && report ) {
			outbox.add( report );
		}
	} );
	return Promise.race( [ work, late ] );
}

function no( reply: FastifyReply, status: number, code: string, message: string ): FastifyReply {
	return reply.code( status ).send( { code, message, data: { status } } );
}
