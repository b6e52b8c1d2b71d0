import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import sharp from 'sharp';
import type { Context } from '../../bridge/src/commands/context.ts';
import { Lease } from '../../bridge/src/protocol/lease.ts';
import { submit as submitHandler } from '../../bridge/src/commands/submit.ts';
import type { AttemptSnapshot, Report } from '../../bridge/src/contracts.generated.ts';
import { buildUpsamplerEmulator } from '../../tools/emulators/upsampler/app.ts';
import { sha256 } from './support/fake-wordpress.ts';
import { leased, World } from './support/world.ts';

let world: World;
let picture: string;
const SOLD = { width: 480, height: 320, mime: 'image/jpeg' as const };

before( async () => {
	world = await World.create( { BRIDGE_PUBLIC_URL: 'http://127.0.0.1:1' } );
	const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
	const body = await sharp( { create: { width: 200, height: 133, channels: 3, background: '#888', noise } } )
		.jpeg()
		.toBuffer();
	const large = await sharp( { create: { width: 900, height: 600, channels: 3, background: '#888', noise } } )
		.jpeg()
		.toBuffer();
	world.wordpress.files.set( 'small.jpg', { body, type: 'image/jpeg' } );
	world.wordpress.files.set( 'large.jpg', { body: large, type: 'image/jpeg' } );
	picture = `${ world.wordpress.url }/wp-content/small.jpg`;
} );
after( () => world.close() );
beforeEach( () => {
	world.wordpress.trouble = () => null;
	world.wordpress.losesAnswer = () => false;
	world.wordpress.slowTurnMs = 0;
	world.wordpress.turnCalls.length = 0;
	return world.clearFaults( world.upsamplerUrl );
} );

function submitOf(): ReturnType< typeof leased< 'submit' > > {
	const token = randomUUID();
	return leased( 'submit', {
		job_id: randomUUID(),
		attempt: randomUUID(),
		token,
		image_url: picture,
		factor: 3,
		input_type: 'realism',
	} );
}

async function submit( leaseMs?: number ): Promise< Report > {
	const command = submitOf();
	world.give( leaseMs === undefined ? command : { ...command, lease_ms: leaseMs } );
	return world.wordpress.reportOf( command );
}

function refreshOf(
	id: string | null,
	more: Partial< ReturnType< typeof leased< 'refresh_attempt' > >[ 'payload' ] > = {}
) {
	const provider = 'upsampler' as const;
	return leased( 'refresh_attempt', {
		job_id: randomUUID(),
		attempt: randomUUID(),
		provider,
		provider_id: id,
		source_url: picture,
		...SOLD,
		...more,
	} );
}

/** Refreshes until the attempt is over. */
async function finish(
	id: string,
	more = {}
): Promise< { report: Report; snapshot: AttemptSnapshot; attempt: string } > {
	for (;;) {
		const command = refreshOf( id, more );
		world.give( command );
		const report = await world.wordpress.reportOf( command, 20_000 );
		const snapshot = report.snapshot as AttemptSnapshot;
		if ( snapshot?.state !== 'running' ) {
			return { report, snapshot, attempt: command.payload.attempt };
		}
	}
}

async function make( outcome: string ): ReturnType< typeof finish > {
	await world.control( world.upsamplerUrl, '/next', { outcome } );
	const report = await submit();
	assert.equal( report.outcome, 'ok', JSON.stringify( report ) );
	return finish( report.provider_ids?.[ 'upsampler' ] ?? '' );
}

