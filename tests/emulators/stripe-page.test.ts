import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SALE, setup } from './helpers.ts';

async function choose( url: string, fields: Record< string, string > ): Promise< Response > {
	return fetch( url, { method: 'POST', body: new URLSearchParams( fields ), redirect: 'manual' } );
}

test( 'shows picture, price and e-mail, and pays', async ( t ) => {
	const { stripe } = await setup( t );
	const session = await stripe.checkout.sessions.create( SALE );
	const page = await ( await fetch( String( session.url ) ) ).text();
	for ( const part of [
		'no money moves',
		'$12.50',
		'Harbour, 4x',
		'https://shop.example/a.jpg',
		'ada@example.com',
		'Pay later',
	] ) {
		assert.ok( page.includes( part ), part );
	}
	const answer = await choose( String( session.url ), {
		outcome: 'pay',
		email: 'ada@example.com',
		card: '4242 4242 4242 4242',
	} );
	assert.equal( answer.status, 303 );
	assert.equal( answer.headers.get( 'location' ), `https://shop.example/done?s=${ session.id }` );
	assert.equal( ( await stripe.checkout.sessions.retrieve( session.id ) ).payment_status, 'paid' );
	assert.match( await ( await fetch( String( session.url ) ) ).text(), /payment is complete/ );
} );

test( 'declines, lets the buyer try again or go back, and says when it is too late', async ( t ) => {
	const { stripe } = await setup( t );
	const session = await stripe.checkout.sessions.create( { ...SALE, customer_email: undefined as never } );
	const url = String( session.url );
	const declined = await choose( url, { outcome: 'pay', email: 'eve@example.com', card: '4000000000000002' } );
	const again = await fetch( new URL( String( declined.headers.get( 'location' ) ), url ) );
	assert.match( await again.text(), /Nothing was charged/ );
	assert.equal( ( await choose( url, { outcome: 'cancel' } ) ).headers.get( 'location' ), SALE.cancel_url );
	assert.equal( ( await stripe.checkout.sessions.retrieve( session.id ) ).status, 'open' );
	await stripe.checkout.sessions.expire( session.id );
	assert.match( await ( await choose( url, { outcome: 'pay' } ) ).text(), /has expired/ );
	assert.equal( ( await fetch( `${ url }x` ) ).status, 404 );
} );

test( 'escapes what the shop gave', async ( t ) => {
	const { stripe } = await setup( t );
	const product_data = { name: '<script>alert(1)</script>' };
	const session = await stripe.checkout.sessions.create( {
		...SALE,
		line_items: [ { quantity: 1, price_data: { currency: 'eur', unit_amount: 900, product_data } } ],
	} );
	assert.ok( ! ( await ( await fetch( String( session.url ) ) ).text() ).includes( '<script>' ) );
} );
