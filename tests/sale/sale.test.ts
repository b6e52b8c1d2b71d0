/** Whole sales on the sandbox, through HTTP alone: what a stranger sees who starts it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { breaches } from '../helpers/contracts.ts';
import {
	atCheckout,
	calls,
	catalogue,
	checkOut,
	detail,
	json,
	look,
	mails,
	openShop,
	override,
	until,
	upsampler,
	waitFor,
	type Checkout,
	type ForSale,
	type Offer,
	type Shop,
} from './shop.ts';

let shop: Shop;
let pictures: ForSale[];

before(
	async () => {
		shop = await openShop( { SMI_TIME_RETRY_FIRST: '1', SMI_TIME_RETRY_SECOND: '1' } );
		pictures = await catalogue( shop );
	},
	{ timeout: 480_000 }
);

after( () => shop?.stop() );

/** The cheapest thing to make of its kind: the fewest pixels. */
function smallest( isUpscaled: boolean ): { picture: ForSale; offer: Offer } {
	const all = pictures.flatMap( ( picture ) => picture.offers.map( ( offer ) => ( { picture, offer } ) ) );
	const fitting = all.filter( ( { picture, offer } ) => picture.source_width < offer.width * 0.9 === isUpscaled );
	const found = fitting.sort( ( a, b ) => a.offer.width * a.offer.height - b.offer.width * b.offer.height )[ 0 ];
	assert.ok( found, 'No such picture is sold.' );
	return found;
}

async function buy( isUpscaled = true ): Promise< { checkout: Checkout; offer: Offer } > {
	const { picture, offer } = smallest( isUpscaled );
	return { checkout: await checkOut( shop, picture, offer.resolution ), offer };
}

async function download( url: string ) {
	const answer = await fetch( url );
	assert.equal( answer.status, 200 );
	return sharp( Buffer.from( await answer.arrayBuffer() ) ).metadata();
}

test( 'nothing was asked of Stripe or Upsampler before somebody bought', async () => {
	for ( const part of [ 'stripe', 'upsampler' ] as const ) {
		assert.deepEqual( await json( fetch( `${ shop.sandbox.urls[ part ] }/_emulator/calls` ) ), [], part );
	}
} );

test( 'a sale goes from click to a file of exactly the size sold', async () => {
	const { checkout, offer } = await buy();
	await atCheckout( shop, checkout, 'pay' );
	const done = await waitFor( shop, checkout, 'completed' );
	const size = await download( done.download_url as string );
	assert.deepEqual( [ size.width, size.height ], [ offer.width, offer.height ] );
	const mail = await until(
		'the mail',
		async () => ( await mails( shop ) ).find( ( { to } ) => to.includes( 'buyer@example.org' ) ) ?? false
	);
	const link = /https?:\/\/\S+?\/download\/[\w-]+/.exec( mail.text )?.[ 0 ];
	assert.ok( link && mail.html.includes( link ), mail.text );
	assert.equal( ( await download( link ) ).width, offer.width );
	const job = await detail( shop, checkout.job_id );
	assert.deepEqual(
		[ job.status, job.payment_status, job.attention, job.attempts.length ],
		[ 'completed', 'paid', null, 1 ]
	);
	assert.deepEqual( breaches( 'job-detail', job ), [] );
} );

test( 'a picture that is large enough is resized without the upscaler, at no cost', async () => {
	const submits = ( await calls( shop, 'upsampler', 'POST', '/api/v1/precise-upscale' ) ).length;
	const { checkout, offer } = await buy( false );
	await atCheckout( shop, checkout, 'pay' );
	const { download_url } = await waitFor( shop, checkout, 'completed' );
	const size = await download( download_url as string );
	assert.deepEqual( [ size.width, size.height ], [ offer.width, offer.height ] );
	assert.equal( ( await calls( shop, 'upsampler', 'POST', '/api/v1/precise-upscale' ) ).length, submits );
	assert.equal( ( await detail( shop, checkout.job_id ) ).amount_cost, '0.00' );
} );

test( 'a decline changes nothing, and an expired checkout is abandoned', async () => {
	const { checkout } = await buy();
	await atCheckout( shop, checkout, 'decline' );
	await new Promise( ( resolve ) => setTimeout( resolve, 3000 ) );
	assert.equal( ( await look( shop, checkout ) ).status, 'awaiting_payment' );
	await atCheckout( shop, checkout, 'expire' );
	await waitFor( shop, checkout, 'abandoned' );
} );