describe( 'submit', () => {
	it( 'brings the id, also when the answer says FAILED already', async () => {
		assert.match( ( await submit() ).provider_ids?.[ 'upsampler' ] ?? '', /./ );
		await world.control( world.upsamplerUrl, '/next', { outcome: 'fail_at_submit' } );
		const report = await submit();
		assert.equal( report.outcome, 'ok' );
		const { snapshot } = await finish( report.provider_ids?.[ 'upsampler' ] ?? '' );
		assert.deepEqual(
			[ snapshot.state, snapshot.code, snapshot.is_transient ],
			[ 'failed', 'provider_failed', false ]
		);
		assert.ok( snapshot.error );
	} );

	for ( const status of [ 401, 402, 403 ] ) {
		it( `calls HTTP ${ status } trouble of the account`, async () => {
			await world.control( world.upsamplerUrl, '/faults', {
				match: { path: '/api/v1/precise-upscale' },
				effect: { status },
				times: 1,
			} );
			const report = await submit();
			assert.deepEqual(
				[ report.outcome, report.error?.code, report.error?.status ],
				[ 'refused', 'blocked', status ]
			);
		} );
	}

	it( 'calls any other 4xx final', async () => {
		await world.control( world.upsamplerUrl, '/faults', {
			match: { path: '/api/v1/precise-upscale' },
			effect: { status: 422 },
			times: 1,
		} );
		const report = await submit();
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'refused', 'refused' ] );
	} );

	it( 'calls words about credits trouble of the account, whatever the status', async () => {
		const effect = { status: 400, body: { error: { message: 'Not enough credits' } } };
		await world.control( world.upsamplerUrl, '/faults', {
			match: { path: '/api/v1/precise-upscale' },
			effect,
			times: 1,
		} );
		assert.equal( ( await submit() ).error?.code, 'blocked' );
	} );

	for ( const effect of [ { status: 500 }, { status: 503 }, { drop: 'before' }, { drop: 'after' } ] ) {
		it( `knows nothing after ${ JSON.stringify( effect ) }, and sends once only`, async () => {
			const countBefore = ( await world.calls( world.upsamplerUrl ) ).length;
			await world.control( world.upsamplerUrl, '/faults', {
				match: { path: '/api/v1/precise-upscale' },
				effect,
				times: 1,
			} );
			const report = await submit();
			assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'no_answer' ] );
			assert.equal( ( await world.calls( world.upsamplerUrl ) ).length, countBefore + 1 );
		} );
	}

	it( 'does not send in the last part of a lease, nor ask for its turn', async () => {
		const countBefore = ( await world.calls( world.upsamplerUrl ) ).length;
		const report = await submit( 0 );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'lease_ending' ] );
		assert.equal( ( await world.calls( world.upsamplerUrl ) ).length, countBefore );
		assert.deepEqual( world.wordpress.turnCalls, [] );
	} );
} );

