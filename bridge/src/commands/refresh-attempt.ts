import type { AttemptSnapshot, RefreshAttemptCommand } from '../contracts.generated.ts';
import { resultOf } from '../protocol/failure.ts';
import type { Lease } from '../protocol/lease.ts';
import { retryLater, type Result } from '../protocol/result.ts';
import type { Upscale } from '../protocol/upscaler.ts';
import { deliver, hasRoom } from '../results/deliver.ts';
import { ResultProblem } from '../results/problem.ts';
import type { Context, Handler } from './context.ts';

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
	const upscale = await context.upscaler.look( id, command.payload.mime );
	switch ( upscale.state ) {
		case 'not_told':
			return resultOf( upscale.failure );
		case 'unknown':
			return unknownUpscale( command, upscale.message );
		case 'failed':
			return failed( command, 'provider_failed', upscale.message, false, { credits: upscale.credits } );
		case 'made':
			return isItsTurn( command ) ? brought( upscale, command, context, lease ) : itWaits();
		default:
			return found( command, upscale );
	}
};

function unknownUpscale( command: RefreshAttemptCommand, message: string ): Result {
	return age( command ) < UNKNOWN_FOR_S
		? retryLater( 'not_known_yet', message, { status: 404 } )
		: failed( command, 'unknown_upscale', message, true );
}

function isItsTurn( { payload }: RefreshAttemptCommand ): boolean {
	return payload.is_ready || hasRoom();
}

/** The site hands it out as one that only has to be fetched, when there is room. */
function itWaits(): Result {
	return retryLater( 'ready', 'The picture is made, and waits for others to be fetched.' );
}

function brought(
	{ addresses, credits }: Extract< Upscale, { state: 'made' } >,
	command: RefreshAttemptCommand,
	context: Context,
	lease: Lease
): Promise< Result > {
	const [ address ] = addresses;
	return delivered( addresses, command, context, lease, { credits, ...( address ? { result_url: address } : {} ) } );
}

/** Seconds since the upscaler was asked. A plugin that does not tell leaves the upscaler's word as it is. */
function age( { payload }: RefreshAttemptCommand ): number {
	return payload.sent_s_ago ?? Number.POSITIVE_INFINITY;
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
