import type Stripe from 'stripe';
import type { RefundCommand } from '../contracts.generated.ts';
import { stripeFailure } from '../stripe/errors.ts';
import { listRefunds } from '../stripe/fetch-payment.ts';
import { mark } from '../stripe/read.ts';
import type { Handler } from './context.ts';

/**
 * Returns money once. An idempotency key is forgotten after a day, so what Stripe already holds is looked at
 * first: the refund that carries our UUID is this one.
 */
export const refund: Handler< RefundCommand > = async ( { payload }, { stripe }, lease ) => {
	try {
		const made = await listRefunds( stripe, payload.payment_intent );
		const ours = made.find( ( one ) => mark( one.metadata, 'smi_refund' ) === payload.refund );
		if ( ours ) {
			return { outcome: 'ok', provider_ids: { refund: ours.id } };
		}
		lease.assertCanStart();
		const created = await stripe.refunds.create( parameters( payload ), {
			idempotencyKey: payload.idempotency_key,
		} );
		return { outcome: 'ok', provider_ids: { refund: created.id } };
	} catch ( error ) {
		return stripeFailure( error );
	}
};

/** From the row alone, and always with the amount: the same key must bring the same parameters. */
function parameters( payload: RefundCommand[ 'payload' ] ): Stripe.RefundCreateParams {
	return {
		payment_intent: payload.payment_intent,
		amount: payload.amount_minor,
		...( payload.reason === null ? {} : { reason: payload.reason as Stripe.RefundCreateParams.Reason } ),
		metadata: { ...payload.metadata, smi_refund: payload.refund },
	};
}
