import type { AttemptSnapshot, RefreshAttemptCommand } from '../contracts.generated.ts';
import { jsonObject } from '../json.ts';
import type { HttpAnswer } from '../outbound/call.ts';
import { deliver, hasRoom } from '../results/deliver.ts';
import { ResultProblem } from '../results/problem.ts';
import { errorWords } from '../upsampler/client.ts';
import { accountTrouble, isAccountTrouble, rateLimited, serverTrouble } from '../upsampler/failure.ts';
import { retryLater, type Context, type Handler, type Result } from './context.ts';
import type { Lease } from './lease.ts';

/** Upsampler keeps a result for three hours; half an hour more covers the making, since we count from the submission. */
const RESULT_LIFE_S = 3 * 3600 + 1800;
/** An upscale that was just bought may not be known everywhere yet. */
const UNKNOWN_FOR_S = 600;

/** Looks at an attempt, and brings its file when it is done. A `local` one is made here and now. */
export const refreshAttempt: Handler< RefreshAttemptCommand > = async ( command, context, lease ) => {
	const { provider, provider_id: id, source_url: source } = command.payload;
	if ( provider === 'local' ) {
		return delivered( [ source ], command, context, lease, { credits: 0 } );
	}
	if ( id === null ) {
		return found( command, { state: 'running' } );
	}
	let answer: HttpAnswer;
	try {
		answer = await context.upsampler.status( id );
	} catch ( error ) {
		return retryLater( 'no_answer', ( error as Error ).message );
	}
	return readStatus( answer, command, context, lease );
};

function readStatus(
	answer: HttpAnswer,
	command: RefreshAttemptCommand,
	context: Context,
	lease: Lease
): Result | Promise< Result > {
	const body = answer.status === 200 ? jsonObject( answer.text ) : null;
	if ( answer.status === 404 ) {
		return unknownUpscale( command );
	}
	if ( answer.status === 429 ) {
		return rateLimited( answer );
	}
	if ( body === null ) {
		return isAccountTrouble( answer ) ? accountTrouble( answer, 'retry' ) : serverTrouble( answer );
	}
	const credits = creditsOf( body );
	if ( body[ 'status' ] === 'FAILED' ) {
		return failed(
			command,
			'provider_failed',
			errorWords( answer.text ) ?? 'Upsampler could not make the picture.',
			false,
			{ credits }
		);
	}
	const results = resultsIn( body, command.payload.mime );
	if ( body[ 'status' ] === 'SUCCESS' && results[ 0 ] !== undefined ) {
		if ( ! command.payload.is_ready && ! hasRoom() ) {
			// The site hands it out as one that only has to be fetched, when there is room.
			return retryLater( 'ready', 'The picture is made, and waits for others to be fetched.' );
		}
		return delivered( results, command, context, lease, { credits, result_url: results[ 0 ] } );
	}
	return found( command, { state: 'running', credits } );
}

function unknownUpscale( command: RefreshAttemptCommand ): Result {
	const message = 'Upsampler does not know this upscale.';
	return age( command ) < UNKNOWN_FOR_S
		? retryLater( 'not_known_yet', message, { status: 404 } )
		: failed( command, 'unknown_upscale', message, true );
}

/** Where the result lies, the best first. What is sold as a JPEG may be made of the compressed one too. */
function resultsIn( body: Record< string, unknown >, mime: string ): string[] {
	const { imageUrl, compressedImageUrl } = body;
	const isCompressedEnough = mime === 'image/jpeg' || typeof imageUrl !== 'string';
	const addresses = [ imageUrl, isCompressedEnough ? compressedImageUrl : null ];
	return addresses.filter( ( address ) => typeof address === 'string' );
}

/** Seconds since the upscaler was asked. A plugin that does not tell leaves the upscaler's word as it is. */
function age( { payload }: RefreshAttemptCommand ): number {
	return payload.sent_s_ago ?? Number.POSITIVE_INFINITY;
}

function creditsOf( body: Record< string, unknown > ): number | null {
	const cost = Number( body[ 'creditCost' ] ?? Number.NaN );
	return Number.isFinite( cost ) ? Math.ceil( cost ) : null;
}

async function delivered(
	addresses: string[],
	command: RefreshAttemptCommand,
	context: Context,
	lease: Lease,
	facts: Partial< AttemptSnapshot >
): Promise< Result > {
	try {
		const file = await deliver( addresses, command, context, lease );
		return found( command, { state: 'succeeded', file, ...facts } );
	} catch ( error ) {
		if ( ! ( error instanceof ResultProblem ) ) {
			return retryLater( 'not_delivered', ( error as Error ).message );
		}
		return notDelivered( error, command, facts );
	}
}

/** The result lives for hours: a server that is away now, or refuses us now, costs a wait, not another upscale. */
function notDelivered(
	{ code, message, isTransient }: ResultProblem,
	command: RefreshAttemptCommand,
	facts: Partial< AttemptSnapshot >
): Result {
	if ( code === 'unreachable' || ( code === 'gone' && age( command ) < RESULT_LIFE_S ) ) {
		return retryLater( 'unreachable', message );
	}
	return failed( command, code === 'gone' ? 'expired' : code, message, isTransient, facts );
}

function failed(
	command: RefreshAttemptCommand,
	code: string,
	error: string,
	isTransient: boolean,
	facts: Partial< AttemptSnapshot > = {}
): Result {
	return found( command, { ...facts, state: 'failed', code, error, is_transient: isTransient } );
}

function found(
	command: RefreshAttemptCommand,
	facts: Partial< AttemptSnapshot > & Pick< AttemptSnapshot, 'state' >
): Result {
	const nothing = { is_transient: false, code: null, error: null, credits: null, result_url: null, file: null };
	const { provider_id } = command.payload;
	return { outcome: 'snapshot', snapshot: { type: 'attempt', provider_id, ...nothing, ...facts } };
}
