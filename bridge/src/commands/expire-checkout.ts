import type { ExpireCheckoutCommand } from '../contracts.generated.ts';
import { resultOf } from '../protocol/failure.ts';
import type { Result } from '../protocol/result.ts';
import { isDefiniteNo, stripeFailure } from '../stripe/errors.ts';
import type { Context, Handler } from './context.ts';

/** Closes a checkout page. One that is already paid or expired is as good as closed: a refresh tells which. */
export const expireCheckout: Handler< ExpireCheckoutCommand > = async ( command, context, lease ) => {
	const { session } = command.payload;
	lease.assertCanStart();
	try {
		await context.stripe.checkout.sessions.expire( session );
		return { outcome: 'ok', provider_ids: { session } };
	} catch ( error ) {
		return isDefiniteNo( error ) ? unlessClosed( context, session, error ) : resultOf( stripeFailure( error ) );
	}
};

async function unlessClosed( { stripe }: Context, session: string, refusal: unknown ): Promise< Result > {
	try {
		const found = await stripe.checkout.sessions.retrieve( session );
		return found.status === 'open'
			? resultOf( stripeFailure( refusal ) )
			: { outcome: 'ok', provider_ids: { session } };
	} catch ( error ) {
		return resultOf( stripeFailure( error ) );
	}
}
