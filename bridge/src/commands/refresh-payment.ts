import type { RefreshPaymentCommand } from '../contracts.generated.ts';
import { resultOf } from '../protocol/failure.ts';
import { stripeFailure } from '../stripe/errors.ts';
import { fetchPayment } from '../stripe/fetch-payment.ts';
import { paymentSnapshot } from '../stripe/payment-snapshot.ts';
import type { Handler } from './context.ts';

/** Fetches the truth about a payment. */
export const refreshPayment: Handler< RefreshPaymentCommand > = async ( { payload }, { stripe } ) => {
	if ( payload.session === null && payload.payment_intent === null ) {
		return {
			outcome: 'refused',
			error: { code: 'nothing_to_fetch', message: 'Neither a session nor a payment intent is known.' },
		};
	}
	try {
		return { outcome: 'snapshot', snapshot: paymentSnapshot( await fetchPayment( stripe, payload ) ) };
	} catch ( error ) {
		return resultOf( stripeFailure( error ) );
	}
};
