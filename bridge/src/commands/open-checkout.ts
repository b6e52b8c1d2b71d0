import type Stripe from 'stripe';
import type { OpenCheckoutCommand } from '../contracts.generated.ts';
import { resultOf } from '../protocol/failure.ts';
import { stripeFailure } from '../stripe/errors.ts';
import { foreignTerm } from '../stripe/foreign-terms.ts';
import { idOf } from '../stripe/read.ts';
import type { Handler } from './context.ts';

/** Makes the session. All parameters and the key are fixed in the row, so doing it again brings the same session. */
export const openCheckout: Handler< OpenCheckoutCommand > = async ( command, { stripe }, lease ) => {
	const { session, idempotency_key: idempotencyKey, job_id: job } = command.payload;
	const foreign = foreignTerm( session, job );
	if ( foreign ) {
		const message = `The parameter ${ foreign } changes what a buyer pays or whose payment it is, so no payment page was made.`;
		return { outcome: 'refused', error: { code: 'session_not_allowed', message } };
	}
	lease.assertCanStart();
	try {
		const made = await stripe.checkout.sessions.create( session as Stripe.Checkout.SessionCreateParams, {
			idempotencyKey,
		} );
		const intent = idOf( made.payment_intent );
		const ids = {
			session: made.id,
			...( made.url ? { session_url: made.url } : {} ),
			...( intent ? { payment_intent: intent } : {} ),
		};
		return { outcome: 'ok', provider_ids: ids };
	} catch ( error ) {
		return resultOf( stripeFailure( error ) );
	}
};
