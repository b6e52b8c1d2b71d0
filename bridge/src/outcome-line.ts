import type { BridgeCommand, Report } from './contracts.generated.ts';

type Outcome = Pick< Report, 'outcome' | 'provider_ids' | 'error' | 'snapshot' > | null;

export interface Line {
	level: 'debug' | 'info' | 'warn';
	fields: Record< string, unknown >;
	words: string;
}

/**
 * The log's line about a command that was carried out. What cost or brought somebody money (a refund, an upscale, a
 * delivered picture) is told at `info`, with the ids by which it is found at the provider; trouble at `warn`.
 */
export function outcomeLine( command: BridgeCommand, result: Outcome ): Line {
	const { kind, uuid, object, lease_no } = command;
	const fields = {
		kind,
		command: uuid,
		object,
		lease_no,
		outcome: result?.outcome ?? 'none',
		...facts( command, result ),
		...( result?.error ? { error: result.error } : {} ),
	};
	const event = eventOf( command, result );
	if ( result?.error ) {
		return { level: 'warn', fields, words: 'Command not carried out.' };
	}
	return event === null
		? { level: 'debug', fields, words: 'Command carried out.' }
		: { level: 'info', fields, words: event };
}

function eventOf( { kind }: BridgeCommand, result: Outcome ): string | null {
	if ( kind === 'refund' && result?.outcome === 'ok' ) {
		return 'Refund made.';
	}
	if ( kind === 'submit' && result?.outcome === 'ok' ) {
		return 'Upscale bought.';
	}
	if ( result?.snapshot?.type !== 'attempt' || result.snapshot.state === 'running' ) {
		return null;
	}
	return result.snapshot.state === 'succeeded' ? 'Picture delivered.' : 'Upscale failed.';
}

/** Names and numbers alone: no address, since one of a result or of a payment page opens it. */
function facts( { payload }: BridgeCommand, result: Outcome ): Record< string, unknown > {
	const { session_url: _, ...ids } = result?.provider_ids ?? {};
	const given = payload as Partial<
		Record< 'job_id' | 'payment_intent' | 'provider_id' | 'amount_minor' | 'currency', unknown >
	>;
	const snapshot = result?.snapshot?.type === 'attempt' ? result.snapshot : null;
	return defined( {
		job: given.job_id,
		payment_intent: given.payment_intent,
		upsampler: given.provider_id,
		amount_minor: given.amount_minor,
		currency: given.currency,
		...ids,
		credits: snapshot?.credits,
		bytes: snapshot?.file?.bytes,
		code: snapshot?.code,
	} );
}

function defined( fields: Record< string, unknown > ): Record< string, unknown > {
	return Object.fromEntries(
		Object.entries( fields ).filter( ( [ , value ] ) => value !== undefined && value !== null )
	);
}
