import type Stripe from 'stripe';
import type { Hint } from '../contracts.generated.ts';
import { idOf, mark } from './read.ts';

export type Watched = Stripe.Checkout.Session | Stripe.PaymentIntent | Stripe.Refund | Stripe.Charge | Stripe.Dispute;

type Whose = Pick< Hint, 'site' | 'job_id' | 'payment_intent' | 'session' >;

/**
 * A hint about one of Stripe's objects, or null when it cannot be ours: every session and intent of ours carries
 * the job's UUID, and what else there is hangs on an intent.
 */
export function hintOfObject(
	object: Watched,
	about: { id: string; type: string; livemode: boolean | null }
): Hint | null {
	const whose = whoseIs( object );
	const isMarked = object.object === 'checkout.session' || object.object === 'payment_intent';
	const isPossible = isMarked ? whose.job_id !== null : whose.payment_intent !== null;
	return isPossible ? { provider: 'stripe', ...about, ...whose } : null;
}

function whoseIs( object: Watched ): Whose {
	const isSession = object.object === 'checkout.session';
	const intent = object.object === 'payment_intent' ? object.id : idOf( object.payment_intent );
	return {
		site: mark( object.metadata, 'smi_site' ),
		job_id: mark( object.metadata, 'smi_job' ),
		payment_intent: intent,
		session: isSession ? object.id : null,
	};
}
