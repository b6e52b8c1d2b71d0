import { pino, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on standard output; nothing secret is ever given to it, and headers are cut out all the same. */
export function createLog( level: string ): Log {
	return pino( {
		level,
		base: { name: 'smi-bridge' },
		timestamp: pino.stdTimeFunctions.isoTime,
		redact: [ 'req.headers', '*.headers.authorization', '*.secret' ],
	} );
}