describe( 'the turn of a submit', () => {
	/** How often the upscaler was asked for a picture. */
	const sent = async () =>
		( await world.calls( world.upsamplerUrl ) ).filter( ( { path } ) => path.endsWith( '/precise-upscale' ) )
			.length;

	/** What was asked of the site about turns, and how it stands: `POST sent`. */
	async function submitted( prepare: ( command: ReturnType< typeof submitOf > ) => void = () => {} ) {
		const before = await sent();
		const command = submitOf();
		prepare( command );
		world.give( command );
		const report = await world.wordpress.reportOf( command, 20_000 );
		return {
			report,
			asked: world.wordpress.turnCalls.map( ( { method } ) => method ).join( ' ' ),
			state: world.wordpress.turns.get( command.payload.attempt )?.state,
			sent: ( await sent() ) - before,
		};
	}

	const refuse = ( status: number, body?: unknown, headers?: Record< string, string > ) =>
		world.control( world.upsamplerUrl, '/faults', {
			match: { path: '/api/v1/precise-upscale' },
			effect: { status, ...( body ? { body } : {} ), ...( headers ? { headers } : {} ) },
			times: 1,
		} );

	it( 'is asked for just before the call, and kept once something was bought', async () => {
		const { report, ...rest } = await submitted();
		assert.equal( report.outcome, 'ok' );
		assert.deepEqual( rest, { asked: 'POST', state: 'sent', sent: 1 } );
	} );

	it( 'is asked for again with the same word when the answer was lost', async () => {
		let lost = 0;
		world.wordpress.losesAnswer = ( method ) => method === 'POST' && ++lost <= 2;
		const { report, ...rest } = await submitted();
		assert.equal( report.outcome, 'ok' );
		assert.deepEqual( rest, { asked: 'POST POST POST', state: 'sent', sent: 1 } );
	} );

	it( 'is given back, and nothing sent, when no answer comes at all', async () => {
		world.wordpress.losesAnswer = ( method ) => method === 'POST';
		const { report, ...rest } = await submitted();
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'not_begun' ] );
		assert.deepEqual( rest, { asked: 'POST POST POST DELETE', state: 'queued', sent: 0 } );
	} );

	it( 'that is another’s ends the command without a call', async () => {
		const { report, ...rest } = await submitted( ( { payload } ) =>
			world.wordpress.turns.set( payload.attempt, { pair: '9 another', state: 'sent' } )
		);
		assert.deepEqual( [ report.outcome, report.error?.code, report.error?.status ], [ 'retry', 'not_begun', 409 ] );
		assert.deepEqual( rest, { asked: 'POST', state: 'sent', sent: 0 } );
	} );

	it( 'refused after an answer that was lost is given back: the lost one may have begun', async () => {
		world.wordpress.losesAnswer = ( method ) => method === 'POST';
		world.wordpress.trouble = ( path ) =>
			path.endsWith( '/begin' ) && world.wordpress.turnCalls.length === 1
				? { status: 401, body: { code: 'smi_signature_expired', message: 'Old.', data: { status: 401 } } }
				: null;
		setTimeout( () => ( world.wordpress.trouble = () => null ), 900 );
		const { report, state, sent: count } = await submitted();
		assert.deepEqual( [ report.error?.code, state, count ], [ 'not_begun', 'queued', 0 ] );
	} );

	it( 'is given back when no connection opened', async () => {
		const port = Number( new URL( world.upsamplerUrl ).port );
		await world.upsampler.close();
		const command = submitOf();
		world.give( command );
		const report = await world.wordpress.reportOf( command );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'refused', 'not_sent' ] );
		assert.equal( world.wordpress.turns.get( command.payload.attempt )?.state, 'queued' );
		world.upsampler = buildUpsamplerEmulator( { queueMs: 20, workMs: 20 } );
		await world.upsampler.listen( { host: '127.0.0.1', port } );
	} );

	it( 'is given back when there were too many at once, which is no trouble of the account', async () => {
		await refuse( 429, { error: 'Too many requests' } );
		const { report, ...rest } = await submitted();
		assert.deepEqual(
			[ report.outcome, report.error?.code, report.error?.status ],
			[ 'refused', 'rate_limited', 429 ]
		);
		assert.deepEqual( rest, { asked: 'POST DELETE', state: 'queued', sent: 1 } );
	} );

	it( 'is given back when the account is in trouble, whatever number says so', async () => {
		await refuse( 429, { error: 'You have no credits left' } );
		const { report, ...rest } = await submitted();
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'refused', 'blocked' ] );
		assert.deepEqual( rest, { asked: 'POST DELETE', state: 'queued', sent: 1 } );
	} );

	for ( const status of [ 422, 500 ] ) {
		it( `is kept after HTTP ${ status }`, async () => {
			await refuse( status );
			assert.deepEqual( ( await submitted() ).asked, 'POST' );
		} );
	}

	it( 'is given back as a POST where the host lets no DELETE through, and again when the answer is lost', async () => {
		await refuse( 429 );
		let lost = 0;
		world.wordpress.losesAnswer = ( method ) => method === 'DELETE' && ++lost <= 2;
		const { state } = await submitted();
		assert.equal( state, 'queued' );
		assert.deepEqual(
			world.wordpress.turnCalls.map( ( { method, isOverridden } ) => `${ method } ${ isOverridden }` ),
			[ 'POST false', 'DELETE false', 'DELETE true', 'DELETE false' ]
		);
	} );

	it( 'that cannot be given back stays taken: the site will say that nobody knows', async () => {
		await refuse( 429 );
		world.wordpress.trouble = ( path ) =>
			path.endsWith( '/begin' ) && world.wordpress.turnCalls.length > 0
				? { status: 502, body: '<h1>Bad gateway</h1>' }
				: null;
		const { report, ...rest } = await submitted();
		assert.equal( report.error?.code, 'rate_limited' );
		assert.deepEqual( rest, { asked: 'POST', state: 'sent', sent: 1 } );
	} );

	it( 'is given back when the lease is nearly over after all', async () => {
		world.wordpress.trouble = ( path ) => {
			world.wordpress.slowTurnMs = path.endsWith( '/begin' ) ? 400 : 0;
			return null;
		};
		const { report, ...rest } = await submitted( ( command ) => ( command.lease_ms = 400 ) );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'lease_ending' ] );
		assert.deepEqual( rest, { asked: 'POST DELETE', state: 'queued', sent: 0 } );
	} );

	it( 'is given back when the bridge is told to stop between begin and call', async () => {
		const stopping = new AbortController();
		const said: string[] = [];
		const wordpress = {
			begin: async () => ( said.push( 'begin' ), stopping.abort() ),
			giveBack: async () => said.push( 'give back' ),
		};
		const upscaler = { placeToSubmit: async () => null, buy: () => assert.fail( 'It bought something.' ) };
		const context = {
			wordpress,
			upscaler,
			stopping: stopping.signal,
			publicUrl: null,
			log: null,
		} as unknown as Context;
		const lease = new Lease( performance.now(), 180_000 );
		const first = await submitHandler( submitOf(), context, lease );
		assert.deepEqual( [ first?.error?.code, said ], [ 'stopping', [ 'begin', 'give back' ] ] );
		const second = await submitHandler( submitOf(), context, lease );
		assert.deepEqual( [ second?.error?.code, said.length ], [ 'stopping', 2 ] );
	} );
} );

