import type { FastifyInstance } from 'fastify';

/** How an emulator behaves from now on. What was changed by its control route outlives a restart; a start setting is a default. */
export class Settings< T extends object > {
	private changes: Partial< T > = {};
	private readonly base: T;

	constructor(
		defaults: T,
		atStart: Partial< T > = {},
		/** Runs after each change, to write it down. */
		private readonly onChange: () => void = () => undefined
	) {
		const unknown = Object.keys( atStart ).find( ( name ) => ! ( name in defaults ) );
		if ( unknown !== undefined ) {
			throw new Error( `There is no setting "${ unknown }".` );
		}
		this.base = { ...defaults, ...atStart };
	}

	get now(): T {
		return { ...this.base, ...this.changes };
	}

	change( given: Partial< T > ): T {
		this.changes = { ...this.changes, ...given };
		this.onChange();
		return this.now;
	}

	/** What the control route changed, to be kept. */
	saved(): Partial< T > {
		return this.changes;
	}

	restore( changes: Partial< T > | undefined ): void {
		this.changes = changes ?? {};
	}
}

/** `POST /_emulator/settings` changes what it names and answers with all of them. */
export function addSettingsRoutes< T extends object >(
	app: FastifyInstance,
	settings: Settings< T >,
	properties: Record< keyof T, unknown >
): void {
	const body = { type: 'object', additionalProperties: false, properties };
	app.get( '/_emulator/settings', async () => settings.now );
	app.post( '/_emulator/settings', { schema: { body } }, async ( request ) =>
		settings.change( request.body as Partial< T > )
	);
}

/** `[least, most]` milliseconds that each API call takes at least. */
export type Latency = [ number, number ];

export const latencySchema = {
	type: 'array',
	items: { type: 'integer', minimum: 0, maximum: 60_000 },
	minItems: 2,
	maxItems: 2,
};

/** Milliseconds somewhere between the two. */
export function drawLatency( [ least, most ]: Latency ): number {
	return Math.round( least + Math.random() * Math.max( 0, most - least ) );
}
