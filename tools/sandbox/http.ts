import { setTimeout as sleep } from 'node:timers/promises';
import { FriendlyError } from './friendly-error';

const POLL_MS = 150;
/** PHP in WebAssembly takes seconds for a large photograph. */
const ACTION_MS = 120_000;

/**
 * Waits until an address answers with a 2xx.
 *
 * @throws FriendlyError naming who stayed silent, and where its log is.
 */
export async function waitFor( url: string, limitMs: number, name: string, init: RequestInit = {} ): Promise< void > {
	const until = Date.now() + limitMs;
	let last = 'no answer';
	while ( Date.now() < until ) {
		try {
			const answer = await fetch( url, { ...init, redirect: 'manual', signal: AbortSignal.timeout( limitMs ) } );
			if ( answer.ok ) {
				return;
			}
			last = `${ answer.status } ${ ( await answer.text() ).slice( 0, 300 ) }`;
		} catch ( error ) {
			last = ( error as Error ).message;
		}
		await sleep( POLL_MS );
	}
	throw new FriendlyError(
		`${ name } is not ready after ${ limitMs / 1000 } s (${ last }). Its log says why: logs/${ name }.log`
	);
}

/** Posts JSON and returns the JSON of the answer. */
export async function postJson(
	url: string,
	body: unknown,
	headers: Record< string, string > = {}
): Promise< Record< string, unknown > > {
	const answer = await fetch( url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify( body ),
		redirect: 'manual',
		signal: AbortSignal.timeout( ACTION_MS ),
	} );
	const text = await answer.text();
	if ( ! answer.ok ) {
		throw new Error( `${ new URL( url ).search || url } answered ${ answer.status }: ${ text.slice( 0, 1500 ) }` );
	}
	try {
		return JSON.parse( text ) as Record< string, unknown >;
	} catch {
		throw new Error( `${ new URL( url ).search || url } did not answer with JSON: ${ text.slice( 0, 1500 ) }` );
	}
}
