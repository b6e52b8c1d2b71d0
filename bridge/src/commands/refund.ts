import Stripe from 'stripe';
import type { RefundCommand } from '../contracts.generated.ts';
import { resultOf } from '../protocol/failure.ts';
import type { Lease } from '../protocol/lease.ts';
import { stripeFailure } from '../stripe/errors.ts';
import { listRefunds } from '../stripe/fetch-payment.ts';
import { mark } from '../stripe/read.ts';
import type { Context, Handler } from './context.ts';

type Wish = RefundCommand[ 'payload' ];

/** As many keys as one refund may use up: each one means that Stripe broke on it before. */
const MOST_KEYS = 5;

/**
 * Returns money once. An idempotency key is forgotten after a day, so what Stripe already holds is looked at
 * first: the refund that carries our UUID is this one.
 */
export const refund: Handler< RefundCommand > = async ( { payload }, { stripe }, lease ) => {
	try {
		const id = ( await madeBefore( stripe, payload ) ) ?? ( await make( stripe, payload, lease ) );
		return { outcome: 'ok', provider_ids: { refund: id } };
	} catch ( error ) {
		return resultOf( stripeFailure( error ) );
	}
};

async function madeBefore( stripe: Context[ 'stripe' ], wish: Wish ): Promise< string | null > {
	const made = await listRefunds( stripe, wish.payment_intent );
	return made.find( ( one ) => mark( one.metadata, 'smi_refund' ) === wish.refund )?.id ?? null;
}

/**
 * Stripe keeps a 500 under its key and says it again for a day at least. Only such a replay, of an answer that is long over, lets the
 * next key be tried, and only when no refund of ours came of it. A fresh 500 tells nothing yet: that refund may still be made, so its
 * key stays. The keys follow one another from the row alone, so that two bridges try the same one.
 */
async function make( stripe: Context[ 'stripe' ], wish: Wish, lease: Lease ): Promise< string > {
	for ( let n = 1; ; n++ ) {
		lease.assertCanStart();
		try {
			const created = await stripe.refunds.create( parameters( wish ), { idempotencyKey: keyOf( wish, n ) } );
			return created.id;
		} catch ( error ) {
			if ( ! isReplayedFault( error ) || n === MOST_KEYS ) {
				throw error;
			}
		}
		const found = await madeBefore( stripe, wish );
		if ( found !== null ) {
			return found;
		}
	}
}

/** The key of the row, then `…-2`, `…-3`. */
function keyOf( wish: Wish, n: number ): string {
	return n === 1 ? wish.idempotency_key : `${ wish.idempotency_key }-${ n }`;
}

function isReplayedFault( error: unknown ): boolean {
	return (
		error instanceof Stripe.errors.StripeError &&
		( error.statusCode ?? 0 ) >= 500 &&
		error.headers?.[ 'idempotent-replayed' ] === 'true'
	);
}

/** From the row alone, and always with the amount: the same key must bring the same parameters. */
function parameters( payload: Wish ): Stripe.RefundCreateParams {
	return {
		payment_intent: payload.payment_intent,
		amount: payload.amount_minor,
		...( payload.reason === null ? {} : { reason: payload.reason as Stripe.RefundCreateParams.Reason } ),
		metadata: { ...payload.metadata, smi_refund: payload.refund },
	};
}
