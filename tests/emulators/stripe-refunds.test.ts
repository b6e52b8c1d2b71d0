import assert from 'node:assert/strict';
import { test } from 'node:test';
import type Stripe from 'stripe';
import { setup } from './helpers.ts';

const code = ( expected: string ) => ( error: unknown ) => ( error as Stripe.errors.StripeError ).code === expected;

test( 'refunds in parts, never more than is left', async ( t ) => {
	const { stripe, paid } = await setup( t );
	const payment_intent = await paid();
	const first = await stripe.refunds.create( {
		payment_intent,
		amount: 250,
		reason: 'requested_by_customer',
		metadata: { smi_refund: 'u1' },
	} );
	assert.deepEqual( [ first.status, first.amount, first.metadata?.[ 'smi_refund' ] ], [ 'succeeded', 250, 'u1' ] );
	await assert.rejects( stripe.refunds.create( { payment_intent, amount: 1001 } ), /greater than unrefunded amount/ );
	assert.equal( ( await stripe.refunds.create( { payment_intent } ) ).amount, 1000 );
	await assert.rejects( stripe.refunds.create( { payment_intent } ), code( 'charge_already_refunded' ) );
	const intent = await stripe.paymentIntents.retrieve( payment_intent, { expand: [ 'latest_charge.refunds' ] } );
	const charge = intent.latest_charge as Stripe.Charge;
	assert.deepEqual( [ charge.refunded, charge.amount_refunded, charge.refunds?.data.length ], [ true, 1250, 2 ] );
	assert.equal( ( await stripe.refunds.update( first.id, { metadata: { note: 'n' } } ) ).metadata?.[ 'note' ], 'n' );
	assert.equal(
		( await stripe.refunds.list( { payment_intent, limit: 1 } ).autoPagingToArray( { limit: 9 } ) ).length,
		2
	);
	await assert.rejects( stripe.refunds.create( { amount: 5 } ), code( 'parameter_missing' ) );
	await assert.rejects( stripe.refunds.create( { payment_intent: 'pi_none' } ), code( 'resource_missing' ) );
} );

test( 'does not refund what was never paid', async ( t ) => {
	const { stripe, sale } = await setup( t );
	const { payment_intent } = await sale( 'pay_later' );
	await assert.rejects( stripe.refunds.create( { payment_intent } ), /does not have a successful charge/ );
} );

test( 'moves refunds: pending, succeeded, then failed gives the money back', async ( t ) => {
	const { stripe, paid, control } = await setup( t );
	await control( '/refunds', { default_status: 'pending' } );
	const payment_intent = await paid();
	const refund = await stripe.refunds.create( { payment_intent } );
	assert.equal( refund.status, 'pending' );
	assert.equal( ( await control( `/refunds/${ refund.id }`, { status: 'succeeded' } ) ).json.status, 'succeeded' );
	assert.equal( ( await control( `/refunds/${ refund.id }`, { status: 'pending' } ) ).status, 409 );
	await control( `/refunds/${ refund.id }`, { status: 'failed' } );
	const failed = await stripe.refunds.retrieve( refund.id, { expand: [ 'charge', 'failure_balance_transaction' ] } );
	assert.equal( failed.failure_reason, 'expired_or_canceled_card' );
	assert.equal( ( failed.charge as Stripe.Charge ).amount_refunded, 0 );
	assert.equal( ( failed.failure_balance_transaction as Stripe.BalanceTransaction ).amount, 1250 );
	assert.equal( ( await stripe.balance.retrieve() ).available[ 0 ]?.amount, 1250 - 66 );
	const types = (
		await stripe.events.list( { limit: 100, types: [ 'refund.created', 'refund.updated', 'refund.failed' ] } )
	).data.map( ( event ) => event.type );
	assert.deepEqual( types, [ 'refund.failed', 'refund.updated', 'refund.updated', 'refund.created' ] );
	await control( '/refunds', { default_status: 'failed' } );
	assert.equal( ( await stripe.refunds.create( { payment_intent } ) ).status, 'failed' );
	assert.equal( ( await control( '/refunds/re_none', { status: 'failed' } ) ).status, 404 );
	assert.equal( ( await control( `/refunds/${ refund.id }`, { status: 'odd' } ) ).status, 400 );
} );

test( 'a chargeback forbids refunds and fails pending ones; an inquiry does not', async ( t ) => {
	const { stripe, paid, control } = await setup( t );
	await control( '/refunds', { default_status: 'pending' } );
	const payment_intent = await paid();
	const pending = await stripe.refunds.create( { payment_intent, amount: 100 } );
	const inquiry = ( await control( '/disputes', { payment_intent, outcome: 'warning_needs_response' } ) ).json;
	assert.match( inquiry.id, /^dp_/ );
	assert.equal( inquiry.is_charge_refundable, true );
	await stripe.refunds.create( { payment_intent, amount: 100 } );
	const dispute = ( await control( '/disputes', { payment_intent } ) ).json;
	assert.deepEqual(
		[ dispute.id, dispute.status, dispute.is_charge_refundable ],
		[ inquiry.id, 'needs_response', false ]
	);
	assert.equal( ( await stripe.refunds.retrieve( pending.id ) ).status, 'failed' );
	await assert.rejects( stripe.refunds.create( { payment_intent, amount: 100 } ), code( 'charge_disputed' ) );
	await control( '/disputes', { payment_intent, outcome: 'lost' } );
	const listed = await stripe.disputes.list( { payment_intent } );
	assert.deepEqual( [ listed.data.length, listed.data[ 0 ]?.status ], [ 1, 'lost' ] );
	assert.equal( ( await stripe.disputes.list( { charge: 'ch_other' } ) ).data.length, 0 );
	const types = ( await stripe.events.list( { limit: 100, type: 'charge.dispute.*' } ) ).data.map(
		( event ) => event.type
	);
	assert.deepEqual( types, [
		'charge.dispute.closed',
		'charge.dispute.updated',
		'charge.dispute.funds_withdrawn',
		'charge.dispute.created',
	] );
	assert.equal( ( await control( '/disputes', { payment_intent: 'pi_none' } ) ).status, 404 );
} );
