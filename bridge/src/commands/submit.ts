import type { SubmitCommand } from '../contracts.generated.ts';
import { jsonObject } from '../json.ts';
import { NotSentError, retryAfter, type HttpAnswer } from '../outbound/call.ts';
import { errorWords } from '../upsampler/client.ts';
import { accountTrouble, isAccountTrouble, serverTrouble } from '../upsampler/failure.ts';
import { retryLater, type Context, type Handler, type Result } from './context.ts';
import type { Lease } from './lease.ts';
import { Turn } from './turn.ts';

/**
 * Buys an upscale, at most once. The site is asked to begin just before the call; a turn that was not used is given back. After the call
 * only a 4xx, or a connection that never opened, proves that nothing was bought.
 */
export const submit: Handler< SubmitCommand > = async ( { payload, lease_no: leaseNo }, context, lease ) => {
	const turn = new Turn( context, payload.attempt, leaseNo );
	// Whatever may take time comes before: between the begin and the call a kill would leave a riddle.
	const refusal = ( await tooMany( context ) ) ?? tooLate( context, lease ) ?? ( await turn.begin( lease ) );
	if ( refusal ) {
		return refusal;
	}
	const { result, isSent } = tooLateToSend( context, lease ) ?? ( await send( payload, context ) );
	if ( ! isSent ) {
		await turn.giveBack();
	}
	return result;
};

/** What came of a turn; one in which nothing was bought is given back. */
interface Outcome {
	result: Result;
	isSent: boolean;
}

async function tooMany( { upsampler }: Context ): Promise< Result > {
	const waitS = await upsampler.placeToSubmit();
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

function tooLateToSend( context: Context, lease: Lease ): Outcome | null {
	const result = tooLate( context, lease );
	return result && { result, isSent: false };
}

async function send( payload: SubmitCommand[ 'payload' ], { upsampler, publicUrl }: Context ): Promise< Outcome > {
	const webhook = publicUrl === null ? null : `${ publicUrl }/webhooks/upsampler/${ payload.token }`;
	const { image_url: imageUrl, input_type: inputImageType, factor: upscaleFactor } = payload;
	try {
		return read( await upsampler.submit( { imageUrl, inputImageType, upscaleFactor }, webhook ) );
	} catch ( error ) {
		const { message } = error as Error;
		return error instanceof NotSentError
			? { result: { outcome: 'refused', error: { code: 'not_sent', message } }, isSent: false }
			: { result: retryLater( 'no_answer', message ), isSent: true };
	}
}

function read( answer: HttpAnswer ): Outcome {
	const id = jsonObject( answer.text )?.[ 'id' ];
	if ( answer.status === 200 && ( typeof id === 'string' || typeof id === 'number' ) && id !== '' ) {
		// It may already say FAILED: only a fetched snapshot sets states.
		return { result: { outcome: 'ok', provider_ids: { upsampler: String( id ) } }, isSent: true };
	}
	const message = errorWords( answer.text ) ?? `Upsampler answered HTTP ${ answer.status }.`;
	if ( answer.status === 429 && ! /credit/i.test( message ) ) {
		const error = { code: 'rate_limited', message, status: 429, retry_after_s: retryAfter( answer.headers ) };
		return { result: { outcome: 'refused', error }, isSent: false };
	}
	if ( isAccountTrouble( answer ) ) {
		return { result: accountTrouble( answer, 'refused' ), isSent: false };
	}
	if ( answer.status >= 400 && answer.status < 500 && answer.status !== 408 ) {
		// The attempt ends with it, so there is nothing to give back.
		return {
			result: { outcome: 'refused', error: { code: 'refused', message, status: answer.status } },
			isSent: true,
		};
	}
	return { result: serverTrouble( answer ), isSent: true };
}
