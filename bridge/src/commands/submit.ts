import type { SubmitCommand } from '../contracts.generated.ts';
import type { Lease } from '../protocol/lease.ts';
import { retryLater, type Result } from '../protocol/result.ts';
import type { Context, Handler } from './context.ts';
import { Turn } from './turn.ts';

/** Buys an upscale, at most once. The site is asked to begin just before the call; a turn that was not used is given back. */
export const submit: Handler< SubmitCommand > = async ( { payload, lease_no: leaseNo }, context, lease ) => {
	const turn = new Turn( context, payload.attempt, leaseNo );
	// Whatever may take time comes before: between the begin and the call a kill would leave a riddle.
	const refusal = ( await tooMany( context ) ) ?? tooLate( context, lease ) ?? ( await turn.begin( lease ) );
	if ( refusal ) {
		return refusal;
	}
	const late = tooLate( context, lease );
	const { result, isUsed } = late ? { result: late, isUsed: false } : await buy( payload, context );
	if ( ! isUsed ) {
		await turn.giveBack();
	}
	return result;
};

async function tooMany( { upscaler }: Context ): Promise< Result > {
	const waitS = await upscaler.placeToSubmit();
	const message = 'Too many pictures wait for the upscaler.';
	return waitS === null
		? null
		: { outcome: 'refused', error: { code: 'rate_limited', message, retry_after_s: waitS } };
}

function tooLate( { stopping }: Context, lease: Lease ): Result {
	if ( stopping?.aborted ) {
		return retryLater( 'stopping', 'The bridge is stopping.' );
	}
	return lease.leftMs > 0 ? null : retryLater( 'lease_ending', 'The lease is about to end.' );
}

/** @return The result, and whether the turn is used up: by a purchase, by one that nobody can rule out, or by a no that ends the attempt. */
async function buy(
	payload: SubmitCommand[ 'payload' ],
	{ upscaler, publicUrl }: Context
): Promise< { result: Result; isUsed: boolean } > {
	const webhook = publicUrl === null ? null : `${ publicUrl }/webhooks/upsampler/${ payload.token }`;
	const { image_url: imageUrl, input_type: inputImageType, factor: upscaleFactor } = payload;
	const bought = await upscaler.buy( { imageUrl, inputImageType, upscaleFactor }, webhook );
	if ( 'id' in bought ) {
		return { result: { outcome: 'ok', provider_ids: { upsampler: bought.id } }, isUsed: true };
	}
	const { kind, ...error } = bought.failure;
	const { mayBeBought } = bought;
	return {
		result: { outcome: mayBeBought ? 'retry' : 'refused', error },
		isUsed: mayBeBought || kind === 'definite',
	};
}
