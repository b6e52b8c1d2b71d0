import { buildConnector, type Agent } from 'undici';
import type { LookupFunction } from 'node:net';
import { NamedAgent } from './user-agent.ts';

/** No provider may hold us longer than this; a lease is 180 s. */
export const CALL_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 8_000;
/** The largest answer we ask for, a hundred expanded sessions, is a tenth of it. */
export const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

export interface AgentOptions extends Agent.Options {
	/** Finds a name's address instead of the system. */
	lookup?: LookupFunction | undefined;
	/** Certificates to trust instead of the machine's. */
	ca?: string | undefined;
}

const neverOpened = new WeakSet< object >();

/** Whether an error happened before a connection was open: then nothing can have arrived. */
export function hasNeverOpened( error: unknown ): boolean {
	return neverOpened.has( error as object );
}

/** The way out: a connection pool that names us, caps answers, and remembers which errors came before a connection was open. */
export function createAgent( { lookup, ca, ...options }: AgentOptions = {} ): Agent {
	const connect = buildConnector( {
		timeout: CONNECT_TIMEOUT_MS,
		...( lookup === undefined ? {} : { lookup } ),
		...( ca === undefined ? {} : { ca } ),
	} );
	return new NamedAgent( {
		headersTimeout: CALL_TIMEOUT_MS,
		bodyTimeout: CALL_TIMEOUT_MS,
		maxResponseSize: MOST_ANSWER_BYTES,
		connect: ( target, callback ) =>
			connect( target, ( error, socket ) => {
				if ( error ) {
					neverOpened.add( error );
					callback( error, null );
				} else {
					callback( null, socket );
				}
			} ),
		...options,
	} );
}
