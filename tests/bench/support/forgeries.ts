/** What a stranger posts to a bridge, in turn: words and bytes that no provider sends, and tokens and signatures that prove nothing. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * In each of them, as an id or a state: what of it lies in a database afterwards was written for a forged one. Hexadecimal, and letters
 * only, so that it passes wherever a bridge cleans foreign words.
 */
export const MARK = 'decafbadfacade';

interface Forgery {
	path: string;
	method: 'GET' | 'POST';
	headers?: Record< string, string >;
	body?: string | Uint8Array< ArrayBuffer >;
}

const hash = ( text: string ) => createHash( 'sha256' ).update( text ).digest();

/** A token of the right form whose proof is somebody's guess. */
const token = ( attempt: string, n: number ) =>
	attempt.replaceAll( '-', '' ) + hash( `proof ${ n }` ).toString( 'base64url' );

const nobody = ( n: number ) =>
	MARK +
	hash( `attempt ${ n }` )
		.toString( 'hex' )
		.slice( 0, 32 - MARK.length );

/** @param attempts UUIDs that are real: the worst a stranger could know. */
function forgery( n: number, attempts: string[] ): Forgery {
	const id = `${ MARK }-${ n }`;
	const upsampler = ( word: string ) => `/webhooks/upsampler/${ word }`;
	const json = { 'content-type': 'application/json' };
	const broken = `{"id":"${ id }\\ud800","status":"\\udfffSUCCESS\\ud83d","imageUrl":"http://127.0.0.1/\\udc00"}`;
	const session = `{"id":"cs_test_${ id }\\udc00"}`;
	const head = `"id":"evt_${ MARK }${ n }","object":"event","type":"checkout.session.completed\\ud800"`;
	const event = `{${ head },"data":{"object":${ session }}}`;
	const at = Math.floor( Date.now() / 1000 );
	const kinds: Forgery[] = [
		{ path: upsampler( token( nobody( n ), n ) ), method: 'POST', headers: json, body: broken },
		{
			path: upsampler( token( attempts[ n % Math.max( 1, attempts.length ) ] ?? nobody( n ), n ) ),
			method: 'POST',
			headers: json,
			body: JSON.stringify( { id, status: MARK } ),
		},
		{
			path: '/webhooks/stripe',
			method: 'POST',
			headers: { ...json, 'stripe-signature': `t=${ at },v1=${ hash( id ).toString( 'hex' ) }` },
			body: event,
		},
		{ path: `${ upsampler( token( nobody( n ), n ) ) }?id=${ id }%ED%A0%80&status=SUCCESS`, method: 'GET' },
		{
			path: upsampler( `${ MARK }%ED%A0%80%ED%BF%BF` ),
			method: 'POST',
			body: Uint8Array.from( [ ...Buffer.from( `{"id":"${ id }` ), 0xed, 0xa0, 0x80, 0xff ] ),
		},
		{ path: '/webhooks/stripe', method: 'POST', headers: json, body: event },
		{ path: upsampler( 'x'.repeat( 90 ) ), method: 'POST', headers: json, body: broken },
		{
			path: '/webhooks/stripe',
			method: 'POST',
			headers: { ...json, 'stripe-signature': 't=\u00e9,v1=,v0=' },
			body: Uint8Array.of( 0xff, 0xfe, 0x00, 0xd8 ),
		},
	];
	return kinds[ n % kinds.length ] as Forgery;
}

/** Posts them at a steady rate until told to stop; how often each status was the answer. */
export async function flood(
	url: string,
	perSecond: number,
	attempts: string[],
	signal: AbortSignal
): Promise< Record< string, number > > {
	const statuses: Record< string, number > = {};
	const asked: Promise< void >[] = [];
	const startedAt = performance.now();
	for ( let n = 0; perSecond > 0 && ! signal.aborted; n++ ) {
		const { path, ...init } = forgery( n, attempts );
		asked.push(
			fetch( url + path, init ).then(
				async ( answer ) => {
					await answer.arrayBuffer();
					statuses[ answer.status ] = ( statuses[ answer.status ] ?? 0 ) + 1;
				},
				() => void ( statuses[ 'none' ] = ( statuses[ 'none' ] ?? 0 ) + 1 )
			)
		);
		const dueAt = startedAt + ( ( n + 1 ) * 1000 ) / perSecond;
		await sleep( Math.max( 0, dueAt - performance.now() ), undefined, { signal } ).catch( () => {} );
	}
	await Promise.all( asked );
	return statuses;
}
