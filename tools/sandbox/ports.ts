import { createServer } from 'node:net';
import { FriendlyError } from './friendly-error';

export const HOST = '127.0.0.1';
export const DEFAULT_PORT = 9400;

export const PARTS = [ 'wordpress', 'bridge', 'stripe', 'upsampler', 'mailbox' ] as const;
export type PartName = ( typeof PARTS )[ number ];

/** What each part is called when a person reads about it. */
export const TITLES: Record< PartName, string > = {
	wordpress: 'WordPress',
	bridge: 'the bridge',
	stripe: 'the Stripe emulator',
	upsampler: 'the Upsampler emulator',
	mailbox: 'the mailbox',
};

/** WordPress on the base port, the others on the four that follow it. */
export function portOf( part: PartName, base: number ): number {
	return base + PARTS.indexOf( part );
}

export function urlOf( part: PartName, base: number ): string {
	return `http://${ HOST }:${ portOf( part, base ) }`;
}

/** The base port that somebody asked for, as a number that leaves room for the others. */
export function readPort( text: string | undefined ): number {
	const port = Number( text ?? DEFAULT_PORT );
	if ( ! Number.isInteger( port ) || port < 1024 || port > 65_535 - PARTS.length ) {
		throw new FriendlyError(
			`SMI_PORT is "${ text }". Give it a number from 1024 to 65530, such as SMI_PORT=9500.`
		);
	}
	return port;
}

/**
 * Nothing is started when a port is taken: half a sandbox is harder to understand than none.
 *
 * @throws FriendlyError naming every taken port and the remedy.
 */
export async function requireFreePorts( base: number ): Promise< void > {
	const free = await Promise.all( PARTS.map( ( part ) => isFree( portOf( part, base ) ) ) );
	const taken = PARTS.filter( ( _, index ) => ! free[ index ] );
	if ( taken.length > 0 ) {
		const lines = taken.map(
			( part ) => `Port ${ portOf( part, base ) }, wanted for ${ TITLES[ part ] }, is already taken.`
		);
		throw new FriendlyError(
			[
				...lines,
				`Stop what uses it (another sandbox?), or take other ports: SMI_PORT=${ base + 100 } npm start`,
			].join( '\n' )
		);
	}
}

export function isFree( port: number ): Promise< boolean > {
	return new Promise( ( resolve ) => {
		const probe = createServer();
		probe.once( 'error', () => resolve( false ) );
		probe.listen( { port, host: HOST, exclusive: true }, () => probe.close( () => resolve( true ) ) );
	} );
}
