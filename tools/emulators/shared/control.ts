import type { FastifyInstance } from 'fastify';
import type { CallLog } from './calls.ts';
import type { Clock } from './clock.ts';
import type { Fault, FaultList } from './faults.ts';

export interface ControlParts {
	calls: CallLog;
	clock: Clock;
	faults: FaultList;
	/** Also runs when faults are deleted (the Upsampler emulator clears `next`). */
	onFaultsCleared?: () => void;
	/** Runs after the clock was moved. */
	onClockMoved?: () => void;
}

const faultSchema = {
	type: 'object',
	required: [ 'effect' ],
	additionalProperties: false,
	properties: {
		match: {
			type: 'object',
			additionalProperties: false,
			properties: { method: { type: 'string' }, path: { type: 'string' } },
		},
		times: { type: 'integer', minimum: 1 },
		effect: {
			anyOf: [
				{
					type: 'object',
					required: [ 'status' ],
					additionalProperties: false,
					properties: { status: { type: 'integer', minimum: 200, maximum: 599 }, body: {} },
				},
				{
					type: 'object',
					required: [ 'delay_ms' ],
					additionalProperties: false,
					properties: { delay_ms: { type: 'integer', minimum: 0, maximum: 600_000 } },
				},
				{
					type: 'object',
					required: [ 'drop' ],
					additionalProperties: false,
					properties: { drop: { enum: [ 'before', 'after' ] } },
				},
			],
		},
	},
};

const clockSchema = {
	type: 'object',
	required: [ 'advance_s' ],
	additionalProperties: false,
	properties: { advance_s: { type: 'number', minimum: 0 } },
};

/** The control routes that both provider emulators share (design, section 8). */
export function addControlRoutes( app: FastifyInstance, parts: ControlParts ): void {
	const { calls, clock, faults } = parts;
	app.get( '/_emulator/health', async () => ( { ok: true, offset_s: clock.offsetS } ) );
	app.get( '/_emulator/calls', async () => calls.all() );
	app.delete( '/_emulator/calls', async () => {
		calls.clear();
		return { ok: true };
	} );
	app.get( '/_emulator/faults', async () => faults.all() );
	app.post( '/_emulator/faults', { schema: { body: faultSchema } }, async ( request ) => {
		const fault = request.body as Partial< Fault > & Pick< Fault, 'effect' >;
		faults.add( { match: {}, ...fault } );
		return faults.all();
	} );
	app.delete( '/_emulator/faults', async () => {
		faults.clear();
		parts.onFaultsCleared?.();
		return { ok: true };
	} );
	app.post( '/_emulator/clock', { schema: { body: clockSchema } }, async ( request ) => {
		const { advance_s } = request.body as { advance_s: number };
		const offset_s = clock.advance( advance_s );
		parts.onClockMoved?.();
		return { offset_s };
	} );
}
