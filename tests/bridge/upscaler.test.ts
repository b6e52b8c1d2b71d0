import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Stripe from 'stripe';
import { NoAnswerError, NotSentError, type HttpAnswer } from '../../bridge/src/outbound/call.ts';
import type { Failure } from '../../bridge/src/protocol/failure.ts';
import { resultOf } from '../../bridge/src/protocol/failure.ts';
import { stripeFailure } from '../../bridge/src/stripe/errors.ts';
import type { Upsampler } from '../../bridge/src/upsampler/client.ts';
import { UpsamplerUpscaler } from '../../bridge/src/upsampler/upscaler.ts';

type Given = { status: number; body?: unknown; headers?: Record< string, string > } | Error;

/** An upscaler whose service answers so. */
function answering( given: Given ): UpsamplerUpscaler {
	const answer = async (): Promise< HttpAnswer > => {
		if ( given instanceof Error ) {
			throw given;
		}
		const { status, body = {}, headers = {} } = given;
		return { status, headers, text: typeof body === 'string' ? body : JSON.stringify( body ) };
	};
	return new UpsamplerUpscaler( { submit: answer, status: answer } as unknown as Upsampler );
}

const request = { imageUrl: 'https://example.org/a.jpg', inputImageType: 'realism' as const, upscaleFactor: 2 };

const short = ( { kind, code, retry_after_s }: Failure ) =>
	[ kind, code, ...( retry_after_s === null ? [] : [ retry_after_s ] ) ].join( ' ' );

describe( 'buying', () => {
	const cases: [ what: string, given: Given, expected: string ][] = [
		[ 'an id', { status: 200, body: { id: 7 } }, 'bought 7' ],
		[ 'an id that has failed already', { status: 200, body: { id: 'u', status: 'FAILED' } }, 'bought u' ],
		[ 'a 200 without an id', { status: 200, body: { id: '' } }, 'perhaps: later no_answer' ],
		[ 'a page instead of an answer', { status: 200, body: '<html>' }, 'perhaps: later no_answer' ],
		[ '500', { status: 500 }, 'perhaps: later no_answer' ],
		[ '408', { status: 408 }, 'perhaps: later no_answer' ],
		[ 'silence', new NoAnswerError( new Error( 'reset' ) ), 'perhaps: later no_answer' ],
		[ 'a closed door', new NotSentError( new Error( 'refused' ) ), 'not: later not_sent' ],
		[ '429', { status: 429, headers: { 'retry-after': '9' } }, 'not: later rate_limited 9' ],
		[ '429 for want of credits', { status: 429, body: { error: 'No credits left' } }, 'not: account blocked' ],
		[ '400 for want of credits', { status: 400, body: { error: 'No credits left' } }, 'not: account blocked' ],
		[ '401', { status: 401 }, 'not: account blocked' ],
		[ '402', { status: 402 }, 'not: account blocked' ],
		[ '403', { status: 403 }, 'not: account blocked' ],
		[ '422', { status: 422, body: { error: { message: 'too large' } } }, 'not: definite refused' ],
	];
	for ( const [ what, given, expected ] of cases ) {
		it( `${ what } is ${ expected }`, async () => {
			const bought = await answering( given ).buy( request, null );
			const said =
				'id' in bought
					? `bought ${ bought.id }`
					: `${ bought.mayBeBought ? 'perhaps' : 'not' }: ${ short( bought.failure ) }`;
			assert.equal( said, expected );
		} );
	}
} );

describe( 'looking', () => {
	const imageUrl = 'https://cdn.example/a.png';
	const compressedImageUrl = 'https://cdn.example/a.jpg';
	const made = { status: 'SUCCESS', imageUrl, compressedImageUrl, creditCost: 1.2 };
	const look = ( given: Given, mime = 'image/png' ) => answering( given ).look( 'u', mime );

	it( 'gives the results that will do, the best first, and whole credits', async () => {
		const state = 'made';
		assert.deepEqual( await look( { status: 200, body: made } ), { state, credits: 2, addresses: [ imageUrl ] } );
		const jpeg = await look( { status: 200, body: made }, 'image/jpeg' );
		assert.deepEqual( jpeg, { state, credits: 2, addresses: [ imageUrl, compressedImageUrl ] } );
		const only = await look( { status: 200, body: { ...made, imageUrl: null } } );
		assert.deepEqual( only, { state, credits: 2, addresses: [ compressedImageUrl ] } );
	} );

	it( 'takes a success without a result for one that is not yet made', async () => {
		const answer = await look( { status: 200, body: { status: 'SUCCESS' } } );
		assert.deepEqual( answer, { state: 'running', credits: null } );
	} );

	it( 'knows what failed, and what is not known', async () => {
		const failed = await look( { status: 200, body: { status: 'FAILED', error: 'NSFW' } } );
		assert.deepEqual( failed, { state: 'failed', credits: null, message: 'NSFW' } );
		assert.equal( ( await look( { status: 404 } ) ).state, 'unknown' );
	} );

	it( 'learns nothing of an upscale from a question that is refused, in whichever way', async () => {
		for ( const [ given, expected ] of [
			[ { status: 400 }, 'later no_answer' ],
			[ { status: 200, body: '[' }, 'later no_answer' ],
			[ { status: 503, headers: { 'retry-after': '3' } }, 'later no_answer 3' ],
			[ { status: 429 }, 'later rate_limited' ],
			[ { status: 403 }, 'account blocked' ],
			[ new NotSentError( new Error( 'refused' ) ), 'later not_sent' ],
		] as [ Given, string ][] ) {
			const answer = await look( given );
			assert.ok( answer.state === 'not_told', JSON.stringify( answer ) );
			assert.equal( short( answer.failure ), expected );
			assert.equal( resultOf( answer.failure )?.outcome, 'retry' );
		}
	} );
} );

it( 'probes the key with a question that buys nothing', async () => {
	assert.equal( await answering( { status: 404 } ).probe(), null );
	assert.equal( ( await answering( { status: 401 } ).probe() )?.kind, 'account' );
	assert.equal( ( await answering( new NoAnswerError( new Error( 'reset' ) ) ).probe() )?.status, null );
} );

it( 'puts Stripe’s errors into the same words', () => {
	const { StripeInvalidRequestError, StripeAuthenticationError, StripeRateLimitError, StripeConnectionError } =
		Stripe.errors;
	const raw = ( statusCode: number, more = {} ) => ( {
		message: 'm',
		type: 'api_error' as const,
		statusCode,
		...more,
	} );
	const cases: [ Error, string ][] = [
		[
			new StripeInvalidRequestError( raw( 400, { code: 'charge_already_refunded' } ) ),
			'definite charge_already_refunded',
		],
		[ new StripeAuthenticationError( raw( 401 ) ), 'account unauthorized' ],
		[ new StripeRateLimitError( raw( 429, { headers: { 'retry-after': '4' } } ) ), 'later rate_limited 4' ],
		[ new StripeInvalidRequestError( raw( 409 ) ), 'later no_answer' ],
		[ new StripeConnectionError( { message: 'm', type: 'api_error' } ), 'later no_answer' ],
	];
	for ( const [ error, expected ] of cases ) {
		assert.equal( short( stripeFailure( error ) ), expected );
	}
	assert.throws( () => stripeFailure( new TypeError( 'ours' ) ), TypeError );
} );