describe( 'refresh_attempt', () => {
	it( 'makes exactly what was sold and puts it into WordPress', async () => {
		const { snapshot, attempt } = await make( 'success' );
		assert.equal( snapshot.state, 'succeeded', JSON.stringify( snapshot ) );
		const upload = world.wordpress.uploads.get( attempt );
		const facts = await sharp( upload?.bytes ).metadata();
		assert.deepEqual(
			[ facts.width, facts.height, facts.format, facts.chromaSubsampling ],
			[ 480, 320, 'jpeg', '4:4:4' ]
		);
		assert.equal( snapshot.file?.sha256, sha256( upload?.bytes ?? Buffer.alloc( 0 ) ) );
		assert.equal( snapshot.file?.bytes, upload?.bytes.length );
		assert.ok( ( snapshot.credits ?? 0 ) >= 1 );
	} );

	it( 'makes a PNG where one was sold', async () => {
		const { provider_ids } = await submit();
		const { attempt } = await finish( provider_ids?.[ 'upsampler' ] ?? '', { mime: 'image/png' } );
		assert.equal( ( await sharp( world.wordpress.uploads.get( attempt )?.bytes ).metadata() ).format, 'png' );
	} );

	it( "resizes the site's own picture for a local attempt, at no cost", async () => {
		const { snapshot, attempt } = await finish( '', {
			provider: 'local',
			provider_id: null,
			source_url: `${ world.wordpress.url }/wp-content/large.jpg`,
		} );
		assert.deepEqual(
			[ snapshot.state, snapshot.credits, snapshot.file?.width ],
			[ 'succeeded', 0, 480 ],
			JSON.stringify( snapshot )
		);
		assert.equal( ( await sharp( world.wordpress.uploads.get( attempt )?.bytes ).metadata() ).height, 320 );
	} );

	const final = {
		fail: 'provider_failed',
		bomb: 'too_large',
		wrong_size: 'wrong_size',
		redirect_private: 'private_redirect',
	};
	for ( const [ outcome, code ] of Object.entries( final ) ) {
		it( `calls ${ outcome } final`, async () => {
			const { snapshot } = await make( outcome );
			assert.deepEqual( [ snapshot.state, snapshot.code, snapshot.is_transient ], [ 'failed', code, false ] );
			assert.ok( snapshot.error );
		} );
	}

	for ( const outcome of [ 'html', 'truncated' ] ) {
		it( `calls ${ outcome } passing`, async () => {
			const { snapshot } = await make( outcome );
			assert.deepEqual(
				[ snapshot.state, snapshot.code, snapshot.is_transient ],
				[ 'failed', 'bad_image', true ]
			);
		} );
	}

	it( 'believes the server that its result has expired, and calls that passing', async () => {
		const { provider_ids } = await submit();
		const id = provider_ids?.[ 'upsampler' ] ?? '';
		await new Promise( ( go ) => setTimeout( go, 500 ) );
		await world.control( world.upsamplerUrl, '/clock', { advance_s: 4 * 3600 } );
		const { snapshot } = await finish( id, { sent_s_ago: 10 } );
		assert.deepEqual( [ snapshot.state, snapshot.code, snapshot.is_transient ], [ 'failed', 'expired', true ] );
	} );

	/** What Upsampler answers when it is asked next. */
	async function statusIs( body: Record< string, unknown > ): Promise< void > {
		await world.control( world.upsamplerUrl, '/faults', {
			match: { path: '/api/v1/status' },
			effect: { status: 200, body: { creditCost: 1, status: 'SUCCESS', ...body } },
			times: 1,
		} );
	}

	for ( const [ after, outcome ] of [
		[ 600, 'retry' ],
		[ 3.5 * 3600 - 1, 'retry' ],
		[ 3.5 * 3600, 'expired' ],
	] as const ) {
		it( `calls a result that is refused ${ after } s after the submission ${ outcome }`, async () => {
			await statusIs( { imageUrl: `${ world.wordpress.url }/wp-content/gone.png` } );
			const { report, snapshot } = await finish( randomUUID(), { sent_s_ago: after } );
			const error = report.error?.code ?? snapshot.code;
			assert.deepEqual(
				[ report.outcome, error ],
				outcome === 'retry' ? [ 'retry', 'unreachable' ] : [ 'snapshot', 'expired' ]
			);
		} );
	}

	for ( const [ mime, outcome ] of [
		[ 'image/jpeg', 'snapshot' ],
		[ 'image/png', 'retry' ],
	] as const ) {
		it( `makes an ${ mime } of the compressed result: ${ outcome === 'snapshot' }`, async () => {
			await statusIs( {
				imageUrl: `${ world.wordpress.url }/wp-content/gone.png`,
				compressedImageUrl: `${ world.wordpress.url }/wp-content/large.jpg`,
			} );
			const { report, attempt } = await finish( randomUUID(), { sent_s_ago: 60, mime } );
			assert.equal( report.outcome, outcome, JSON.stringify( report ) );
			assert.equal( world.wordpress.uploads.has( attempt ), outcome === 'snapshot' );
		} );
	}

	it( 'waits for an upscale that was bought a moment ago and is not known yet', async () => {
		const { report } = await finish( randomUUID(), { sent_s_ago: 599 } );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'not_known_yet' ] );
		assert.equal( ( await finish( randomUUID(), { sent_s_ago: 600 } ) ).snapshot.code, 'unknown_upscale' );
	} );

	it( 'calls an upscale nobody knows passing', async () => {
		const { snapshot } = await finish( randomUUID() );
		assert.deepEqual( [ snapshot.state, snapshot.is_transient ], [ 'failed', true ] );
	} );

	async function statusAnswers( effect: object, times = 1 ): Promise< void > {
		const match = { path: '/api/v1/status' };
		await world.control( world.upsamplerUrl, '/faults', { match, effect, times } );
	}

	it( 'comes again when the status cannot be had', async () => {
		await statusAnswers( { status: 502 }, 3 );
		const { report } = await finish( randomUUID() );
		assert.deepEqual( [ report.outcome, report.error?.code ], [ 'retry', 'no_answer' ] );
		await statusAnswers( { status: 402 } );
		assert.equal( ( await finish( randomUUID() ) ).report.error?.code, 'blocked' );
	} );

	for ( const effect of [ { status: 502 }, { status: 429 }, { drop: 'before' } ] ) {
		it( `asks for the status once more after ${ JSON.stringify( effect ) }`, async () => {
			await statusAnswers( effect );
			assert.equal( ( await finish( randomUUID() ) ).snapshot.code, 'unknown_upscale' );
		} );
	}

	it( 'calls too many questions no trouble of the account', async () => {
		await statusAnswers( { status: 429 }, 3 );
		const { report } = await finish( randomUUID() );
		assert.deepEqual(
			[ report.outcome, report.error?.code, report.error?.status ],
			[ 'retry', 'rate_limited', 429 ]
		);
	} );

	it( 'comes again when WordPress takes no file now', async () => {
		const { provider_ids } = await submit();
		world.wordpress.trouble = ( path ) =>
			path.endsWith( '/file' ) ? { status: 502, body: '<h1>Bad gateway</h1>' } : null;
		assert.equal( ( await finish( provider_ids?.[ 'upsampler' ] ?? '' ) ).report.outcome, 'retry' );
		world.wordpress.trouble = () => null;
	} );
} );
