/** What comes in is believed only as far as it keeps its contract; what a newer plugin says besides is let through. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readConfig } from '../../bridge/src/config.ts';
import { misfit, payloadMisfit } from '../../bridge/src/contracts.ts';
import type { BridgeCommand, HelloRequest, SyncRequest } from '../../bridge/src/contracts.generated.ts';
import { WordPress } from '../../bridge/src/wordpress/client.ts';
import { SiteUnreachable } from '../../bridge/src/wordpress/errors.ts';
import { sign } from './support/check-signature.ts';
import { KEY_ID, SECRET, until } from './support/fake-wordpress.ts';
import { leased, sessionParameters, World } from './support/world.ts';

let world: World;
beforeEach( async () => {
	world = await World.create();
} );
afterEach( () => world.close() );

const command = () => leased( 'resolve', { payment_intent: 'pi_1', session: null } );
const synced = ( more: object = {} ) => ( {
	answers: [],
	commands: [],
	next_in_ms: 1_000,
	time: new Date().toISOString(),
	...more,
} );

/** What our client makes of an answer. */
async function asked( what: 'hello' | 'sync', body: unknown ): Promise< unknown > {
	world.wordpress.trouble = ( path ) => ( path.endsWith( `/${ what }` ) ? { status: 200, body } : null );
	const wordpress = new WordPress( readConfig( world.env() ) );
	try {
		return await ( what === 'hello'
			? wordpress.hello( {} as HelloRequest )
			: wordpress.sync( { hints: [], reports: [], want: { submit: 0, other: 0 } } as SyncRequest ) );
	} finally {
		await wordpress.close();
	}
}

describe( 'an answer that does not keep its contract', () => {
	const broken: [ string, object, RegExp ][] = [
		[ 'a PHP list with a gap', { commands: { 1: command() } }, /SyncResponse \/commands must be array/ ],
		[ 'an empty PHP map', { answers: {} }, /\/answers must be array/ ],
		[ 'a hole in a list', { commands: [ null ] }, /\/commands\/0 must be object/ ],
		[
			'a number as text',
			{ commands: [ { ...command(), lease_no: '1' } ] },
			/\/commands\/0\/lease_no must be integer/,
		],
		[ 'a list of texts', { answers: [ 'applied' ] }, /\/answers\/0 must be object/ ],
		[ 'nothing where a time belongs', { next_in_ms: null }, /\/next_in_ms must be integer/ ],
	];
	for ( const [ name, more, words ] of broken ) {
		it( `is nobody's answer, and the log can say where: ${ name }`, async () => {
			await assert.rejects( asked( 'sync', synced( more ) ), ( error: Error ) => {
				assert.ok( error instanceof SiteUnreachable );
				assert.match( error.message, words );
				return true;
			} );
		} );
	}

	it( 'is said of hello too', async () => {
		const answer = { protocol: 1, version: '1', site: { uuid: 'u' }, home: 'http://x/', name: 'x' };
		await assert.rejects( asked( 'hello', answer ), /HelloResponse .*(home_hash|time)/ );
	} );

	it( 'stops nothing: the next good one brings the work', async () => {
		const wanted = command();
		let isBroken = true;
		world.wordpress.trouble = ( path ) =>
			path.endsWith( '/sync' ) && isBroken ? { status: 200, body: synced( { commands: { 3: wanted } } ) } : null;
		await until( () => world.bridge.identity.hello, 'hello' );
		world.bridge.wake();
		await new Promise( ( go ) => setTimeout( go, 300 ) );
		isBroken = false;
		world.give( wanted );
		assert.equal( ( await world.wordpress.reportOf( wanted ) ).command, wanted.uuid );
	} );
} );

