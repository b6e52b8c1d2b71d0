import type Stripe from 'stripe';
import type { ResolveCommand, ResolveSnapshot } from '../contracts.generated.ts';
import { resultOf } from '../protocol/failure.ts';
import { stripeFailure } from '../stripe/errors.ts';
import { fetchPayment, type Payment } from '../stripe/fetch-payment.ts';
import { emailOf, mark, numberMark } from '../stripe/read.ts';
import type { Handler } from './context.ts';

/** Finds out whose payment something is that WordPress doesn't know. */
export const resolve: Handler< ResolveCommand > = async ( { payload }, { stripe } ) => {
	try {
		const payment = await fetchPayment( stripe, { ...payload, has_dispute: false, is_fee_known: true } );
		return { outcome: 'snapshot', snapshot: resolveSnapshot( payment ) };
	} catch ( error ) {
		return resultOf( stripeFailure( error ) );
	}
};

function resolveSnapshot( { session, intent }: Payment ): ResolveSnapshot {
	const metadata: Stripe.Metadata = { ...intent?.metadata, ...session?.metadata };
	return {
		type: 'resolve',
		smi_job: mark( metadata, 'smi_job' ),
		smi_site: mark( metadata, 'smi_site' ),
		session: session?.id ?? null,
		payment_intent: intent?.id ?? null,
		livemode: session?.livemode ?? intent?.livemode ?? false,
		attachment_id: numberMark( metadata, 'smi_attachment' ),
		post_id: numberMark( metadata, 'smi_post' ),
		resolution: mark( metadata, 'smi_resolution' ),
		amount_minor: session?.amount_subtotal ?? intent?.amount ?? null,
		currency: session?.currency ?? intent?.currency ?? null,
		email: emailOf( session ),
		created: session?.created ?? intent?.created ?? null,
		is_paid: intent?.status === 'succeeded' || session?.payment_status === 'paid',
	};
}
