import type { SubmitCommand } from '../contracts.generated.ts';
import { jsonObject, NotSentError, type HttpAnswer } from '../http.ts';
import { errorWords } from '../upsampler/client.ts';
import { accountTrouble, isAccountTrouble, serverTrouble } from '../upsampler/failure.ts';
import { retryLater, type Handler, type Result } from './context.ts';
import { LeaseEnding } from './lease.ts';

/**
 * Buys an upscale, at most once: it is handed out once and never sent again from here. Only a 4xx, or a
 * connection that never opened, proves that nothing was bought.
 */
export const submit: Handler< SubmitCommand > = async ( { payload }, { upsampler, publicUrl }, lease ) => {
	const webhook = publicUrl === null ? null : `${ publicUrl }/webhooks/upsampler/${ payload.token }`;
	const { image_url: imageUrl, input_type: inputImageType, factor: upscaleFactor } = payload;
	try {
		lease.assertCanStart();
		return read( await upsampler.submit( { imageUrl, inputImageType, upscaleFactor }, webhook ) );
	} catch ( error ) {
		const isNotSent = error instanceof NotSentError || error instanceof LeaseEnding;
		const { message } = error as Error;
		return isNotSent
			? { outcome: 'refused', error: { code: 'not_sent', message } }
			: retryLater( 'no_answer', message );
	}
};

function read( answer: HttpAnswer ): Result {
	const id = jsonObject( answer.text )?.[ 'id' ];
	if ( answer.status === 200 && ( typeof id === 'string' || typeof id === 'number' ) && id !== '' ) {
		// It may already say FAILED: only a fetched snapshot sets states.
		return { outcome: 'ok', provider_ids: { upsampler: String( id ) } };
	}
	if ( isAccountTrouble( answer ) ) {
		return accountTrouble( answer, 'refused' );
	}
	if ( answer.status >= 400 && answer.status < 500 && answer.status !== 408 ) {
		const message = errorWords( answer.text ) ?? `Upsampler answered HTTP ${ answer.status }.`;
		return { outcome: 'refused', error: { code: 'refused', message, status: answer.status } };
	}
	return serverTrouble( answer );
}
