import { pino, type Logger } from 'pino';
import { hideAll } from './secrets.ts';

export type Log = Logger;

/**
 * JSON lines on standard output. Nothing secret is given to it, and what providers and exceptions quote is taken out
 * of every line.
 *
 * @param secrets What must not be seen, such as `Config.secrets`.
 */
export function createLog( level: string, secrets: string[] = [] ): Log {
	return pino( {
		level,
		base: { name: 'smi-bridge' },
		timestamp: pino.stdTimeFunctions.isoTime,
		redact: [ 'req.headers', '*.headers', '*.headers.authorization', '*.secret' ],
		hooks: { streamWrite: hideAll( secrets ) },
	} );
}
