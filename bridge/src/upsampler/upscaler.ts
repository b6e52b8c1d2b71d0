import { jsonObject } from '../json.ts';
import { NotSentError, type HttpAnswer } from '../outbound/call.ts';
import type { Failure } from '../protocol/failure.ts';
import type { Purchase, Upscale, UpscaleRequest, Upscaler } from '../protocol/upscaler.ts';
import { errorWords, type Upsampler } from './client.ts';
import { failureIn, silence } from './failure.ts';

/** Nobody's upscale: its status costs nothing, and a key that is refused hears so before "no such upscale". */
const NOBODYS = 'smi-bridge-check';

/** Upsampler, as an upscaler like any other. */
export class UpsamplerUpscaler implements Upscaler {
	constructor( readonly client: Upsampler ) {}

	get origin(): string {
		return this.client.origin;
	}

	placeToSubmit(): Promise< number | null > {
		return this.client.placeToSubmit();
	}

	/** Only a 4xx, or a connection that never opened, proves that nothing was bought. */
	async buy( request: UpscaleRequest, webhook: string | null ): Promise< Purchase > {
		let answer: HttpAnswer;
		try {
			answer = await this.client.submit( request, webhook );
		} catch ( error ) {
			return { failure: silence( error ), mayBeBought: ! ( error instanceof NotSentError ) };
		}
		const id = jsonObject( answer.text )?.[ 'id' ];
		if ( answer.status === 200 && ( typeof id === 'string' || typeof id === 'number' ) && id !== '' ) {
			// It may already say FAILED: only a later look tells how it stands.
			return { id: String( id ) };
		}
		const failure = failureIn( answer );
		return { failure, mayBeBought: failure.code === 'no_answer' };
	}

	async look( id: string, mime: string ): Promise< Upscale > {
		let answer: HttpAnswer;
		try {
			answer = await this.client.status( id );
		} catch ( error ) {
			return { state: 'not_told', failure: silence( error ) };
		}
		if ( answer.status === 404 ) {
			return { state: 'unknown', message: 'Upsampler does not know this upscale.' };
		}
		const body = answer.status === 200 ? jsonObject( answer.text ) : null;
		return body === null ? { state: 'not_told', failure: notTold( answer ) } : upscaleIn( body, answer.text, mime );
	}

	async probe(): Promise< Failure | null > {
		try {
			const answer = await this.client.status( NOBODYS );
			return answer.status === 404 || answer.status < 400 ? null : failureIn( answer );
		} catch ( error ) {
			return silence( error );
		}
	}

	close(): Promise< void > {
		return this.client.close();
	}
}

/** A question that is refused says nothing of the upscale. */
function notTold( answer: HttpAnswer ): Failure {
	const failure = failureIn( answer );
	return failure.kind === 'definite' ? { ...failure, kind: 'later', code: 'no_answer' } : failure;
}

function upscaleIn( body: Record< string, unknown >, text: string, mime: string ): Upscale {
	const credits = creditsOf( body );
	if ( body[ 'status' ] === 'FAILED' ) {
		return { state: 'failed', credits, message: errorWords( text ) ?? 'Upsampler could not make the picture.' };
	}
	const addresses = body[ 'status' ] === 'SUCCESS' ? resultsIn( body, mime ) : [];
	return addresses.length > 0 ? { state: 'made', credits, addresses } : { state: 'running', credits };
}

/** Where the result lies, the best first. What is sold as a JPEG may be made of the compressed one too. */
function resultsIn( body: Record< string, unknown >, mime: string ): string[] {
	const { imageUrl, compressedImageUrl } = body;
	const isCompressedEnough = mime === 'image/jpeg' || typeof imageUrl !== 'string';
	const addresses = [ imageUrl, isCompressedEnough ? compressedImageUrl : null ];
	return addresses.filter( ( address ) => typeof address === 'string' );
}

function creditsOf( body: Record< string, unknown > ): number | null {
	const cost = Number( body[ 'creditCost' ] ?? Number.NaN );
	return Number.isFinite( cost ) ? Math.ceil( cost ) : null;
}
