import type { FastifyInstance } from 'fastify';
import { controlError } from '../../shared/app.ts';
import { render } from '../api/expand.ts';
import type { Context } from '../context.ts';
import { applyDispute, DISPUTE_STATES, type DisputeState } from '../outcomes/dispute.ts';
import { moveRefund, REFUND_STATES, type RefundState } from '../outcomes/refund.ts';
import { applyOutcome, expireOverdue, OUTCOMES, type Outcome } from '../outcomes/session.ts';
import type { RefundDefault } from '../store.ts';

const object = ( required: string[], properties: Record< string, unknown > ) => ( {
	schema: { body: { type: 'object', required, additionalProperties: false, properties } },
} );

const sessionBody = object( [ 'outcome' ], { outcome: { enum: OUTCOMES }, email: { type: 'string', minLength: 3 } } );
const disputeBody = object( [ 'payment_intent' ], {
	payment_intent: { type: 'string' },
	outcome: { enum: DISPUTE_STATES },
} );
const refundBody = object( [ 'status' ], { status: { enum: REFUND_STATES }, failure_reason: { type: 'string' } } );
const defaultBody = object( [ 'default_status' ], { default_status: { enum: [ 'succeeded', 'pending', 'failed' ] } } );

/** What buyers, banks and Stripe itself do, on request. */
export function addOutcomeRoutes( app: FastifyInstance, context: Context ): void {
	const { store } = context;

	app.post( '/_emulator/checkout/sessions/:id', sessionBody, async ( request ) => {
		const { outcome, email } = request.body as { outcome: Outcome; email?: string };
		const session = store.get( 'sessions', ( request.params as { id: string } ).id );
		if ( ! session ) {
			throw controlError( 404, 'There is no such session.' );
		}
		expireOverdue( context );
		return render( store, applyOutcome( context, session, outcome, email ), [] );
	} );

	app.post( '/_emulator/disputes', disputeBody, async ( request ) => {
		const { payment_intent, outcome } = request.body as { payment_intent: string; outcome?: DisputeState };
		if ( ! store.get( 'intents', payment_intent ) ) {
			throw controlError( 404, 'There is no such payment intent.' );
		}
		return applyDispute( context, payment_intent, outcome ?? 'needs_response' );
	} );

	app.post( '/_emulator/refunds/:id', refundBody, async ( request ) => {
		const { status, failure_reason } = request.body as { status: RefundState; failure_reason?: string };
		const refund = store.get( 'refunds', ( request.params as { id: string } ).id );
		if ( ! refund ) {
			throw controlError( 404, 'There is no such refund.' );
		}
		moveRefund( context, refund, status, failure_reason );
		return refund;
	} );

	app.post( '/_emulator/refunds', defaultBody, async ( request ) => {
		store.refundStatus = ( request.body as { default_status: RefundDefault } ).default_status;
		store.changed();
		return { default_status: store.refundStatus };
	} );
}