test( 'a picture that cannot be made is refunded once, and can still be made again', async () => {
	await upsampler( shop, '/_emulator/next', { outcome: 'fail' } );
	const before = ( await calls( shop, 'stripe', 'POST', '/v1/refunds' ) ).length;
	const { checkout } = await buy();
	await atCheckout( shop, checkout, 'pay' );
	await waitFor( shop, checkout, 'failed' );
	await until( 'the refund', async () => ( await look( shop, checkout ) ).payment_status === 'refunded' );
	assert.equal( ( await calls( shop, 'stripe', 'POST', '/v1/refunds' ) ).length, before + 1 );
	await until( 'the mail', async () => ( await mails( shop ) ).some( ( { text } ) => /refund/i.test( text ) ) );
	await override( shop, checkout.job_id );
	await waitFor( shop, checkout, 'completed' );
	const story = ( await detail( shop, checkout.job_id ) ).events.map(
		( { type, from, to } ) => `${ type } ${ from ?? '' }>${ to ?? '' }`
	);
	for ( const line of [
		'status processing>failed',
		'payment paid>refunded',
		'action >retry',
		'status processing>completed',
	] ) {
		assert.ok( story.includes( line ), `${ line } is not in ${ story.join( ', ' ) }` );
	}
	assert.equal( ( await calls( shop, 'stripe', 'POST', '/v1/refunds' ) ).length, before + 1 );
} );

test( 'a finished job whose new attempt fails keeps its file, its link and the money', async () => {
	const { checkout } = await buy();
	await atCheckout( shop, checkout, 'pay' );
	const { download_url } = await waitFor( shop, checkout, 'completed' );
	const refunds = ( await calls( shop, 'stripe', 'POST', '/v1/refunds' ) ).length;
	await upsampler( shop, '/_emulator/next', { outcome: 'fail' } );
	await override( shop, checkout.job_id );
	await until(
		'the attempt failed',
		async () => ( await detail( shop, checkout.job_id ) ).attempts[ 0 ]?.state === 'failed'
	);
	const kept = await look( shop, checkout );
	assert.deepEqual( [ kept.status, kept.payment_status, kept.download_url ], [ 'completed', 'paid', download_url ] );
	assert.equal( ( await calls( shop, 'stripe', 'POST', '/v1/refunds' ) ).length, refunds );
} );

test( 'a bridge killed in the middle of a sale costs nothing twice', async () => {
	const submits = ( await calls( shop, 'upsampler', 'POST', '/api/v1/precise-upscale' ) ).length;
	// Always killed before the answer: what it bought, it learns from Upsampler's webhook, which comes once, when it is back.
	await upsampler( shop, '/_emulator/faults', {
		match: { method: 'POST', path: '/api/v1/precise-upscale' },
		effect: { delay_ms: 3000 },
		times: 1,
	} );
	await upsampler( shop, '/_emulator/next', { outcome: 'success', work_ms: 12_000 } );
	const { checkout } = await buy();
	await atCheckout( shop, checkout, 'pay' );
	await until( 'it is being made', async () => ( await look( shop, checkout ) ).status !== 'awaiting_payment' );
	await until(
		'it was sent',
		async () => ( await calls( shop, 'upsampler', 'POST', '/api/v1/precise-upscale' ) ).length > submits
	);
	const pid = shop.sandbox.pids()[ 'bridge' ];
	assert.ok( pid );
	process.kill( pid, 'SIGKILL' );
	await until( 'the bridge is back', async () => ( shop.sandbox.pids()[ 'bridge' ] ?? pid ) !== pid );
	await waitFor( shop, checkout, 'completed', 240 );
	assert.equal( ( await calls( shop, 'upsampler', 'POST', '/api/v1/precise-upscale' ) ).length, submits + 1 );
	const job = await detail( shop, checkout.job_id );
	assert.deepEqual( [ job.payment_status, job.refund_amount ?? '0.00' ], [ 'paid', '0.00' ] );
} );

test( 'GET /jobs keeps its contract, and others are kept out', async () => {
	const answer = await shop.admin( '/wp-json/smi/v1/jobs?per_page=50' );
	const rows = await json< unknown[] >( answer );
	assert.ok( Number( answer.headers.get( 'x-wp-total' ) ) >= 200 );
	assert.match( answer.headers.get( 'link' ) ?? '', /rel="next"/ );
	assert.equal( rows.length, 50 );
	for ( const row of rows ) {
		assert.deepEqual( breaches( 'job', row ), [] );
	}
	assert.equal( ( await shop.wp( '/wp-json/smi/v1/jobs' ) ).status, 401 );
	const wrong = await json< { data: { params: Record< string, string > } } >(
		shop.admin( '/wp-json/smi/v1/jobs?status=sold' ),
		400
	);
	assert.ok( 'status' in wrong.data.params );
	assert.deepEqual( breaches( 'error', wrong ), [] );
	assert.deepEqual( breaches( 'stats', await json( shop.admin( '/wp-json/smi/v1/jobs/stats?report=1' ) ) ), [] );
} );

test( 'an application password is enough for other programs', async () => {
	const made = await json< { password: string } >(
		shop.admin( '/wp-json/wp/v2/users/me/application-passwords', {
			method: 'POST',
			body: JSON.stringify( { name: 'tests' } ),
		} ),
		201
	);
	const authorization = `Basic ${ Buffer.from( `admin:${ made.password }` ).toString( 'base64' ) }`;
	const rows = await json< unknown[] >(
		shop.wp( '/wp-json/smi/v1/jobs?per_page=1', { headers: { authorization } } )
	);
	assert.equal( rows.length, 1 );
} );
