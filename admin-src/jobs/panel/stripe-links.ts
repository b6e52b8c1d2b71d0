import type { JobDetail } from '../../api/contracts.generated';

/** Stripe's dashboard, in the mode that the job was paid in. */
function dashboard( { livemode }: JobDetail, path: string ): string {
	return `https://dashboard.stripe.com/${ livemode ? '' : 'test/' }${ path }`;
}

export const refundUrl = ( job: JobDetail, id: string ): string =>
	dashboard( job, `refunds/${ encodeURIComponent( id ) }` );

/**
 * Everything that Stripe has of this customer. A job knows an e-mail, not Stripe's
 * number of the customer, which guests do not even have.
 *
 * @param job The job.
 */
export const customerUrl = ( job: JobDetail ): string | null =>
	job.email && job.stripe_payment_intent_id
		? dashboard( job, `search?query=${ encodeURIComponent( job.email ) }` )
		: null;

/**
 * The dispute itself where its number is known, by the log at least, else the payment it is about.
 *
 * @param job The job.
 */
export function disputeUrl( job: JobDetail ): string | null {
	const id = job.dispute_id ?? job.events.filter( ( { type, ref } ) => type === 'dispute' && ref ).at( -1 )?.ref;
	return id ? dashboard( job, `disputes/${ encodeURIComponent( id ) }` ) : job.stripe_url;
}
