import type { AttemptSnapshot, RefreshAttemptCommand } from '../contracts.generated.ts';
import { jsonObject, type HttpAnswer } from '../http.ts';
import { deliver } from '../results/deliver.ts';
import { ResultProblem } from '../results/problem.ts';
import { errorWords } from '../upsampler/client.ts';
import { accountTrouble, isAccountTrouble, serverTrouble } from '../upsampler/failure.ts';
import { retryLater, type Context, type Handler, type Result } from './context.ts';
import type { Lease } from './lease.ts';

/** Looks at an attempt, and brings its file when it is done. A `local` one is made here and now. */
export const refreshAttempt: Handler< RefreshAttemptCommand > = async ( command, context, lease ) => {
	const { provider, provider_id: id, source_url: source } = command.payload;
	if ( provider === 'local' ) {
		return delivered( source, command, context, lease, { credits: 0 } );
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
		return failed( command, 'unknown_upscale', 'Upsampler does not know this upscale.', true );
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
	const result = body[ 'imageUrl' ] ?? body[ 'compressedImageUrl' ];
	if ( body[ 'status' ] === 'SUCCESS' && typeof result === 'string' ) {
		return delivered( result, command, context, lease, { credits, result_url: result } );
	}
	return found( command, { state: 'running', credits } );
}

function creditsOf( body: Record< string, unknown > ): number | null {
	const cost = Number( body[ 'creditCost' ] ?? Number.NaN );
	return Number.isFinite( cost ) ? Math.ceil( cost ) : null;
}

async function delivered(
	address: string,
	command: RefreshAttemptCommand,
	context: Context,
	lease: Lease,
	facts: Partial< AttemptSnapshot >
): Promise< Result > {
	try {
		const file = await deliver( address, command, context, lease );
		return found( command, { state: 'succeeded', file, ...facts } );
	} catch ( error ) {
		if ( ! ( error instanceof ResultProblem ) ) {
			return retryLater( 'not_delivered', ( error as Error ).message );
		}
		// The result lives for hours: a server that is away now costs a wait, not another upscale.
		return error.code === 'unreachable'
			? retryLater( 'unreachable', error.message )
			: failed( command, error.code, error.message, error.isTransient, facts );
	}
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
