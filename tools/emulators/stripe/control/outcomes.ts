import type { FastifyInstance } from 'fastify';
import { controlError } from '../../shared/app.ts';
import { render } from '../api/expand.ts';
import { worldWith, type Worlds } from '../context.ts';
import { applyDispute, DISPUTE_STATES, type DisputeState } from '../outcomes/dispute.ts';
import { moveRefund, REFUND_STATES, type RefundState } from '../outcomes/refund.ts';
import { closeReview, CLOSED_REASONS, type ClosedReason } from '../outcomes/review.ts';
import { applyOutcome, catchUp, OUTCOMES, type Outcome } from '../outcomes/session.ts';
import type { RefundDefault } from '../store.ts';

const object = ( required: string[], properties: Record< string, unknown > ) => ( {
	schema: { body: { type: 'object', required, additionalProperties: false, properties } },
} );

const sessionBody = object( [ 'outcome' ], { outcome: { enum: OUTCOMES }, email: { type: 'string', minLength: 3 } } );
const disputeBody = object( [ 'payment_intent' ], {
	payment_intent: { type: 'string' },
	outcome: { enum: DISPUTE_STATES },
	id: { type: 'string', pattern: '^dp_' },
	another: { type: 'boolean' },
	amount: { type: 'integer', minimum: 1 },
} );
const reviewBody = object( [ 'payment_intent' ], {
	payment_intent: { type: 'string' },
	reason: { enum: CLOSED_REASONS },
} );
const refundBody = object( [ 'status' ], { status: { enum: REFUND_STATES }, failure_reason: { type: 'string' } } );
const defaultBody = object( [ 'default_status' ], { default_status: { enum: [ 'succeeded', 'pending', 'failed' ] } } );

/** What buyers, banks and Stripe itself do, on request. */
export function addOutcomeRoutes( app: FastifyInstance, worlds: Worlds ): void {
	app.post( '/_emulator/checkout/sessions/:id', sessionBody, async ( request ) => {
		const { outcome, email } = request.body as { outcome: Outcome; email?: string };
		const { id } = request.params as { id: string };
		const context = worldWith( worlds, 'sessions', id );
		const session = context.store.get( 'sessions', id );
		if ( ! session ) {
			throw controlError( 404, 'There is no such session.' );
		}
		catchUp( context );
		return render( context.store, applyOutcome( context, session, outcome, email ), [] );
	} );

	app.post( '/_emulator/disputes', disputeBody, async ( request ) => {
		const { payment_intent, outcome, another, ...wish } = request.body as {
			payment_intent: string;
			outcome?: DisputeState;
			id?: string;
			another?: boolean;
			amount?: number;
		};
		const context = worldWith( worlds, 'intents', payment_intent );
		if ( ! context.store.get( 'intents', payment_intent ) ) {
			throw controlError( 404, 'There is no such payment intent.' );
		}
		return applyDispute( context, payment_intent, {
			status: outcome ?? 'needs_response',
			isAnother: another,
			...wish,
		} );
	} );

	app.post( '/_emulator/reviews', reviewBody, async ( request ) => {
		const { payment_intent, reason } = request.body as { payment_intent: string; reason?: ClosedReason };
		const context = worldWith( worlds, 'intents', payment_intent );
		const intent = context.store.get( 'intents', payment_intent );
		if ( ! intent ) {
			throw controlError( 404, 'There is no such payment intent.' );
		}
		return closeReview( context, intent, reason ?? 'approved' );
	} );

	app.post( '/_emulator/refunds/:id', refundBody, async ( request ) => {
		const { status, failure_reason } = request.body as { status: RefundState; failure_reason?: string };
		const { id } = request.params as { id: string };
		const context = worldWith( worlds, 'refunds', id );
		const refund = context.store.get( 'refunds', id );
		if ( ! refund ) {
			throw controlError( 404, 'There is no such refund.' );
		}
		moveRefund( context, refund, status, failure_reason );
		return refund;
	} );

	app.post( '/_emulator/refunds', defaultBody, async ( request ) => {
		const { default_status } = request.body as { default_status: RefundDefault };
		for ( const { store } of [ worlds.test, worlds.live ] ) {
			store.refundStatus = default_status;
			store.changed();
		}
		return { default_status };
	} );
}