describe( 'a newer plugin', () => {
	it( 'may say more than this bridge knows', async () => {
		const kind = 'paint' as BridgeCommand[ 'kind' ];
		const answer = synced( {
			mood: 'fine',
			answers: [ { id: 'a', answer: 'postponed', until: 3 } ],
			commands: [ { ...command(), kind, payload: { colour: 'red' }, extra: 1 } ],
			site: { uuid: 'u', home_hash: 'h', name: 'more' },
		} );
		assert.deepEqual( await asked( 'sync', answer ), JSON.parse( JSON.stringify( answer ) ) );
	} );

	it( 'may put more into a payload, but not leave out what is relied on, nor use words that mean nothing here', () => {
		const refresh = {
			job_id: 'j',
			attempt: 'a',
			provider: 'upsampler',
			provider_id: null,
			source_url: '',
			width: 1,
			height: 1,
			mime: 'image/png',
			is_ready: true,
		} as const;
		const faultOf = ( payload: object ) => payloadMisfit( { kind: 'refresh_attempt', payload } as never );
		assert.equal( faultOf( { ...refresh, background: 'white' } ), null );
		assert.match(
			String( faultOf( { ...refresh, mime: 'image/avif' } ) ),
			/^\/payload\/mime .*image\/jpeg, image\/png$/
		);
		assert.match( String( faultOf( { ...refresh, width: undefined } ) ), /^\/payload .*width/ );
		assert.match( String( faultOf( [] ) ), /^\/payload must be object$/ );
	} );
} );

describe( 'a command that does not keep its contract', () => {
	it( 'buys nothing, says where it is wrong, and leaves its neighbours alone', async () => {
		const job = randomUUID();
		const submit = leased( 'submit', { job_id: job, attempt: randomUUID(), image_url: 'http://x/y.jpg' } as never );
		const refund = leased( 'refund', { job_id: job, refund: randomUUID(), amount_minor: '500' } as never );
		const session = sessionParameters( job, world.wordpress.site.uuid );
		const good = leased( 'open_checkout', { job_id: job, idempotency_key: job, session } );
		world.wordpress.commands.push( submit, refund );
		world.give( good );
		const of = async ( one: BridgeCommand ) => {
			const { outcome, error } = await world.wordpress.reportOf( one );
			return [ outcome, error?.code ];
		};
		assert.deepEqual( await of( submit ), [ 'refused', 'not_sent' ] );
		assert.deepEqual( await of( refund ), [ 'retry', 'bad_command' ] );
		assert.deepEqual( await of( good ), [ 'ok', undefined ] );
		assert.match(
			String( ( await world.wordpress.reportOf( refund ) ).error?.message ),
			/\/payload .*payment_intent/
		);
		assert.deepEqual( await world.calls( world.upsamplerUrl ), [] );
	} );
} );

describe( 'a push that does not keep its contract', () => {
	const { site: _, ...nameless } = { site: 0, command: command() };
	const bodies: [ string, () => unknown ][] = [
		[ 'no command', () => ( { site: world.wordpress.site } ) ],
		[ 'a command of null', () => ( { site: world.wordpress.site, command: null } ) ],
		[ 'a list', () => [] ],
		[ 'no site', () => nameless ],
		[ 'a lease as text', () => ( { site: world.wordpress.site, command: { ...opening(), lease_ms: 'long' } } ) ],
		[ 'no payload', () => ( { site: world.wordpress.site, command: { ...opening(), payload: null } } ) ],
		[ 'a session as text', () => ( { site: world.wordpress.site, command: opening( 'all of it' ) } ) ],
	];
	for ( const [ name, body ] of bodies ) {
		it( `is a 400, never a crash: ${ name }`, async () => {
			await until( () => world.bridge.identity.hello, 'hello' );
			const bytes = Buffer.from( JSON.stringify( body() ) );
			const headers = sign( { method: 'POST', route: '/commands', body: bytes }, KEY_ID, SECRET );
			const answer = await fetch( `${ world.url }/commands`, { method: 'POST', headers, body: bytes } );
			assert.equal( answer.status, 400 );
			assert.equal( ( ( await answer.json() ) as { code: string } ).code, 'smi_bridge_bad_push' );
			assert.deepEqual( await world.calls( world.stripeUrl ), [] );
		} );
	}
} );

it( 'a push that keeps its contract fits', () => {
	const push = { site: { uuid: 'u', home_hash: 'h' }, command: opening() };
	assert.equal( misfit( 'PushRequest', push ), null );
	assert.equal( payloadMisfit( opening() ), null );
} );

function opening( session: unknown = {} ): BridgeCommand {
	return leased( 'open_checkout', { job_id: 'j', idempotency_key: 'k', session } as never );
}
